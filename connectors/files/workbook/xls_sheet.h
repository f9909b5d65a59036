// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/xls_workbook.h"

namespace idstore {

/// The rows of one sheet of a binary workbook. Cells stand in the order of their rows; a sheet where they do not, or
/// that ends without its end mark, is "workbook_damaged".
class XlsSheetRows final : public SheetRows
{
public:
    /// `stream` and `book` are not owned and outlive this.
    XlsSheetRows(ByteSource &stream, std::uint64_t offset, const XlsWorkbook::Book &book);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override;

private:
    Result<void> begin();
    /// Whether the record the reader stands on is a cell; the row it is in.
    Result<bool> advance();
    Result<void> addCell(SheetRow &row);
    void addNumber(SheetRow &row, std::uint32_t column, unsigned style, double number);
    Result<void> addFormula(SheetRow &row, std::uint32_t column, unsigned style);
    /// The text of a formula's STRING record, which comes after it.
    Result<void> addFormulaText(SheetRow &row, std::uint32_t column);
    void readText(std::string &utf8);

    const XlsWorkbook::Book &m_book;
    BiffRecords m_records;
    std::uint64_t m_offset;
    std::string m_text;
    int m_depth = 0; ///< charts within the sheet have records of their own
    std::uint32_t m_cellRow = 0; ///< of the cell the reader stands on
    bool m_begun = false;
    bool m_atCell = false; ///< read, but not yet added
};

} // namespace idstore
