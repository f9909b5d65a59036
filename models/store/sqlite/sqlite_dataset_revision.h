// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dataset_store.h"
#include "models/store/sqlite/sqlite_handle.h"

namespace idstore {

/// A revision of a dataset file: a copy of it, changed in one transaction of SQLite's own. The copy costs no more than
/// reading the file; changing the file in use instead would make readers wait for writers, and would leave a catalog
/// that disagrees with its rows when the process dies between two commits.
class SqliteDatasetRevision final : public DatasetRevision
{
public:
    /// `columnCount`: of the file at `from`, which stays as it is.
    static Result<std::unique_ptr<SqliteDatasetRevision>> create(const QString &from, const QString &to,
                                                                 int columnCount, const CancelToken &cancel);
    ~SqliteDatasetRevision() override;

    Result<void> repair(qint64 rejectionId, const RowBatch &row) override;
    Result<DatasetSummary> finish(const Columns &columns) override;

private:
    explicit SqliteDatasetRevision(QString path)
        : m_path(std::move(path))
    {}

    Result<void> open(int columnCount);
    [[nodiscard]] Result<qint64> number(const QByteArray &sql) const;

    QString m_path;
    bool m_finished = false;
    // Statements go before their connection: members are destroyed from the last to the first.
    std::optional<SqliteConnection> m_connection;
    std::optional<SqliteStatement> m_insertRow;
    std::optional<SqliteStatement> m_deleteRejection;
};

} // namespace idstore
