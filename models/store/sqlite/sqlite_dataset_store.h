// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/data_directory.h"
#include "models/store/dataset_store.h"
#include "models/store/row_order_cache.h"
#include "models/store/sqlite/match_cache.h"

namespace idstore {

/// Datasets as SQLite files, one a source and generation. The file's format, version 1:
///
///     PRAGMA application_id = 0x49445354 ("IDST"), user_version = 1
///     records(line INTEGER, c1 TEXT, c2 TEXT, ...)   rowid 1..n without gaps; line: where the row starts in the source
///     columns(position, name, type, generated, filled)   c<position> is called <name>
///     rejects(id, line, column_name, code, reason, raw)
///
/// Names stay out of the table's own columns: people's headers may differ in letter case only, or be called "rowid".
class SqliteDatasetStore final : public DatasetStore
{
public:
    /// SQLite's own limit of 2000 columns a table, less `line`.
    static constexpr int maxColumns = 1999;
    static constexpr int formatVersion = 1;

    explicit SqliteDatasetStore(const DataDirectory &directory);

    Result<std::unique_ptr<DatasetWriter>> createWriter(SourceId source, qint64 generation,
                                                        const Columns &columns) override;
    Result<RecordPage> page(SourceId source, qint64 generation, const Columns &columns, const RecordQuery &query,
                            const CancelToken &cancel) override;
    Result<void> prepareSort(SourceId source, qint64 generation, const Columns &columns, const RecordSort &sort,
                             const CancelToken &cancel, const std::function<void(double)> &progress) override;
    Result<std::unique_ptr<DatasetScan>> scan(SourceId source, qint64 generation, const Columns &columns) override;
    Result<std::unique_ptr<DatasetRevision>> createRevision(SourceId source, qint64 earlier, qint64 generation,
                                                            const Columns &columns, const CancelToken &cancel) override;
    Result<std::unique_ptr<DatasetMerger>> createMerger(SourceId source, qint64 earlier, qint64 generation,
                                                        const MergeRequest &request,
                                                        const CancelToken &cancel) override;
    Result<qint64> makeUnique(SourceId source, qint64 generation, const std::vector<int> &key) override;
    Result<std::optional<ChangePage>> changes(SourceId source, qint64 generation, RunId run,
                                              std::optional<ChangeKind> kind, qint64 after, int limit) override;
    Result<RejectionPage> rejections(SourceId source, qint64 generation, qint64 after, int limit) override;
    Result<std::optional<RejectedRow>> rejection(SourceId source, qint64 generation, qint64 id) override;
    void removeGeneration(SourceId source, qint64 generation) override;
    void removeAll(SourceId source) override;

private:
    [[nodiscard]] Result<std::unique_ptr<RowOrder>> takeOrder(SourceId source, qint64 generation,
                                                              const Columns &columns, const RecordSort &sort,
                                                              const CancelToken &cancel,
                                                              const std::function<void(double)> &progress);

    const DataDirectory &m_directory;
    RowOrderCache m_orders;
    MatchCache m_matches;
};

} // namespace idstore
