// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsb_workbook.h"

#include "connectors/files/workbook/package_parts.h"
#include "connectors/files/workbook/xlsb_records.h"
#include "connectors/files/workbook/xlsb_sheet.h"

#include <unordered_map>

namespace idstore {

namespace {

// [MS-XLSB] 2.3.2.
constexpr unsigned stringItem = 19;
constexpr unsigned numberFormat = 44;
constexpr unsigned cellFormat = 47;
constexpr unsigned workbookEnd = 132;
constexpr unsigned workbookProperties = 153;
constexpr unsigned bundledSheet = 156;
constexpr unsigned stringsEnd = 160;
constexpr unsigned stylesEnd = 279;
constexpr unsigned cellFormatsBegin = 617;
constexpr unsigned cellFormatsEnd = 618;

constexpr std::size_t maxStyles = 1'000'000;
constexpr std::size_t maxSheets = 10'000;

} // namespace

XlsbWorkbook::XlsbWorkbook(std::unique_ptr<ZipArchive> archive)
    : m_archive(std::move(archive))
{}

Result<std::unique_ptr<Workbook>> XlsbWorkbook::open(std::unique_ptr<ZipArchive> archive)
{
    std::unique_ptr<XlsbWorkbook> workbook(new XlsbWorkbook(std::move(archive)));
    IDS_CHECK(workbook->readBook());
    return std::unique_ptr<Workbook>(std::move(workbook));
}

Result<void> XlsbWorkbook::readBook()
{
    IDS_TRY(main, officeDocument(*m_archive));
    IDS_TRY(related, relationships(*m_archive, main));
    IDS_TRY(part, m_archive->part(main));
    XlsbRecords records(std::move(part));
    while (true) {
        IDS_TRY(more, records.next());
        if (!more)
            return workbook_errors::damaged(QStringLiteral("the workbook's own records break off"));
        if (records.type() == workbookEnd)
            break;
        if (records.type() == workbookProperties) {
            m_book.from1904 = (records.u32() & 1) != 0;
        } else if (records.type() == bundledSheet && m_sheets.size() < maxSheets) {
            const bool hidden = records.u32() != 0;
            records.u32();
            std::string id;
            std::string name;
            records.text(id);
            records.text(name);
            const Relationship *target = relationshipById(related, id);
            if (target && target->type != "worksheet")
                continue;
            m_sheets.push_back({QString::fromStdString(name), hidden});
            m_parts.push_back(target ? target->target : std::string());
        }
    }
    if (m_sheets.empty())
        return workbook_errors::damaged(QStringLiteral("no worksheets"));
    if (const Relationship *target = relationshipOfType(related, "styles");
        target && m_archive->contains(target->target))
        IDS_CHECK(readStyles(target->target));
    if (const Relationship *target = relationshipOfType(related, "sharedStrings");
        target && m_archive->contains(target->target))
        IDS_CHECK(readStrings(target->target));
    return {};
}

Result<void> XlsbWorkbook::readStyles(const std::string &name)
{
    IDS_TRY(part, m_archive->part(name));
    XlsbRecords records(std::move(part));
    std::unordered_map<unsigned, NumberKind> formats;
    bool inFormats = false;
    while (true) {
        IDS_TRY(more, records.next());
        if (!more || records.type() == stylesEnd)
            return {};
        if (records.type() == numberFormat) {
            const unsigned id = records.u16();
            std::string code;
            records.text(code);
            formats[id] = numberKind(code);
        } else if (records.type() == cellFormatsBegin || records.type() == cellFormatsEnd) {
            inFormats = records.type() == cellFormatsBegin;
        } else if (records.type() == cellFormat && inFormats) {
            records.u16();
            const unsigned id = records.u16();
            const auto own = formats.find(id);
            m_book.styles.push_back(own != formats.end() ? own->second : builtInNumberKind(id));
        }
        if (m_book.styles.size() > maxStyles)
            return workbook_errors::tooLarge(QStringLiteral("cell formats"));
    }
}

Result<void> XlsbWorkbook::readStrings(const std::string &name)
{
    IDS_TRY(part, m_archive->part(name));
    XlsbRecords records(std::move(part));
    std::string text;
    while (true) {
        IDS_TRY(more, records.next());
        if (!more || records.type() == stringsEnd)
            return {};
        if (records.type() != stringItem)
            continue;
        records.u8();
        text.clear();
        records.text(text);
        if (!m_book.strings.add(text))
            return workbook_errors::tooLarge(QStringLiteral("shared strings"));
    }
}

Result<std::unique_ptr<SheetRows>> XlsbWorkbook::rows(std::size_t sheet)
{
    IDS_TRY(part, m_archive->part(m_parts[sheet]));
    return std::unique_ptr<SheetRows>(std::make_unique<XlsbSheetRows>(std::move(part), m_book));
}

} // namespace idstore
