// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_dataset_writer.h"

#include "models/store/data_directory.h"
#include "models/store/sqlite/dataset_schema.h"

#include <QFile>
#include <QFileInfo>

namespace idstore {

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

Result<std::unique_ptr<SqliteDatasetWriter>> SqliteDatasetWriter::create(const QString &path, const Columns &columns)
{
    // Left over only if a removal failed; a new generation starts from nothing.
    QFile::remove(path);
    IDS_TRY(connection, SqliteConnection::open(path, SqliteConnection::Mode::Create));
    std::unique_ptr<SqliteDatasetWriter> writer(new SqliteDatasetWriter(path, columns, std::move(connection)));
    IDS_CHECK(writer->prepare());
    return writer;
}

SqliteDatasetWriter::SqliteDatasetWriter(QString path, Columns columns, SqliteConnection connection)
    : m_path(std::move(path))
    , m_connection(std::move(connection))
{
    m_summary.columns = std::move(columns);
}

SqliteDatasetWriter::~SqliteDatasetWriter()
{
    m_insertRow.reset();
    m_insertRejection.reset();
    m_connection.reset();
    if (!m_finished)
        QFile::remove(m_path);
}

Result<void> SqliteDatasetWriter::prepare()
{
    const int columnCount = static_cast<int>(m_summary.columns.size());
    IDS_CHECK(m_connection->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8000; BEGIN;"));
    IDS_CHECK(m_connection->execute(datasetSchemaSql(columnCount)));
    IDS_TRY(insertRow, m_connection->prepare(insertRecordSql(columnCount)));
    m_insertRow = std::move(insertRow);
    IDS_TRY(insertRejection,
            m_connection->prepare("INSERT INTO rejects(line, column_name, code, reason, raw) VALUES(?,?,?,?,?)"));
    m_insertRejection = std::move(insertRejection);
    return {};
}

Result<void> SqliteDatasetWriter::write(const RowBatch &batch)
{
    for (std::size_t row = 0; row < batch.rowCount(); ++row)
        IDS_CHECK(insertRecord(*m_insertRow, batch, row));
    for (const Rejection &rejection : batch.rejections())
        IDS_CHECK(insertRejection(rejection));
    m_summary.rows += static_cast<qint64>(batch.rowCount());
    m_summary.rejected += static_cast<qint64>(batch.rejections().size());
    return {};
}

Result<void> SqliteDatasetWriter::insertRejection(const Rejection &rejection)
{
    const QByteArray column = rejection.column.toUtf8();
    const QByteArray code = rejection.code.toUtf8();
    const QByteArray reason = rejection.reason.toUtf8();
    const QByteArray raw = rejection.raw.toUtf8();
    m_insertRejection->bind(1, rejection.line);
    m_insertRejection->bind(2, view(column));
    m_insertRejection->bind(3, view(code));
    m_insertRejection->bind(4, view(reason));
    m_insertRejection->bind(5, view(raw));
    return m_insertRejection->execute();
}

Result<DatasetSummary> SqliteDatasetWriter::finish(const Columns &columns)
{
    Q_ASSERT(columns.size() == m_summary.columns.size());
    m_summary.columns = columns;
    IDS_CHECK(insertColumns(*m_connection, columns));
    m_insertRow.reset();
    m_insertRejection.reset();
    IDS_CHECK(m_connection->execute("COMMIT"));
    m_connection.reset();
    IDS_CHECK(syncToDisk(m_path));
    IDS_CHECK(syncToDisk(QFileInfo(m_path).path()));
    m_finished = true;
    return m_summary;
}

} // namespace idstore
