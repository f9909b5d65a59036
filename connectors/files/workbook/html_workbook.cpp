// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/html_workbook.h"

#include "connectors/files/workbook/html_table_rows.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HtmlWorkbook)
};

constexpr std::size_t mostTables = 10'000;

struct TableSize
{
    std::int64_t rows = 0;
    std::int64_t cellsInRow = 0; ///< so far
    std::int64_t mostCells = 0;

    [[nodiscard]] bool isTable() const { return rows > 1 && mostCells > 1; }
};

bool isPasswordField(const HtmlTokenizer &tag)
{
    const auto type = tag.name() == "input" ? tag.attribute("type") : std::nullopt;
    return type && QByteArray(type->data(), static_cast<qsizetype>(type->size())).toLower() == "password";
}

} // namespace

HtmlWorkbook::HtmlWorkbook(const QString &path)
    : m_file(path)
    , m_path(path)
{
    // Where it cannot be opened, the tokenizer says so.
    const QString byHandle =
        m_file.open(QIODevice::ReadOnly) ? QStringLiteral("/proc/self/fd/%1").arg(m_file.handle()) : QString();
    if (QFile::exists(byHandle))
        m_path = byHandle;
}

Result<std::unique_ptr<Workbook>> HtmlWorkbook::open(const QString &path)
{
    std::unique_ptr<HtmlWorkbook> workbook(new HtmlWorkbook(path));
    IDS_CHECK(workbook->findTables());
    return std::unique_ptr<Workbook>(std::move(workbook));
}

Result<void> HtmlWorkbook::findTables()
{
    IDS_TRY(tokens, HtmlTokenizer::open(m_path));
    HtmlTableStack stack;
    std::vector<TableSize> tables;
    while (true) {
        IDS_TRY(token, tokens->next());
        if (token == HtmlTokenizer::Token::End)
            break;
        const std::string &name = tokens->name();
        if (token == HtmlTokenizer::Token::EndTag && name == "table")
            stack.close();
        if (token != HtmlTokenizer::Token::StartTag)
            continue;
        if (isPasswordField(*tokens))
            return workbook_errors::notAWorkbook();
        if (name == "table") {
            if (!stack.open())
                return workbook_errors::damaged(QStringLiteral("tables nested too deep"));
            if (stack.count() > mostTables)
                return workbook_errors::tooLarge(QStringLiteral("too many tables"));
            tables.emplace_back();
        } else if (stack.isInAny()) {
            TableSize &size = tables[stack.innermost()];
            if (name == "tr") {
                ++size.rows;
                size.cellsInRow = 0;
            } else if (name == "td" || name == "th") {
                size.mostCells = std::max(size.mostCells, ++size.cellsInRow);
            }
        }
    }
    if (stack.isInAny())
        return workbook_errors::damaged(QStringLiteral("the page ends within a table"));
    const bool any = std::ranges::any_of(tables, &TableSize::isTable);
    for (std::size_t table = 0; table < tables.size(); ++table) {
        if (tables[table].mostCells == 0 || (any && !tables[table].isTable()))
            continue;
        m_tables.push_back(table);
        m_sheets.push_back({.name = Words::tr("Table %1").arg(m_tables.size()), .hidden = false});
    }
    if (m_sheets.empty())
        return workbook_errors::notAWorkbook();
    return {};
}

Result<std::unique_ptr<SheetRows>> HtmlWorkbook::rows(std::size_t sheet)
{
    IDS_TRY(tokens, HtmlTokenizer::open(m_path));
    return std::unique_ptr<SheetRows>(new HtmlTableRows(std::move(tokens), m_tables[sheet]));
}

} // namespace idstore
