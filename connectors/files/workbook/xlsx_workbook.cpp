// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsx_workbook.h"

#include "connectors/files/workbook/package_parts.h"
#include "connectors/files/workbook/xlsx_sheet.h"
#include "connectors/files/workbook/xml_part.h"

#include <charconv>
#include <unordered_map>

namespace idstore {

namespace {

constexpr std::size_t maxStyles = 1'000'000;
constexpr std::size_t maxSheets = 10'000;

bool isTrue(std::string_view text)
{
    return text == "1" || text == "true" || text == "on";
}

unsigned number(std::string_view text)
{
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// workbook.xml: the sheets and the date system.
class BookHandler final : public XmlHandler
{
public:
    struct Sheet
    {
        QString name;
        std::string relationship;
        bool hidden;
    };

    void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) override
    {
        if (name == "workbookPr") {
            from1904 = isTrue(attributes.value("date1904"));
        } else if (name == "sheet" && sheets.size() < maxSheets) {
            // The workbook's own "id" has a prefix and "sheetId" is another: a plain search finds the reference.
            const std::string_view state = attributes.value("state");
            sheets.push_back({QString::fromUtf8(attributes.find("name") ? attributes.find("name") : ""),
                              std::string(attributes.value("id")), state == "hidden" || state == "veryHidden"});
        } else if (name == "document" || name == "presentation") {
            part.fail(workbook_errors::notAWorkbook());
        }
    }
    void endElement(XmlPart &, std::string_view) override {}
    void text(XmlPart &, std::string_view) override {}

    std::vector<Sheet> sheets;
    bool from1904 = false;
};

/// styles.xml: which cell formats show numbers as dates.
class StylesHandler final : public XmlHandler
{
public:
    void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) override
    {
        if (name == "numFmt") {
            m_kinds[number(attributes.value("numFmtId"))] = numberKind(attributes.value("formatCode"));
        } else if (name == "cellXfs") {
            m_inFormats = true;
        } else if (name == "xf" && m_inFormats) {
            const unsigned id = number(attributes.value("numFmtId"));
            const auto own = m_kinds.find(id);
            styles.push_back(own != m_kinds.end() ? own->second : builtInNumberKind(id));
        }
        if (styles.size() > maxStyles || m_kinds.size() > maxStyles)
            part.fail(workbook_errors::tooLarge(QStringLiteral("number formats")));
    }
    void endElement(XmlPart &, std::string_view name) override
    {
        if (name == "cellXfs")
            m_inFormats = false;
    }
    void text(XmlPart &, std::string_view) override {}

    std::vector<NumberKind> styles;

private:
    std::unordered_map<unsigned, NumberKind> m_kinds;
    bool m_inFormats = false;
};

/// sharedStrings.xml: rich text is its runs joined; how it is pronounced (rPh) is left out.
class StringsHandler final : public XmlHandler
{
public:
    explicit StringsHandler(SharedStrings &strings)
        : m_strings(strings)
    {}

    void startElement(XmlPart &, std::string_view name, const XmlAttributes &) override
    {
        if (name == "si")
            m_text.clear();
        else if (name == "rPh")
            m_inPhonetic = true;
        else if (name == "t")
            m_collecting = !m_inPhonetic;
    }
    void endElement(XmlPart &part, std::string_view name) override
    {
        if (name == "t") {
            m_collecting = false;
        } else if (name == "rPh") {
            m_inPhonetic = false;
        } else if (name == "si") {
            m_unescaped.clear();
            appendUnescaped(m_text, m_unescaped);
            if (!m_strings.add(m_unescaped))
                part.fail(workbook_errors::tooLarge(QStringLiteral("shared strings")));
        }
    }
    void text(XmlPart &part, std::string_view utf8) override
    {
        if (!m_collecting)
            return;
        m_text += utf8;
        if (m_text.size() > SharedStrings::maxTextBytes)
            part.fail(workbook_errors::tooLarge(QStringLiteral("an endless shared string")));
    }

private:
    SharedStrings &m_strings;
    std::string m_text;
    std::string m_unescaped;
    bool m_inPhonetic = false;
    bool m_collecting = false;
};

} // namespace

XlsxWorkbook::XlsxWorkbook(std::unique_ptr<ZipArchive> archive)
    : m_archive(std::move(archive))
{}

Result<std::unique_ptr<Workbook>> XlsxWorkbook::open(std::unique_ptr<ZipArchive> archive)
{
    std::unique_ptr<XlsxWorkbook> workbook(new XlsxWorkbook(std::move(archive)));
    IDS_CHECK(workbook->readBook());
    return std::unique_ptr<Workbook>(std::move(workbook));
}

Result<void> XlsxWorkbook::readBook()
{
    IDS_TRY(main, officeDocument(*m_archive));
    IDS_TRY(related, relationships(*m_archive, main));
    BookHandler book;
    {
        IDS_TRY(part, m_archive->part(main));
        XmlPart xml(std::move(part), book);
        IDS_CHECK(xml.readAll());
    }
    m_book.from1904 = book.from1904;
    for (const BookHandler::Sheet &sheet : book.sheets) {
        const Relationship *target = relationshipById(related, sheet.relationship);
        if (target && target->type != "worksheet")
            continue;
        m_sheets.push_back({sheet.name, sheet.hidden});
        m_parts.push_back(target ? target->target : std::string());
    }
    if (m_sheets.empty())
        return workbook_errors::damaged(QStringLiteral("no worksheets"));
    if (const Relationship *target = relationshipOfType(related, "styles");
        target && m_archive->contains(target->target)) {
        StylesHandler styles;
        IDS_TRY(part, m_archive->part(target->target));
        XmlPart xml(std::move(part), styles);
        IDS_CHECK(xml.readAll());
        m_book.styles = std::move(styles.styles);
    }
    if (const Relationship *target = relationshipOfType(related, "sharedStrings");
        target && m_archive->contains(target->target)) {
        StringsHandler strings(m_book.strings);
        IDS_TRY(part, m_archive->part(target->target));
        XmlPart xml(std::move(part), strings);
        IDS_CHECK(xml.readAll());
    }
    return {};
}

Result<std::unique_ptr<SheetRows>> XlsxWorkbook::rows(std::size_t sheet)
{
    IDS_TRY(part, m_archive->part(m_parts[sheet]));
    return std::unique_ptr<SheetRows>(std::make_unique<XlsxSheetRows>(std::move(part), m_book));
}

} // namespace idstore
