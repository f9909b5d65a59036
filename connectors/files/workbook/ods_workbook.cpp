// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/ods_workbook.h"

#include "connectors/files/workbook/ods_sheet.h"
#include "connectors/files/workbook/xml_part.h"

#include <unordered_set>

namespace idstore {

namespace {

constexpr std::size_t maxSheets = 10'000;

/// The names of the tables, and which of them are hidden by their style.
class TablesHandler final : public XmlHandler
{
public:
    void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) override
    {
        if (name == "table") {
            if (m_depth++ > 0)
                return;
            const std::string style(attributes.value("style-name"));
            sheets.push_back({QString::fromUtf8(attributes.find("name") ? attributes.find("name") : ""),
                              m_hiddenStyles.contains(style)});
        } else if (name == "style") {
            m_style = attributes.value("name");
        } else if (name == "table-properties" && attributes.value("display") == "false") {
            m_hiddenStyles.insert(m_style);
        }
        if (sheets.size() > maxSheets || m_hiddenStyles.size() > maxSheets)
            part.fail(workbook_errors::tooLarge(QStringLiteral("sheets")));
    }
    void endElement(XmlPart &, std::string_view name) override
    {
        if (name == "table")
            --m_depth;
    }
    void text(XmlPart &, std::string_view) override {}

    std::vector<Workbook::Sheet> sheets;

private:
    std::unordered_set<std::string> m_hiddenStyles;
    std::string m_style;
    int m_depth = 0;
};

} // namespace

OdsWorkbook::OdsWorkbook(std::unique_ptr<ZipArchive> archive)
    : m_archive(std::move(archive))
{}

Result<std::unique_ptr<Workbook>> OdsWorkbook::open(std::unique_ptr<ZipArchive> archive)
{
    std::unique_ptr<OdsWorkbook> workbook(new OdsWorkbook(std::move(archive)));
    IDS_CHECK(workbook->readSheets());
    return std::unique_ptr<Workbook>(std::move(workbook));
}

Result<void> OdsWorkbook::readSheets()
{
    constexpr std::size_t manifestBytes = 16 * 1024 * 1024;
    if (m_archive->contains("META-INF/manifest.xml")) {
        IDS_TRY(manifest, m_archive->content("META-INF/manifest.xml", manifestBytes));
        if (manifest.find("encryption-data") != std::string::npos)
            return workbook_errors::encrypted();
    }
    TablesHandler tables;
    IDS_TRY(part, m_archive->part("content.xml"));
    XmlPart xml(std::move(part), tables);
    IDS_CHECK(xml.readAll());
    m_sheets = std::move(tables.sheets);
    if (m_sheets.empty())
        return workbook_errors::damaged(QStringLiteral("no tables"));
    return {};
}

Result<std::unique_ptr<SheetRows>> OdsWorkbook::rows(std::size_t sheet)
{
    IDS_TRY(part, m_archive->part("content.xml"));
    return std::unique_ptr<SheetRows>(std::make_unique<OdsSheetRows>(std::move(part), sheet));
}

} // namespace idstore
