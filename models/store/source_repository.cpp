// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/source_repository.h"

#include "models/store/catalog_database.h"
#include "models/store/catalog_json.h"
#include "models/store/data_directory.h"
#include "models/store/dataset_store.h"
#include "models/store/run_repository.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace idstore {

namespace {

constexpr int sourceColumnCount = 25;

QString compactJson(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject jsonObject(const QVariant &text)
{
    return QJsonDocument::fromJson(text.toString().toUtf8()).object();
}

/// A null QString would be bound as NULL.
QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

QVariant nullable(const std::optional<QString> &text)
{
    return text ? QVariant(*text) : QVariant();
}

/// The last run that read the source; a repair says nothing about the source.
struct LastRead
{
    std::optional<RunStatus> status;
    std::optional<Error> error;
};

/// The status follows from the facts: the last run, and whether rows are held.
void deriveStatus(Source &source, const LastRead &lastRead)
{
    const SourceStatus settled = source.generation > 0 ? SourceStatus::Ready : SourceStatus::Pending;
    source.status = settled;
    if (!source.lastRun)
        return;
    if (source.lastRun->status == RunStatus::Running) {
        source.status = SourceStatus::Ingesting;
    } else if (lastRead.status == RunStatus::Failed) {
        source.status = SourceStatus::Error;
        source.error = lastRead.error;
    }
}

} // namespace

Result<QList<Source>> SourceRepository::select(const QString &condition, const QVariantList &values)
{
    const QString sql =
        QStringLiteral("SELECT s.id, s.user_id, s.name, s.description, s.source_type, s.config, s.credential_hints,"
                       " s.cursor_column, s.cursor_type, s.cursor_after, s.file_name, s.file_stored, s.file_size,"
                       " s.generation, s.row_count, s.columns, s.created_at, s.updated_at, s.rejected_count,"
                       " l.status, l.error, s.reader_state, s.key_columns, s.cursor_overlap,"
                       " (SELECT d.key_columns FROM datasets d WHERE d.source_id = s.id AND d.generation ="
                       " s.generation), ") +
        RunRepository::columnList() +
        QStringLiteral(" FROM sources s LEFT JOIN runs r"
                       " ON r.id = (SELECT max(id) FROM runs WHERE source_id = s.id) LEFT JOIN runs l"
                       " ON l.id = (SELECT id FROM runs WHERE source_id = s.id AND mode <> 'repair' AND taken_back = 0"
                       " ORDER BY id DESC LIMIT 1) WHERE ") +
        condition + QStringLiteral(" ORDER BY s.id");
    IDS_TRY(rows, m_catalog.query(sql, values));
    QList<Source> sources;
    while (rows.next())
        sources.append(read(rows));
    return sources;
}

Source SourceRepository::read(const QSqlQuery &row) const
{
    Source source;
    source.id = SourceId(row.value(0).toLongLong());
    source.owner = UserId(row.value(1).toLongLong());
    source.name = row.value(2).toString();
    source.description = row.value(3).toString();
    source.sourceType = row.value(4).toString();
    source.config = jsonObject(row.value(5));
    source.credentialHints = jsonObject(row.value(6));
    source.cursor.column = row.value(7).toString();
    source.cursor.type = cursorTypeFromString(row.value(8).toString()).value_or(CursorType::Text);
    if (!row.value(9).isNull())
        source.cursor.after = row.value(9).toString();
    if (!row.value(11).isNull()) {
        source.file =
            StoredFile{row.value(10).toString(), m_directory.uploadFolder(source.id) + u'/' + row.value(11).toString(),
                       row.value(12).toLongLong()};
    }
    source.generation = row.value(13).toLongLong();
    source.rowCount = row.value(14).toLongLong();
    source.columns = columnsFromCatalogJson(row.value(15).toString());
    source.createdAt = fromCatalogTime(row.value(16).toString());
    source.updatedAt = fromCatalogTime(row.value(17).toString());
    source.rejectedCount = row.value(18).toLongLong();
    const LastRead lastRead{runStatusFromString(row.value(19).toString()),
                            errorFromCatalogJson(row.value(20).toString())};
    source.readerState = jsonObject(row.value(21));
    source.keyColumns = namesFromCatalogJson(row.value(22).toString());
    source.cursor.overlap = row.value(23).toLongLong();
    source.datasetKey = namesFromCatalogJson(row.value(24).toString());
    if (!row.value(sourceColumnCount).isNull()) {
        source.lastRun = RunRepository::read(row, sourceColumnCount);
        source.lastRun->sourceName = source.name;
        source.lastRun->sourceType = source.sourceType;
    }
    deriveStatus(source, lastRead);
    return source;
}

Result<QList<Source>> SourceRepository::list(UserId user)
{
    return select(QStringLiteral("s.user_id = ?"), {user.number()});
}

Result<Source> SourceRepository::find(UserId user, SourceId id)
{
    IDS_TRY(sources, select(QStringLiteral("s.user_id = ? AND s.id = ?"), {user.number(), id.number()}));
    if (sources.isEmpty()) {
        return Error{ErrorKind::NotFound,
                     QStringLiteral("source_not_found"),
                     QCoreApplication::translate("SourceRepository", "There is no source %1.").arg(id.toString()),
                     QCoreApplication::translate("SourceRepository", "The list of sources shows those there are."),
                     {},
                     {}};
    }
    return sources.takeFirst();
}

Result<SourceId> SourceRepository::insert(const Source &source)
{
    IDS_TRY(
        inserted,
        m_catalog.query(
            QStringLiteral("INSERT INTO sources(user_id, name, description, source_type, config, credential_hints,"
                           " cursor_column, cursor_type, cursor_after, file_name, file_size, created_at, updated_at,"
                           " key_columns, cursor_overlap) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            {source.owner.number(), source.name, notNull(source.description), source.sourceType,
             compactJson(source.config), compactJson(source.credentialHints), notNull(source.cursor.column),
             toString(source.cursor.type), source.cursor.after ? QVariant(*source.cursor.after) : QVariant(),
             source.file ? QVariant(source.file->originalName) : QVariant(), source.file ? source.file->size : 0,
             toCatalogTime(source.createdAt), toCatalogTime(source.updatedAt), toCatalogJson(source.keyColumns),
             source.cursor.overlap}));
    return SourceId(inserted.lastInsertId().toLongLong());
}

Result<void> SourceRepository::setStoredFile(SourceId id, const StoredFile &file, const QString &storedName)
{
    IDS_CHECK(
        m_catalog.query(QStringLiteral("UPDATE sources SET file_name = ?, file_size = ?, file_stored = ? WHERE id = ?"),
                        {file.originalName, file.size, storedName, id.number()}));
    return {};
}

Result<void> SourceRepository::update(const Source &source)
{
    IDS_CHECK(m_catalog.query(
        QStringLiteral("UPDATE sources SET name = ?, description = ?, config = ?, credential_hints = ?, updated_at = ?"
                       " WHERE id = ?"),
        {source.name, notNull(source.description), compactJson(source.config), compactJson(source.credentialHints),
         toCatalogTime(source.updatedAt), source.id.number()}));
    return {};
}

Result<void> SourceRepository::setColumns(const Source &source)
{
    const QString columns = toCatalogJson(source.columns);
    IDS_CHECK(
        m_catalog.query(QStringLiteral("UPDATE sources SET columns = ? WHERE id = ?"), {columns, source.id.number()}));
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE datasets SET columns = ? WHERE source_id = ? AND generation = ?"),
                              {columns, source.id.number(), source.generation}));
    return {};
}

Result<void> SourceRepository::setKeyAndCursor(const Source &source)
{
    IDS_CHECK(m_catalog.query(
        QStringLiteral("UPDATE sources SET key_columns = ?, cursor_column = ?, cursor_type = ?, cursor_after = ?,"
                       " cursor_overlap = ? WHERE id = ?"),
        {toCatalogJson(source.keyColumns), notNull(source.cursor.column), toString(source.cursor.type),
         nullable(source.cursor.after), source.cursor.overlap, source.id.number()}));
    // Marks of before may be of another column: who goes back to them reads all once.
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE datasets SET cursor_after = NULL WHERE source_id = ?"),
                              {source.id.number()}));
    return {};
}

Result<void> SourceRepository::setMark(SourceId id, const std::optional<QString> &mark)
{
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE sources SET cursor_after = ? WHERE id = ?"),
                              {nullable(mark), id.number()}));
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE datasets SET cursor_after = ? WHERE source_id = ? AND generation ="
                                             " (SELECT generation FROM sources WHERE id = ?)"),
                              {nullable(mark), id.number(), id.number()}));
    return {};
}

Result<std::optional<TakenBack>> SourceRepository::takeBack(const Source &source, const QDateTime &now)
{
    const qint64 id = source.id.number();
    IDS_TRY(row, m_catalog.query(QStringLiteral("SELECT d.run_id, d.generation_before, b.generation IS NOT NULL,"
                                                " r.cursor_before FROM datasets d LEFT JOIN datasets b ON b.source_id ="
                                                " d.source_id AND b.generation = d.generation_before LEFT JOIN runs r"
                                                " ON r.id = d.run_id WHERE d.source_id = ? AND d.generation = ?"),
                                 {id, source.generation}));
    if (!row.next())
        return std::optional<TakenBack>();
    TakenBack taken{RunId(row.value(0).toLongLong()), source.generation};
    const qint64 before = row.value(1).toLongLong();
    const QVariant firstMark = row.value(3);
    if (before < 0 || (before > 0 && !row.value(2).toBool()))
        return std::optional<TakenBack>();
    row.finish();
    IDS_CHECK(m_catalog.query(QStringLiteral("DELETE FROM datasets WHERE source_id = ? AND generation = ?"),
                              {id, source.generation}));
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE runs SET taken_back = 1 WHERE id = ?"), {taken.run.number()}));
    if (before > 0) {
        IDS_CHECK(m_catalog.query(
            QStringLiteral("UPDATE sources SET (generation, row_count, rejected_count, columns, reader_state,"
                           " cursor_after) = (SELECT generation, row_count, rejected_count, columns, reader_state,"
                           " cursor_after FROM datasets WHERE source_id = ? AND generation = ?), updated_at = ?"
                           " WHERE id = ?"),
            {id, before, toCatalogTime(now), id}));
        return std::optional(taken);
    }
    // Types that a person chose hold for the next first run, too.
    Columns columns = source.columns;
    if (std::ranges::none_of(columns, &Column::chosen))
        columns.clear();
    for (Column &column : columns)
        column.filled = 0;
    IDS_CHECK(m_catalog.query(
        QStringLiteral("UPDATE sources SET generation = 0, row_count = 0, rejected_count = 0, columns = ?,"
                       " reader_state = '{}', cursor_after = ?, updated_at = ? WHERE id = ?"),
        {toCatalogJson(columns), firstMark, toCatalogTime(now), id}));
    return std::optional(taken);
}

Result<void> SourceRepository::remove(SourceId id)
{
    IDS_CHECK(m_catalog.query(QStringLiteral("DELETE FROM sources WHERE id = ?"), {id.number()}));
    return {};
}

Result<qint64> SourceRepository::nextGeneration(SourceId id)
{
    // Of runs that were taken back, too: views know rows by their generation.
    IDS_TRY(row,
            m_catalog.query(QStringLiteral("SELECT last_generation + 1 FROM sources WHERE id = ?"), {id.number()}));
    row.next();
    return row.value(0).toLongLong();
}

Result<QList<qint64>> SourceRepository::switchTo(SourceId id, qint64 generation, RunId run,
                                                 const DatasetSummary &summary, const QDateTime &now,
                                                 const QStringList &key)
{
    const QString columns = toCatalogJson(summary.columns);
    const QString time = toCatalogTime(now);
    IDS_CHECK(m_catalog.query(
        QStringLiteral("INSERT INTO datasets(source_id, generation, run_id, row_count, columns,"
                       " created_at, rejected_count, key_columns, cursor_after, generation_before)"
                       " SELECT id, ?, ?, ?, ?, ?, ?, ?, cursor_after, generation FROM sources"
                       " WHERE id = ?"),
        {generation, run.number(), summary.rows, columns, time, summary.rejected, toCatalogJson(key), id.number()}));
    QList<qint64> outdated;
    {
        IDS_TRY(rows, m_catalog.query(QStringLiteral("SELECT generation FROM datasets WHERE source_id = ?"
                                                     " ORDER BY generation DESC LIMIT -1 OFFSET 2"),
                                      {id.number()}));
        while (rows.next())
            outdated.append(rows.value(0).toLongLong());
    }
    for (const qint64 old : std::as_const(outdated)) {
        IDS_CHECK(m_catalog.query(QStringLiteral("DELETE FROM datasets WHERE source_id = ? AND generation = ?"),
                                  {id.number(), old}));
    }
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE sources SET generation = ?, row_count = ?, rejected_count = ?,"
                                             " columns = ?, updated_at = ?, last_generation = ? WHERE id = ?"),
                              {generation, summary.rows, summary.rejected, columns, time, generation, id.number()}));
    return outdated;
}

Result<void> SourceRepository::setReaderState(SourceId id, const QJsonObject &state)
{
    const QString json = compactJson(state);
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE sources SET reader_state = ? WHERE id = ?"), {json, id.number()}));
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE datasets SET reader_state = ? WHERE source_id = ? AND generation ="
                                             " (SELECT generation FROM sources WHERE id = ?)"),
                              {json, id.number(), id.number()}));
    return {};
}

Result<std::map<SourceId, QString>> SourceRepository::storedFiles()
{
    IDS_TRY(rows, m_catalog.query(QStringLiteral("SELECT id, file_stored FROM sources")));
    std::map<SourceId, QString> files;
    while (rows.next())
        files.emplace(SourceId(rows.value(0).toLongLong()), rows.value(1).toString());
    return files;
}

Result<std::set<std::pair<SourceId, qint64>>> SourceRepository::allGenerations()
{
    IDS_TRY(rows, m_catalog.query(QStringLiteral("SELECT source_id, generation FROM datasets")));
    std::set<std::pair<SourceId, qint64>> generations;
    while (rows.next())
        generations.insert({SourceId(rows.value(0).toLongLong()), rows.value(1).toLongLong()});
    return generations;
}

} // namespace idstore
