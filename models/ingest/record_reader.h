// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/column.h"
#include "models/domain/progress.h"
#include "models/domain/row_batch.h"
#include "models/ingest/source_reading.h"

#include <optional>

namespace idstore {

class PieceReader;

/// Pulls the rows of one source, once, front to back. Used by one thread at a time; the object that opened it keeps
/// nothing of it. Errors: ErrorKind::Source for a source that broke, ErrorKind::Cancelled after cancellation.
class RecordReader
{
public:
    virtual ~RecordReader() = default;

    /// The columns in order, names made unique; fixed for the life of the reader.
    [[nodiscard]] virtual const Columns &columns() const = 0;

    /// Fills `batch` (reset by the reader) with the next rows and rejections; about 1 MiB or 4096 rows, whichever
    /// comes first. False: the source is exhausted and the batch is empty.
    virtual Result<bool> read(RowBatch &batch) = 0;

    /// What was understood of the source. Known once the reader is open; grows surer while rows are read. Nothing for
    /// sources that leave nothing to understand.
    [[nodiscard]] virtual SourceReading reading() const { return {}; }

    /// Everything that the source holds was read: what did not come is no longer there. Known when read() says false.
    [[nodiscard]] virtual bool isComplete() const { return false; }
    /// The source holds just what the last good run brought: there is nothing to read, and the rows stay as they are.
    [[nodiscard]] virtual bool isUnchanged() const { return false; }
    /// The columns that tell this source's rows apart, where it knows them by itself, such as a primary key; what a
    /// person chose comes before it.
    [[nodiscard]] virtual QStringList naturalKey() const { return {}; }
    /// What the next run is to know of this one, once all rows are read: kept with the source when the run completes,
    /// and given back as ReadRequest::state. Never a secret.
    [[nodiscard]] virtual QJsonObject state() const { return {}; }

    /// This reader's other side, when several threads can read for it; null: read() is all there is.
    [[nodiscard]] virtual PieceReader *pieces() { return nullptr; }

    /// Totals, when the source tells them beforehand.
    [[nodiscard]] virtual std::optional<qint64> totalRows() const { return std::nullopt; }
    [[nodiscard]] virtual std::optional<qint64> totalBytes() const { return std::nullopt; }
    [[nodiscard]] virtual EstimateBasis estimateBasis() const { return EstimateBasis::None; }
};

} // namespace idstore
