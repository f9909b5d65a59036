// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/number_format.h"
#include "connectors/files/workbook/shared_strings.h"
#include "connectors/files/workbook/workbook.h"
#include "connectors/files/workbook/zip_archive.h"

namespace idstore {

/// The Office Open XML workbooks .xlsx and .xlsm (ECMA-376-1 clause 18, transitional and strict). Sheets are streamed;
/// what is held is the shared strings and the number formats. Errors of open(): those of workbook_errors.
class XlsxWorkbook final : public Workbook
{
public:
    /// What the cells of every sheet refer to.
    struct Book
    {
        SharedStrings strings;
        std::vector<NumberKind> styles; ///< of each cell format (cellXfs)
        bool from1904 = false;
    };

    static Result<std::unique_ptr<Workbook>> open(std::unique_ptr<ZipArchive> archive);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

private:
    explicit XlsxWorkbook(std::unique_ptr<ZipArchive> archive);

    Result<void> readBook();

    std::unique_ptr<ZipArchive> m_archive;
    std::vector<Sheet> m_sheets;
    std::vector<std::string> m_parts; ///< of m_sheets
    Book m_book;
};

} // namespace idstore
