// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/biff_records.h"
#include "connectors/files/workbook/number_format.h"
#include "connectors/files/workbook/shared_strings.h"
#include "connectors/files/workbook/workbook.h"

namespace idstore {

/// The binary workbooks of Excel 5 to 2003 (.xls; [MS-XLS]), in a compound file or bare. Sheets are streamed; what is
/// held is the shared strings and the number formats. Errors of open(): those of workbook_errors.
class XlsWorkbook final : public Workbook
{
public:
    /// What the cells of every sheet refer to.
    struct Book
    {
        SharedStrings strings;
        std::vector<NumberKind> styles; ///< of each cell format (XF)
        std::unique_ptr<CodePage> codePage;
        bool from1904 = false;
        bool unicode = true; ///< Excel 97 and later
    };

    /// `container` is null for a bare stream.
    static Result<std::unique_ptr<Workbook>> open(std::unique_ptr<CompoundFile> container,
                                                  std::unique_ptr<ByteSource> stream);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

private:
    XlsWorkbook(std::unique_ptr<CompoundFile> container, std::unique_ptr<ByteSource> stream);

    Result<void> readBook();
    Result<void> readStrings(BiffRecords &records);
    void readSheet(BiffRecords &records);

    std::unique_ptr<CompoundFile> m_container;
    std::unique_ptr<ByteSource> m_stream;
    std::vector<Sheet> m_sheets;
    std::vector<std::uint32_t> m_offsets; ///< of m_sheets
    Book m_book;
};

} // namespace idstore
