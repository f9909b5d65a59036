// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/xlsb_records.h"
#include "connectors/files/workbook/xlsb_workbook.h"

namespace idstore {

/// The rows of one worksheet part of a binary .xlsx.
class XlsbSheetRows final : public SheetRows
{
public:
    /// `book` is not owned and outlives this.
    XlsbSheetRows(std::unique_ptr<ZipPart> part, const XlsbWorkbook::Book &book);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override;

private:
    Result<void> addCell(SheetRow &row);
    void addNumber(SheetRow &row, std::uint32_t column, std::size_t style, double number);
    void addText(SheetRow &row, std::uint32_t column);

    const XlsbWorkbook::Book &m_book;
    XlsbRecords m_records;
    std::string m_text;
    std::int64_t m_nextRow = 0; ///< whose header has been read; 0: none
    bool m_inData = false;
    bool m_ended = false;
};

} // namespace idstore
