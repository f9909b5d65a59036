// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/run_repository.h"

#include "models/store/catalog_database.h"
#include "models/store/catalog_json.h"

#include <QCoreApplication>

namespace idstore {

namespace {

std::optional<QString> optionalText(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toString());
}

QVariant nullable(const std::optional<QString> &text)
{
    return text ? QVariant(*text) : QVariant();
}

} // namespace

QString RunRepository::columnList()
{
    return QStringLiteral("r.id, r.source_id, r.status, r.started_by, r.mode, r.started_at, r.finished_at, r.rows_read,"
                          " r.rows_new, r.rows_changed, r.rows_unchanged, r.rows_rejected, r.rows_removed,"
                          " r.bytes_read, r.cursor_before, r.cursor_after, r.error, r.heartbeat_at,"
                          " r.taken_back, r.schema_changes");
}

IngestionRun RunRepository::read(const QSqlQuery &row, int first)
{
    const auto value = [&](int column) { return row.value(first + column); };
    IngestionRun run;
    run.id = RunId(value(0).toLongLong());
    run.source = SourceId(value(1).toLongLong());
    run.status = runStatusFromString(value(2).toString()).value_or(RunStatus::Failed);
    run.trigger = runTriggerFromString(value(3).toString()).value_or(RunTrigger::Api);
    run.mode = runModeFromString(value(4).toString()).value_or(RunMode::Incremental);
    run.startedAt = fromCatalogTime(value(5).toString());
    run.finishedAt = fromCatalogTime(value(6).toString());
    run.counts = {value(7).toLongLong(),  value(8).toLongLong(),  value(9).toLongLong(), value(10).toLongLong(),
                  value(11).toLongLong(), value(12).toLongLong(), value(13).toLongLong()};
    run.cursorBefore = optionalText(value(14));
    run.cursorAfter = optionalText(value(15));
    run.error = errorFromCatalogJson(value(16).toString());
    run.takenBack = value(18).toBool();
    run.schemaChanges = schemaChangesFromCatalogJson(value(19).toString());
    return run;
}

Result<RunId> RunRepository::insert(const IngestionRun &run)
{
    IDS_TRY(
        inserted,
        m_catalog.query(QStringLiteral("INSERT INTO runs(source_id, status, started_by, mode, started_at, heartbeat_at,"
                                       " cursor_before) VALUES(?, ?, ?, ?, ?, ?, ?)"),
                        {run.source.number(), toString(run.status), toString(run.trigger), toString(run.mode),
                         toCatalogTime(run.startedAt), toCatalogTime(run.startedAt), nullable(run.cursorBefore)}));
    return RunId(inserted.lastInsertId().toLongLong());
}

Result<void> RunRepository::heartbeat(RunId id, const RunCounts &counts, const QDateTime &now)
{
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE runs SET heartbeat_at = ?, rows_read = ?, rows_new = ?,"
                                             " rows_changed = ?, rows_unchanged = ?, rows_rejected = ?, bytes_read = ?"
                                             " WHERE id = ?"),
                              {toCatalogTime(now), counts.read, counts.added, counts.changed, counts.unchanged,
                               counts.rejected, counts.bytes, id.number()}));
    return {};
}

Result<void> RunRepository::finish(const IngestionRun &run)
{
    IDS_CHECK(m_catalog.query(
        QStringLiteral("UPDATE runs SET status = ?, heartbeat_at = ?, finished_at = ?, rows_read = ?, rows_new = ?,"
                       " rows_changed = ?, rows_unchanged = ?, rows_rejected = ?, rows_removed = ?, bytes_read = ?,"
                       " cursor_after = ?, error = ?, schema_changes = ?, mode = ? WHERE id = ?"),
        {toString(run.status), toCatalogTime(run.finishedAt), toCatalogTime(run.finishedAt), run.counts.read,
         run.counts.added, run.counts.changed, run.counts.unchanged, run.counts.rejected, run.counts.removed,
         run.counts.bytes, nullable(run.cursorAfter), run.error ? QVariant(toCatalogJson(*run.error)) : QVariant(),
         toCatalogJson(run.schemaChanges), toString(run.mode), run.id.number()}));
    return {};
}

Result<void> RunRepository::appendLog(RunId id, const QList<RunLogLine> &lines, int firstPosition)
{
    int position = firstPosition;
    for (const RunLogLine &line : lines) {
        IDS_CHECK(m_catalog.query(
            QStringLiteral("INSERT INTO run_log VALUES(?, ?, ?, ?, ?)"),
            {id.number(), position++, toCatalogTime(line.at), static_cast<int>(line.level), line.text}));
    }
    return {};
}

Result<int> RunRepository::failInterrupted(const QDateTime &now)
{
    const Error error{
        ErrorKind::Source,
        QStringLiteral("interrupted"),
        QCoreApplication::translate("RunRepository", "Identity Store stopped before this run was done."),
        QCoreApplication::translate("RunRepository", "The rows of the run before are unchanged. Run the source again."),
        {},
        {}};
    const QString time = toCatalogTime(now);
    // Nothing was taken in, so the counts go; the log tells how far it came.
    IDS_CHECK(m_catalog.query(
        QStringLiteral("INSERT INTO run_log SELECT r.id, (SELECT coalesce(max(position), -1) + 1 FROM run_log"
                       " WHERE run_id = r.id), ?, ?, replace(?, '%1', r.rows_read) FROM runs r"
                       " WHERE r.status = 'running'"),
        {time, static_cast<int>(RunLogLine::Level::Error),
         QCoreApplication::translate("RunRepository", "Interrupted after about %1 rows. Nothing was replaced.")}));
    IDS_TRY(updated, m_catalog.query(
                         QStringLiteral("UPDATE runs SET status = 'failed', finished_at = ?, error = ?, rows_read = 0,"
                                        " rows_new = 0, rows_changed = 0, rows_unchanged = 0, rows_rejected = 0"
                                        " WHERE status = 'running'"),
                         {time, toCatalogJson(error)}));
    return updated.numRowsAffected();
}

Result<IngestionRun> RunRepository::find(UserId user, RunId id)
{
    IDS_TRY(row, m_catalog.query(QStringLiteral("SELECT ") + columnList() +
                                     QStringLiteral(", s.name, s.source_type FROM runs r JOIN sources s"
                                                    " ON s.id = r.source_id WHERE r.id = ? AND s.user_id = ?"),
                                 {id.number(), user.number()}));
    if (!row.next()) {
        return Error{
            ErrorKind::NotFound,
            QStringLiteral("run_not_found"),
            QCoreApplication::translate("RunRepository", "There is no run %1.").arg(id.toString()),
            QCoreApplication::translate("RunRepository", "The history of its source lists the runs there are."),
            {},
            {}};
    }
    IngestionRun run = read(row, 0);
    run.sourceName = row.value(columnCount).toString();
    run.sourceType = row.value(columnCount + 1).toString();
    return run;
}

Result<QList<IngestionRun>> RunRepository::list(UserId user, SourceId source, int limit, RunId before)
{
    QString sql = QStringLiteral("SELECT ") + columnList() +
                  QStringLiteral(", s.name, s.source_type FROM runs r JOIN sources s ON s.id = r.source_id"
                                 " WHERE s.user_id = ?");
    QVariantList values{user.number()};
    if (!source.isNull()) {
        sql += QStringLiteral(" AND r.source_id = ?");
        values.append(source.number());
    }
    if (!before.isNull()) {
        sql += QStringLiteral(" AND r.id < ?");
        values.append(before.number());
    }
    sql += QStringLiteral(" ORDER BY r.id DESC LIMIT ?");
    values.append(limit);

    IDS_TRY(rows, m_catalog.query(sql, values));
    QList<IngestionRun> runs;
    while (rows.next()) {
        IngestionRun run = read(rows, 0);
        run.sourceName = rows.value(columnCount).toString();
        run.sourceType = rows.value(columnCount + 1).toString();
        runs.append(std::move(run));
    }
    return runs;
}

Result<QList<RunLogLine>> RunRepository::log(RunId id)
{
    IDS_TRY(rows,
            m_catalog.query(QStringLiteral("SELECT at, level, text FROM run_log WHERE run_id = ? ORDER BY position"),
                            {id.number()}));
    QList<RunLogLine> lines;
    while (rows.next()) {
        lines.append({fromCatalogTime(rows.value(0).toString()), static_cast<RunLogLine::Level>(rows.value(1).toInt()),
                      rows.value(2).toString()});
    }
    return lines;
}

} // namespace idstore
