// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/xlsx_workbook.h"
#include "connectors/files/workbook/xml_part.h"

namespace idstore {

/// The rows of one worksheet part (ECMA-376-1, 18.3.1). A number without meaning, such as that of a shared string
/// that is not there, is "workbook_damaged".
class XlsxSheetRows final : public SheetRows, private XmlHandler
{
public:
    /// `book` is not owned and outlives this.
    XlsxSheetRows(std::unique_ptr<ZipPart> part, const XlsxWorkbook::Book &book);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override;

private:
    enum class CellType { Number, SharedString, Text, Boolean, IsoDate };

    void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) override;
    void endElement(XmlPart &part, std::string_view name) override;
    void text(XmlPart &part, std::string_view utf8) override;

    void startCell(XmlPart &part, const XmlAttributes &attributes);
    void endCell(XmlPart &part);
    void addNumber();

    const XlsxWorkbook::Book &m_book;
    XmlPart m_xml;
    SheetRow *m_row = nullptr;
    std::int64_t m_rowNumber = 0;
    std::uint32_t m_column = 0; ///< 1-based, of the cell before or now
    std::size_t m_style = 0;
    CellType m_type = CellType::Number;
    std::string m_value;
    std::string m_unescaped;
    bool m_inRow = false;
    bool m_inCell = false;
    bool m_inInline = false;
    bool m_inPhonetic = false;
    bool m_collecting = false;
};

/// Text of a workbook has characters that XML cannot hold as _xHHHH_ (ECMA-376-1, 22.9.2.19). Appended to `to`.
void appendUnescaped(std::string_view text, std::string &to);

} // namespace idstore
