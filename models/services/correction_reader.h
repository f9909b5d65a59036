// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/rejection.h"
#include "models/ingest/row_parser.h"

#include <functional>
#include <memory>

namespace idstore {

/// Reads corrections as rows of a source: its cells by the columns' names, its text by the connector's own rules.
/// Used by one thread at a time.
class CorrectionReader
{
public:
    using OpenParser = std::function<Result<std::unique_ptr<RowParser>>()>;

    /// `open` is called when the first text is to be read.
    CorrectionReader(Columns columns, OpenParser open);

    /// `batch` is reset, and holds the row when nothing is answered; otherwise why the correction of `rejection` is no
    /// row. Errors: those of the connector; Conflict ("columns_changed") when a run would now find other columns.
    [[nodiscard]] Result<std::optional<Misfit>> read(const RowCorrection &correction, const Rejection &rejection,
                                                     RowBatch &batch);
    /// Null when the source's rows are not lines of text. Errors as of read().
    [[nodiscard]] Result<RowParser *> parser();

    [[nodiscard]] const Columns &columns() const { return m_columns; }

private:
    [[nodiscard]] std::optional<Misfit> readCells(const QList<CorrectedCell> &cells, RowBatch &batch) const;

    Columns m_columns;
    OpenParser m_open;
    bool m_opened = false;
    std::unique_ptr<RowParser> m_parser;
};

} // namespace idstore
