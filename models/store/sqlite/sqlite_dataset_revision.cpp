// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_dataset_revision.h"

#include "models/store/data_directory.h"
#include "models/store/file_copy.h"
#include "models/store/sqlite/dataset_schema.h"

#include <QFile>
#include <QFileInfo>

namespace idstore {

Result<std::unique_ptr<SqliteDatasetRevision>> SqliteDatasetRevision::create(const QString &from, const QString &to,
                                                                             int columnCount, const CancelToken &cancel)
{
    IDS_CHECK(copyFile(from, to, cancel));
    std::unique_ptr<SqliteDatasetRevision> revision(new SqliteDatasetRevision(to));
    IDS_CHECK(revision->open(columnCount));
    return revision;
}

SqliteDatasetRevision::~SqliteDatasetRevision()
{
    m_insertRow.reset();
    m_deleteRejection.reset();
    m_connection.reset();
    if (!m_finished)
        QFile::remove(m_path);
}

Result<void> SqliteDatasetRevision::open(int columnCount)
{
    IDS_TRY(connection, SqliteConnection::open(m_path, SqliteConnection::Mode::Create));
    m_connection = std::move(connection);
    // The file is nobody's until the catalog speaks of it: a crash costs only the copy.
    IDS_CHECK(m_connection->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8000; BEGIN;"));
    IDS_TRY(insertRow, m_connection->prepare(insertRecordSql(columnCount)));
    m_insertRow = std::move(insertRow);
    IDS_TRY(deleteRejection, m_connection->prepare("DELETE FROM rejects WHERE id = ?"));
    m_deleteRejection = std::move(deleteRejection);
    return {};
}

Result<void> SqliteDatasetRevision::repair(qint64 rejectionId, const RowBatch &row)
{
    Q_ASSERT(row.rowCount() == 1);
    IDS_CHECK(insertRecord(*m_insertRow, row, 0));
    m_deleteRejection->bind(1, rejectionId);
    return m_deleteRejection->execute();
}

Result<qint64> SqliteDatasetRevision::number(const QByteArray &sql) const
{
    IDS_TRY(statement, m_connection->prepare(sql));
    IDS_CHECK(statement.step());
    return statement.number(0);
}

Result<DatasetSummary> SqliteDatasetRevision::finish(const Columns &columns)
{
    IDS_CHECK(m_connection->execute("DELETE FROM columns"));
    IDS_CHECK(insertColumns(*m_connection, columns));
    // Counted, not calculated: what the catalog says afterwards is what the file holds. Row numbers have no gaps.
    IDS_TRY(rows, number("SELECT coalesce(max(rowid), 0) FROM records"));
    IDS_TRY(rejected, number("SELECT count(*) FROM rejects"));
    m_insertRow.reset();
    m_deleteRejection.reset();
    IDS_CHECK(m_connection->execute("COMMIT"));
    m_connection.reset();
    IDS_CHECK(syncToDisk(m_path));
    IDS_CHECK(syncToDisk(QFileInfo(m_path).path()));
    m_finished = true;
    return DatasetSummary{columns, rows, rejected};
}

} // namespace idstore
