// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/workbook.h"
#include "connectors/files/workbook/zip_archive.h"

namespace idstore {

/// OpenDocument spreadsheets (.ods; ISO/IEC 26300, OpenDocument 1.3 part 3, clause 9). All sheets stand in one part,
/// which is gone through once to name them. Values are taken from their typed attributes, not from how they are shown.
/// Errors of open(): those of workbook_errors.
class OdsWorkbook final : public Workbook
{
public:
    static Result<std::unique_ptr<Workbook>> open(std::unique_ptr<ZipArchive> archive);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

private:
    explicit OdsWorkbook(std::unique_ptr<ZipArchive> archive);

    Result<void> readSheets();

    std::unique_ptr<ZipArchive> m_archive;
    std::vector<Sheet> m_sheets;
};

} // namespace idstore
