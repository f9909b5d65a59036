// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/part_reader.h"
#include "connectors/files/workbook/sheet_row_scanner.h"
#include "connectors/files/workbook/xlsx_workbook.h"
#include "connectors/files/workbook/xml_part.h"

#include <optional>

namespace idstore {

/// The rows of one worksheet part (ECMA-376-1, 18.3.1). A number without meaning, such as that of a shared string
/// that is not there, is "workbook_damaged".
///
/// Rows in the usual form are taken out by scanSheetRow(), which is several times as fast as an XML parser; what stands
/// before and after them, and rows in any other form, go to the parser, which so sees a well-formed document as well.
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

    /// Takes rows and cells with what their tags say of them, from whichever side they come.
    std::optional<Error> startRow(std::string_view number);
    std::optional<Error> startCell(std::string_view reference, std::string_view style, std::string_view type);
    std::optional<Error> addValue(std::string_view value);
    void addNumber(std::string_view value);

    Result<void> readMore();
    /// Takes a row out of the window; false when that is not possible.
    Result<bool> takeScannedRow();
    /// Gives the parser the text up to where the next row may begin; true when that ended a row.
    Result<bool> feedParser();
    [[nodiscard]] std::string_view window() const { return std::string_view(m_text).substr(m_from, m_size - m_from); }

    const XlsxWorkbook::Book &m_book;
    PartReader m_part;
    XmlPart m_xml;
    std::string m_text; ///< some of the part, from m_from to m_size, and zeros behind it
    std::size_t m_from = 0;
    std::size_t m_size = 0;
    bool m_allRead = false;
    bool m_fed = false; ///< to the end
    bool m_isPlain = false; ///< UTF-8, as the scanner needs it
    ScannedRow m_scanned;
    SheetRow *m_row = nullptr;
    std::int64_t m_rowNumber = 0;
    std::uint32_t m_column = 0; ///< 1-based, of the cell before or now
    std::size_t m_style = 0;
    CellType m_type = CellType::Number;
    std::string m_value;
    std::string m_unescaped;
    bool m_inSheetData = false;
    int m_openInSheetData = 0; ///< elements
    bool m_inRow = false;
    bool m_inCell = false;
    bool m_inInline = false;
    bool m_inPhonetic = false;
    bool m_collecting = false;
};

/// Text of a workbook has characters that XML cannot hold as _xHHHH_ (ECMA-376-1, 22.9.2.19). Appended to `to`.
void appendUnescaped(std::string_view text, std::string &to);

} // namespace idstore
