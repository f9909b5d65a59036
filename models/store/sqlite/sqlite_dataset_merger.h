// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dataset_store.h"
#include "models/store/sqlite/sqlite_handle.h"

namespace idstore {

/// A generation made of a copy of the one before and the rows of a run, put in by key, in one transaction of SQLite's
/// own. The file is nobody's until the catalog speaks of it, so that a crash at any point costs only the copy, and the
/// generation before stays what it was, to be gone back to. Beside the rows it keeps what the latest runs changed:
///
///     changes(id, run, kind, record, before, after)   rows as JSON objects; kind: 0 new, 1 changed, 2 removed
///     change_runs(run)                                runs whose changes are kept
class SqliteDatasetMerger final : public DatasetMerger
{
public:
    static Result<std::unique_ptr<SqliteDatasetMerger>> create(const QString &from, const QString &to,
                                                               const MergeRequest &request, const CancelToken &cancel);
    ~SqliteDatasetMerger() override;

    Result<void> write(const RowBatch &batch) override;
    Result<qint64> unseenRows() override;
    Result<void> removeUnseen() override;
    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    Result<std::unique_ptr<DatasetScan>> scan() override;
    Result<MergeOutcome> finish(const Columns &columns) override;

    /// Makes a finished file unique by its key: of rows with the same key the last one stays. Returns how many went.
    static Result<qint64> makeUnique(const QString &path, const std::vector<int> &key);
    /// Nothing when the file does not keep the changes of this run.
    static Result<std::optional<ChangePage>> changes(const QString &path, qint64 run, std::optional<ChangeKind> kind,
                                                     qint64 after, int limit);

private:
    SqliteDatasetMerger(QString path, const MergeRequest &request);

    Result<void> open();
    Result<void> prepareTables();
    Result<void> prepareStatements();
    Result<void> merge(const RowBatch &batch, std::size_t row);
    Result<void> update(const RowBatch &batch, std::size_t row, qint64 record);
    Result<void> noteChange(int kind, qint64 record, std::optional<std::string_view> before);
    Result<void> writeRejection(const Rejection &rejection);
    Result<void> settleChanges();
    [[nodiscard]] Result<qint64> number(const QByteArray &sql) const;
    [[nodiscard]] QByteArray cellList() const;
    /// The row that `row` stands on, whose cells start at `first`, as a JSON object.

    QString m_path;
    MergeRequest m_request;
    Columns m_columns; ///< of the file: those of before, then new ones
    std::vector<int> m_places; ///< where the reader's columns are in m_columns
    std::vector<std::string> m_names; ///< of m_columns, as JSON
    std::vector<int> m_readKey; ///< the key's columns among the reader's
    std::vector<bool> m_seen; ///< by row number less one: rows of before that came again
    qint64 m_rowsBefore = 0;
    bool m_finished = false;
    // Statements go before their connection: members are destroyed from the last to the first.
    std::optional<SqliteConnection> m_connection;
    std::optional<SqliteStatement> m_find;
    std::optional<SqliteStatement> m_insert;
    std::optional<SqliteStatement> m_update;
    std::optional<SqliteStatement> m_findChange;
    std::optional<SqliteStatement> m_addChange;
    std::optional<SqliteStatement> m_dropRejection;
    std::optional<SqliteStatement> m_addRejection;
};

} // namespace idstore
