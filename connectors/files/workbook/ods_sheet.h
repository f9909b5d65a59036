// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/workbook.h"
#include "connectors/files/workbook/xml_part.h"

namespace idstore {

/// The rows of one table of content.xml. A row that is said to be repeated comes as often, unless it is empty.
class OdsSheetRows final : public SheetRows, private XmlHandler
{
public:
    /// `sheet`: which of the tables, counted from 0.
    OdsSheetRows(std::unique_ptr<ZipPart> part, std::size_t sheet);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override;

private:
    void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) override;
    void endElement(XmlPart &part, std::string_view name) override;
    void text(XmlPart &part, std::string_view utf8) override;

    void startRow(const XmlAttributes &attributes);
    void startCell(const XmlAttributes &attributes);
    void startInCell(std::string_view name, const XmlAttributes &attributes);
    void endCell(XmlPart &part);
    void append(std::string_view text);

    std::size_t m_sheet;
    XmlPart m_xml;
    SheetRow m_current;
    std::size_t m_tables = 0; ///< that have begun
    int m_tableDepth = 0; ///< tables may stand in cells; those are passed over
    int m_skippedDepth = 0; ///< within comments, drawings and the like
    std::int64_t m_rowNumber = 0;
    std::int64_t m_rowRepeats = 1;
    std::int64_t m_repeatsLeft = 0; ///< of m_current
    std::uint32_t m_column = 0; ///< 0-based, of the cell now
    std::uint32_t m_cellRepeats = 1;
    std::string m_value; ///< from an attribute
    std::string m_text; ///< from the paragraphs
    bool m_hasValue = false;
    bool m_hasParagraph = false;
    bool m_inRow = false;
    bool m_inCell = false;
    bool m_inParagraph = false;
    bool m_spaceBefore = false;
};

} // namespace idstore
