// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dataset_store.h"
#include "models/store/sqlite/sqlite_handle.h"

#include <vector>

namespace idstore {

/// The reference that BuiltDatasetWriter is tested and measured against, with SQLite alone at work: prepared inserts
/// into a new file, in one transaction, without a journal.
class SqliteDatasetWriter final : public DatasetWriter
{
public:
    static Result<std::unique_ptr<SqliteDatasetWriter>> create(const QString &path, const Columns &columns);
    ~SqliteDatasetWriter() override;

    Result<void> write(const RowBatch &batch) override;
    Result<DatasetSummary> finish(const Columns &columns) override;

private:
    SqliteDatasetWriter(QString path, Columns columns, SqliteConnection connection);

    Result<void> prepare();
    Result<void> insertRejection(const Rejection &rejection);

    QString m_path;
    DatasetSummary m_summary;
    bool m_finished = false;
    // Statements go before their connection: members are destroyed from the last to the first.
    std::optional<SqliteConnection> m_connection;
    std::optional<SqliteStatement> m_insertRow;
    std::optional<SqliteStatement> m_insertRejection;
};

} // namespace idstore
