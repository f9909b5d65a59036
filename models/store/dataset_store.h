// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/change_set.h"
#include "models/domain/column.h"
#include "models/domain/rejection.h"
#include "models/domain/row_batch.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace idstore {

struct RecordQuery;
struct RecordPage;
struct RecordSort;

/// What a finished generation holds.
struct DatasetSummary
{
    Columns columns; ///< as described to finish()
    qint64 rows = 0;
    qint64 rejected = 0;
};

/// What a writer has made of a batch beforehand.
class PreparedBatch
{
public:
    virtual ~PreparedBatch() = default;
};

/// Writes one new generation of a source. Nothing of it can be seen before finish(); going without finish() removes
/// what was written. One thread at a time, but for prepareBatch().
class DatasetWriter
{
public:
    virtual ~DatasetWriter() = default;
    [[nodiscard]] virtual Result<void> write(const RowBatch &batch) = 0;
    /// Does what can be done of writing `batch` before its turn has come, knowing only how many rows will be before it.
    /// Any thread, several at a time. `prepared`: where to put it; what is there of an earlier batch is used again.
    /// By default there is nothing to do, and it stays null: write() the batch then.
    [[nodiscard]] virtual Result<void> prepareBatch(const RowBatch &batch, qint64 rowsBefore,
                                                    std::unique_ptr<PreparedBatch> &prepared) const
    {
        Q_UNUSED(batch)
        Q_UNUSED(rowsBefore)
        Q_UNUSED(prepared)
        return {};
    }
    /// write() for a batch with what prepareBatch() has made of it.
    [[nodiscard]] virtual Result<void> writePrepared(const RowBatch &batch, PreparedBatch &prepared)
    {
        Q_UNUSED(prepared)
        return write(batch);
    }
    /// Returns when the rows are safe on the disk. `columns`: those the writer was made for, described by all rows.
    [[nodiscard]] virtual Result<DatasetSummary> finish(const Columns &columns) = 0;
};

/// A new generation made of an earlier one, less rejects that have become rows. As with a DatasetWriter nothing of it
/// can be seen before finish(), and going without finish() removes it. One thread at a time.
class DatasetRevision
{
public:
    virtual ~DatasetRevision() = default;
    /// Adds the one row of `row` behind the rows there are, and takes the reject away.
    [[nodiscard]] virtual Result<void> repair(qint64 rejectionId, const RowBatch &row) = 0;
    /// Returns when all is safe on the disk. `columns`: those of the earlier generation, described by all rows.
    [[nodiscard]] virtual Result<DatasetSummary> finish(const Columns &columns) = 0;
};

/// The rows of a generation front to back, from one snapshot. One thread at a time.
class DatasetScan
{
public:
    virtual ~DatasetScan() = default;
    /// False: no further row.
    [[nodiscard]] virtual Result<bool> next() = 0;
    /// A cell of the current row; nothing for NULL. The view lives until next().
    [[nodiscard]] virtual std::optional<std::string_view> cell(int column) const = 0;
};

/// How rows are put into a generation by key.
struct MergeRequest
{
    qint64 run = 0; ///< whose changes are kept
    Columns before; ///< of the generation before
    Columns columns; ///< as they are read
    QStringList key; ///< of `columns`; the generation before is unique by it
    bool readsAll = false; ///< all rows are read: rejects of before are replaced, too
};

/// What a merge made, and of how many rows.
struct MergeOutcome
{
    DatasetSummary summary;
    qint64 added = 0;
    qint64 changed = 0;
    qint64 removed = 0;
};

/// A new generation out of an earlier one and rows with keys: those with a known key take the place of what was there,
/// but for columns that the source no longer has. Of rows that come twice the last one counts. As with a DatasetWriter
/// nothing of it can be seen before finish(), and going without finish() removes it. One thread at a time.
class DatasetMerger
{
public:
    virtual ~DatasetMerger() = default;
    /// No cell of the key is NULL.
    [[nodiscard]] virtual Result<void> write(const RowBatch &batch) = 0;
    /// Rows of before that have not come.
    [[nodiscard]] virtual Result<qint64> unseenRows() = 0;
    /// Removes them. Once, after the last row.
    [[nodiscard]] virtual Result<void> removeUnseen() = 0;
    /// Those of before, with new ones behind them.
    [[nodiscard]] virtual const Columns &columns() const = 0;
    /// All rows as they are now; goes before the merger is finished.
    [[nodiscard]] virtual Result<std::unique_ptr<DatasetScan>> scan() = 0;
    /// Returns when all is safe on the disk. `columns`: columns() described by all rows.
    [[nodiscard]] virtual Result<MergeOutcome> finish(const Columns &columns) = 0;
};

/// Where rows live: one dataset a source and generation. Thread-safe; writers and scans belong to their caller.
class DatasetStore
{
public:
    virtual ~DatasetStore() = default;

    /// InvalidInput-like Source error "too_many_columns" when the store cannot hold that many.
    [[nodiscard]] virtual Result<std::unique_ptr<DatasetWriter>> createWriter(SourceId source, qint64 generation,
                                                                              const Columns &columns) = 0;
    [[nodiscard]] virtual Result<RecordPage> page(SourceId source, qint64 generation, const Columns &columns,
                                                  const RecordQuery &query, const CancelToken &cancel) = 0;
    /// Sorts the rows by a column, unless they are. `progress`: 0 to 1, on the calling thread; may be empty.
    [[nodiscard]] virtual Result<void> prepareSort(SourceId source, qint64 generation, const Columns &columns,
                                                   const RecordSort &sort, const CancelToken &cancel,
                                                   const std::function<void(double)> &progress) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<DatasetScan>> scan(SourceId source, qint64 generation,
                                                                    const Columns &columns) = 0;
    /// A generation of its own out of `earlier`, which stays. Cancelled while it is being copied.
    [[nodiscard]] virtual Result<std::unique_ptr<DatasetRevision>> createRevision(SourceId source, qint64 earlier,
                                                                                  qint64 generation,
                                                                                  const Columns &columns,
                                                                                  const CancelToken &cancel) = 0;

    /// Cancelled while `earlier` is being copied.
    [[nodiscard]] virtual Result<std::unique_ptr<DatasetMerger>> createMerger(SourceId source, qint64 earlier,
                                                                              qint64 generation,
                                                                              const MergeRequest &request,
                                                                              const CancelToken &cancel) = 0;
    /// Leaves the last of the rows with the same key (positions of columns) of a finished generation that is not in use
    /// yet. Returns how many others there were.
    [[nodiscard]] virtual Result<qint64> makeUnique(SourceId source, qint64 generation,
                                                    const std::vector<int> &key) = 0;
    /// In the order they were met. Nothing when the generation does not keep the changes of that run.
    [[nodiscard]] virtual Result<std::optional<ChangePage>>
    changes(SourceId source, qint64 generation, RunId run, std::optional<ChangeKind> kind, qint64 after, int limit) = 0;

    /// In the order of the source, without corrections and without the total.
    [[nodiscard]] virtual Result<RejectionPage> rejections(SourceId source, qint64 generation, qint64 after,
                                                           int limit) = 0;
    /// Nothing when there is none of this number.
    [[nodiscard]] virtual Result<std::optional<RejectedRow>> rejection(SourceId source, qint64 generation,
                                                                       qint64 id) = 0;
    /// Removes one generation, or everything of the source.
    virtual void removeGeneration(SourceId source, qint64 generation) = 0;
    virtual void removeAll(SourceId source) = 0;
};

} // namespace idstore
