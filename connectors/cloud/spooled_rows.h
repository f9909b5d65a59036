// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/workbook.h"
#include "models/store/scratch_file.h"

#include <QFile>

namespace idstore::cloud {

// Rows of a sheet on their way through a scratch file. For each: its number and how many cells it has, for each cell
// its column and length, and the text. The numbers as this computer writes them: the file never leaves it.

/// Appends a row; the bytes written are added to `bytes`.
void appendRow(QByteArray &bytes, const SheetRow &row);

/// Reads them back. Keeps the file. Errors: those of fileError().
class SpooledRows final : public SheetRows
{
public:
    [[nodiscard]] static Result<std::unique_ptr<SheetRows>> open(std::shared_ptr<ScratchFile> cells);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override { return m_file.pos(); }

private:
    explicit SpooledRows(std::shared_ptr<ScratchFile> cells);

    template <typename Number>
    bool readNumber(Number &number);

    std::shared_ptr<ScratchFile> m_cells;
    QFile m_file;
    QByteArray m_text;
};

} // namespace idstore::cloud
