// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/html_table_rows.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace idstore {

namespace {

constexpr std::size_t deepestNesting = 64;
/// More than a table of the store can have; what lies beyond would only cost time.
constexpr std::uint32_t mostColumns = 4096;
constexpr std::uint32_t widestCell = 1000; // HTML Living Standard, 4.9.11
constexpr std::uint32_t highestCell = 65534;

std::uint32_t spanOf(std::optional<std::string_view> attribute, std::uint32_t most)
{
    std::uint32_t span = 1;
    if (attribute)
        std::from_chars(attribute->data(), attribute->data() + attribute->size(), span);
    return std::clamp(span, 1U, most);
}

template <std::size_t Size>
bool isOneOf(const std::string &name, const std::array<std::string_view, Size> &names)
{
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 3> groups = {"thead", "tbody", "tfoot"};
constexpr std::array<std::string_view, 5> blocks = {"p", "div", "li", "ul", "ol"};

} // namespace

bool HtmlTableStack::open()
{
    m_open.push_back(m_count++);
    return m_open.size() <= deepestNesting;
}

void HtmlTableStack::close()
{
    if (!m_open.empty())
        m_open.pop_back();
}

HtmlTableRows::HtmlTableRows(std::unique_ptr<HtmlTokenizer> tokens, std::size_t table)
    : m_tokens(std::move(tokens))
    , m_table(table)
{}

Result<bool> HtmlTableRows::next(SheetRow &row)
{
    m_rowEnds = false;
    if (std::exchange(m_rowStarts, false))
        startRow();
    while (!m_done && !m_rowEnds) {
        IDS_TRY(token, m_tokens->next());
        switch (token) {
        case HtmlTokenizer::Token::End:
            return workbook_errors::damaged(QStringLiteral("the page ends within a table"));
        case HtmlTokenizer::Token::StartTag:
            IDS_CHECK(startTag());
            break;
        case HtmlTokenizer::Token::EndTag: {
            const bool wasInside = m_stack.isIn(m_table);
            endTag();
            m_done = wasInside && m_tokens->name() == "table";
            break;
        }
        case HtmlTokenizer::Token::Text:
            if (m_inCell && m_stack.isIn(m_table))
                addText();
            break;
        }
        if (m_current.isTooLarge() || m_text.size() > SheetRow::maxTextBytes)
            return workbook_errors::tooLarge(QStringLiteral("row %1").arg(m_rowNumber));
    }
    if (!m_rowEnds)
        return false;
    std::swap(row, m_current);
    return true;
}

Result<void> HtmlTableRows::startTag()
{
    const std::string &name = m_tokens->name();
    if (name == "table") {
        if (m_inCell && m_stack.isIn(m_table))
            breakLine();
        if (!m_stack.open())
            return workbook_errors::damaged(QStringLiteral("tables nested too deep"));
        return {};
    }
    if (!m_stack.isIn(m_table))
        return {};
    if (name == "tr" || isOneOf(name, groups)) {
        endCell();
        const bool isRow = name == "tr";
        m_rowEnds = m_inRow;
        m_rowStarts = m_inRow && isRow;
        m_inRow = false;
        if (isRow && !m_rowStarts)
            startRow();
    } else if (name == "td" || name == "th") {
        endCell();
        if (!m_inRow)
            startRow();
        IDS_CHECK(startCell());
    } else if (name == "br" || isOneOf(name, blocks)) {
        breakLine();
    }
    return {};
}

void HtmlTableRows::endTag()
{
    const std::string &name = m_tokens->name();
    if (m_stack.isIn(m_table)) {
        const bool endsRow = name == "tr" || name == "table" || isOneOf(name, groups);
        if (endsRow || name == "td" || name == "th")
            endCell();
        if (endsRow)
            m_rowEnds = std::exchange(m_inRow, false);
        if (isOneOf(name, blocks))
            breakLine();
    }
    if (name == "table")
        m_stack.close();
}

void HtmlTableRows::startRow()
{
    m_inRow = true;
    m_column = 0;
    m_current.reset(++m_rowNumber);
}

Result<void> HtmlTableRows::startCell()
{
    while (m_column < m_takenTo.size() && m_takenTo[m_column] >= m_rowNumber)
        ++m_column;
    m_width = spanOf(m_tokens->attribute("colspan"), widestCell);
    const std::uint32_t height = spanOf(m_tokens->attribute("rowspan"), highestCell);
    if (m_column + m_width > mostColumns)
        return workbook_errors::tooLarge(QStringLiteral("row %1 has too many columns").arg(m_rowNumber));
    if (height > 1) {
        m_takenTo.resize(std::max<std::size_t>(m_takenTo.size(), m_column + m_width));
        std::fill_n(m_takenTo.begin() + m_column, m_width, m_rowNumber + height - 1);
    }
    m_inCell = true;
    m_spaceBefore = false;
    m_text.clear();
    return {};
}

void HtmlTableRows::endCell()
{
    if (!std::exchange(m_inCell, false))
        return;
    while (!m_text.empty() && m_text.back() == '\n')
        m_text.pop_back();
    if (!m_text.empty())
        m_current.add(m_column, m_text);
    m_column += m_width;
}

void HtmlTableRows::addText()
{
    for (const char c : m_tokens->text()) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            m_spaceBefore = true;
            continue;
        }
        if (m_spaceBefore && !m_text.empty() && m_text.back() != '\n')
            m_text += ' ';
        m_spaceBefore = false;
        m_text += c;
    }
}

void HtmlTableRows::breakLine()
{
    m_spaceBefore = false;
    if (m_inCell && !m_text.empty() && m_text.back() != '\n')
        m_text += '\n';
}

} // namespace idstore
