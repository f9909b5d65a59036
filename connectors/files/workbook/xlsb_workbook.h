// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/number_format.h"
#include "connectors/files/workbook/shared_strings.h"
#include "connectors/files/workbook/workbook.h"
#include "connectors/files/workbook/zip_archive.h"

namespace idstore {

/// The binary workbooks of Excel 2007 and later (.xlsb; [MS-XLSB]): the package of an .xlsx with records instead of
/// XML. Sheets are streamed. Errors of open(): those of workbook_errors.
class XlsbWorkbook final : public Workbook
{
public:
    /// What the cells of every sheet refer to.
    struct Book
    {
        SharedStrings strings;
        std::vector<NumberKind> styles; ///< of each cell format
        bool from1904 = false;
    };

    static Result<std::unique_ptr<Workbook>> open(std::unique_ptr<ZipArchive> archive);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

private:
    explicit XlsbWorkbook(std::unique_ptr<ZipArchive> archive);

    Result<void> readBook();
    Result<void> readStyles(const std::string &name);
    Result<void> readStrings(const std::string &name);

    std::unique_ptr<ZipArchive> m_archive;
    std::vector<Sheet> m_sheets;
    std::vector<std::string> m_parts; ///< of m_sheets
    Book m_book;
};

} // namespace idstore
