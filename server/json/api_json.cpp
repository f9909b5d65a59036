// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/json/api_json.h"

#include "models/services/column_notes.h"
#include "models/services/export_writer.h"

#include <QJsonDocument>
#include <QTimeZone>

#include <utility>

namespace idstore {

namespace {

template <typename T>
QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QString levelWord(RunLogLine::Level level)
{
    switch (level) {
    case RunLogLine::Level::Info:
        return QStringLiteral("info");
    case RunLogLine::Level::Warning:
        return QStringLiteral("warning");
    case RunLogLine::Level::Error:
        break;
    }
    return QStringLiteral("error");
}

void appendText(QByteArray &json, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    appendJsonString(json, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

} // namespace

QJsonValue timeJson(const QDateTime &time)
{
    if (!time.isValid())
        return QJsonValue::Null;
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}

QJsonObject errorJson(const Error &error)
{
    return {{QStringLiteral("code"), error.code}, {QStringLiteral("detail"), error.detail()}};
}

namespace {

QJsonArray schemaChangesJson(const QList<SchemaChange> &changes)
{
    QJsonArray list;
    for (const SchemaChange &change : changes) {
        QJsonObject object{{QStringLiteral("kind"), toString(change.kind)}, {QStringLiteral("column"), change.column}};
        if (!change.before.isEmpty())
            object.insert(QStringLiteral("before"), change.before);
        if (!change.after.isEmpty())
            object.insert(QStringLiteral("after"), change.after);
        list.append(object);
    }
    return list;
}

} // namespace

QJsonObject runJson(const IngestionRun &run)
{
    const RunCounts &counts = run.counts;
    return {{QStringLiteral("run_id"), run.id.toString()},
            {QStringLiteral("source_id"), run.source.toString()},
            {QStringLiteral("source_name"), run.sourceName},
            {QStringLiteral("source_type"), run.sourceType},
            {QStringLiteral("status"), toString(run.status)},
            {QStringLiteral("trigger"), toString(run.trigger)},
            {QStringLiteral("mode"), toString(run.mode)},
            {QStringLiteral("started_at"), timeJson(run.startedAt)},
            {QStringLiteral("finished_at"), timeJson(run.finishedAt)},
            {QStringLiteral("rows_ingested"), counts.ingested()},
            {QStringLiteral("rows_read"), counts.read},
            {QStringLiteral("rows_new"), counts.added},
            {QStringLiteral("rows_changed"), counts.changed},
            {QStringLiteral("rows_unchanged"), counts.unchanged},
            {QStringLiteral("rows_rejected"), counts.rejected},
            {QStringLiteral("rows_removed"), counts.removed},
            {QStringLiteral("bytes_read"), counts.bytes},
            {QStringLiteral("cursor_before"), orNull(run.cursorBefore)},
            {QStringLiteral("cursor_after"), orNull(run.cursorAfter)},
            {QStringLiteral("error"), run.error ? QJsonValue(errorJson(*run.error)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("taken_back"), run.takenBack},
            {QStringLiteral("schema_changes"), schemaChangesJson(run.schemaChanges)}};
}

QJsonObject runLogLineJson(const RunLogLine &line)
{
    return {{QStringLiteral("at"), timeJson(line.at)},
            {QStringLiteral("level"), levelWord(line.level)},
            {QStringLiteral("text"), line.text}};
}

QJsonObject progressJson(const Progress &progress)
{
    return {{QStringLiteral("phase"), toString(progress.phase)},
            {QStringLiteral("rows"), progress.rows},
            {QStringLiteral("bytes"), progress.bytes},
            {QStringLiteral("total_rows"), orNull(progress.totalRows)},
            {QStringLiteral("total_bytes"), orNull(progress.totalBytes)},
            {QStringLiteral("rows_per_second"), progress.rowsPerSecond},
            {QStringLiteral("seconds_left"), orNull(progress.secondsLeft)},
            {QStringLiteral("estimate_basis"), toString(progress.basis)},
            {QStringLiteral("last_advance"), timeJson(progress.lastAdvance)},
            {QStringLiteral("waiting_until"), timeJson(progress.waitingUntil.value_or(QDateTime()))}};
}

QJsonObject columnJson(const Column &column)
{
    QJsonArray notes;
    const QList<ColumnNote> current = currentNotes(column);
    for (const ColumnNote &note : current) {
        notes.append(QJsonObject{{QStringLiteral("code"), note.code},
                                 {QStringLiteral("count"), note.count},
                                 {QStringLiteral("example"), note.example},
                                 {QStringLiteral("message"), noteMessage(column, note)}});
    }
    QJsonObject object{{QStringLiteral("name"), column.name},
                       {QStringLiteral("type"), toString(column.type)},
                       {QStringLiteral("inferred"), toString(column.inferred)},
                       {QStringLiteral("chosen"), column.chosen},
                       {QStringLiteral("date_order"), toString(column.dateOrder)},
                       {QStringLiteral("filled"), column.filled},
                       {QStringLiteral("notes"), notes}};
    if (column.gone)
        object.insert(QStringLiteral("gone"), true);
    if (column.generated)
        object.insert(QStringLiteral("generated"), true);
    return object;
}

QJsonObject sourceJson(const Source &source, const std::optional<Progress> &progress)
{
    QJsonArray columns;
    for (const Column &column : source.columns)
        columns.append(columnJson(column));
    const QJsonValue null(QJsonValue::Null);
    const bool hasCursor = !source.cursor.column.isEmpty();
    return {{QStringLiteral("id"), source.id.toString()},
            {QStringLiteral("name"), source.name},
            {QStringLiteral("description"), source.description},
            {QStringLiteral("source_type"), source.sourceType},
            {QStringLiteral("row_count"), source.rowCount},
            {QStringLiteral("rejected_count"), source.rejectedCount},
            {QStringLiteral("status"), toString(source.status)},
            {QStringLiteral("created_at"), timeJson(source.createdAt)},
            {QStringLiteral("updated_at"), timeJson(source.updatedAt)},
            {QStringLiteral("columns"), columns},
            {QStringLiteral("last_run"), source.lastRun ? QJsonValue(runJson(*source.lastRun)) : null},
            {QStringLiteral("error"), source.error ? QJsonValue(errorJson(*source.error)) : null},
            {QStringLiteral("progress"), progress ? QJsonValue(progressJson(*progress)) : null},
            {QStringLiteral("config"), source.config},
            {QStringLiteral("credentials"), source.credentialHints},
            {QStringLiteral("cursor_column"), hasCursor ? QJsonValue(source.cursor.column) : null},
            {QStringLiteral("cursor_type"), hasCursor ? QJsonValue(toString(source.cursor.type)) : null},
            {QStringLiteral("cursor_after"), orNull(source.cursor.after)},
            {QStringLiteral("cursor_overlap"), source.cursor.overlap},
            {QStringLiteral("key_columns"), QJsonArray::fromStringList(source.keyColumns)}};
}

QJsonObject rejectionJson(const Rejection &rejection)
{
    return {{QStringLiteral("line"), rejection.line},
            {QStringLiteral("column"), rejection.column},
            {QStringLiteral("raw"), rejection.raw},
            {QStringLiteral("reason"), rejection.reason},
            {QStringLiteral("code"), rejection.code}};
}

QJsonObject rejectedRowJson(const RejectedRow &row)
{
    QJsonObject object = rejectionJson(row);
    object.insert(QStringLiteral("id"), row.id);
    object.insert(QStringLiteral("correction"),
                  row.correction ? QJsonValue(correctionJson(*row.correction)) : QJsonValue(QJsonValue::Null));
    return object;
}

QJsonObject correctionJson(const SavedCorrection &saved)
{
    QJsonValue cells(QJsonValue::Null);
    if (saved.correction.cells) {
        QJsonObject object;
        for (const CorrectedCell &cell : *saved.correction.cells)
            object.insert(cell.column, orNull(cell.text));
        cells = object;
    }
    const auto ofMisfit = [&saved](QString Misfit::*part) {
        return saved.misfit ? QJsonValue((*saved.misfit).*part) : QJsonValue(QJsonValue::Null);
    };
    return {{QStringLiteral("id"), saved.id},
            {QStringLiteral("rejected_raw"), saved.rejectedRaw},
            {QStringLiteral("raw"), orNull(saved.correction.raw)},
            {QStringLiteral("cells"), cells},
            {QStringLiteral("fits"), saved.fits()},
            {QStringLiteral("column"), ofMisfit(&Misfit::column)},
            {QStringLiteral("code"), ofMisfit(&Misfit::code)},
            {QStringLiteral("reason"), ofMisfit(&Misfit::reason)},
            {QStringLiteral("open"), saved.isOpen},
            {QStringLiteral("updated_at"), timeJson(saved.updatedAt)}};
}

QJsonObject connectorJson(const ConnectorDescriptor &descriptor)
{
    return {{QStringLiteral("source_type"), descriptor.id},
            {QStringLiteral("title"), descriptor.title},
            {QStringLiteral("summary"), descriptor.summary},
            {QStringLiteral("category"), toString(descriptor.category)},
            {QStringLiteral("auth"), toString(descriptor.auth)},
            {QStringLiteral("readable"), descriptor.readable},
            {QStringLiteral("credentials_schema"), descriptor.credentialsSchema},
            {QStringLiteral("config_schema"), descriptor.configSchema}};
}

QJsonObject connectionReportJson(const ConnectionReport &report)
{
    QJsonArray steps;
    for (const TestStep &step : report.steps) {
        QJsonObject object{{QStringLiteral("name"), step.name},
                           {QStringLiteral("ok"), orNull(step.ok)},
                           {QStringLiteral("detail"), step.detail},
                           {QStringLiteral("fix"), step.fix}};
        if (!step.suggestion.isEmpty())
            object.insert(QStringLiteral("suggestion"), step.suggestion);
        steps.append(object);
    }
    QJsonArray columns;
    for (const Column &column : report.columns)
        columns.append(columnJson(column));
    return {
        {QStringLiteral("ok"), report.ok()}, {QStringLiteral("steps"), steps}, {QStringLiteral("columns"), columns}};
}

QJsonObject tokenJson(const ApiToken &token)
{
    return {{QStringLiteral("id"), token.id.toString()},
            {QStringLiteral("user_id"), token.user.toString()},
            {QStringLiteral("name"), token.name},
            {QStringLiteral("scope"), toString(token.scope)},
            {QStringLiteral("hint"), token.hint},
            {QStringLiteral("created_at"), timeJson(token.createdAt)},
            {QStringLiteral("last_used_at"), timeJson(token.lastUsedAt)}};
}

QList<QByteArray> columnNamesJson(const Columns &columns)
{
    QList<QByteArray> names;
    for (const Column &column : columns)
        appendText(names.emplaceBack(), column.name);
    return names;
}

void appendRecordJson(QByteArray &json, const QList<QByteArray> &names, const QList<std::optional<QString>> &cells)
{
    json += '{';
    for (qsizetype i = 0; i < names.size() && i < cells.size(); ++i) {
        json += (i == 0 ? "" : ",") + names[i] + ':';
        if (cells[i])
            appendText(json, *cells[i]);
        else
            json += "null";
    }
    json += '}';
}

QByteArray recordPageJson(const RecordPage &page)
{
    QByteArray json = QByteArrayLiteral("{\"columns\":[");
    const QList<QByteArray> names = columnNamesJson(page.columns);
    for (qsizetype i = 0; i < names.size(); ++i) {
        json += (i == 0 ? "{\"name\":" : ",{\"name\":") + names[i] + ",\"type\":\"" +
                toString(page.columns[i].type).toLatin1() + "\"}";
    }
    json += "],\"records\":[";
    bool isFirst = true;
    for (const Record &record : page.records) {
        if (!std::exchange(isFirst, false))
            json += ',';
        appendRecordJson(json, names, record.cells);
    }
    json += "],\"next\":";
    json += page.next == 0 ? QByteArrayLiteral("null") : QByteArray('"' + QByteArray::number(page.next) + '"');
    json += '}';
    return json;
}

HttpResponse jsonAnswer(int status, const QJsonObject &body)
{
    return {status, QByteArrayLiteral("application/json"), QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
}

HttpResponse jsonAnswer(int status, const QJsonArray &body)
{
    return {status, QByteArrayLiteral("application/json"), QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
}

HttpResponse startedRun(SourceId source, RunId run)
{
    HttpResponse response = jsonAnswer(202, QJsonObject{{QStringLiteral("source_id"), source.toString()},
                                                        {QStringLiteral("status"), QStringLiteral("ingesting")},
                                                        {QStringLiteral("run_id"), run.toString()}});
    response.headers.append({"Location", "/api/runs/" + run.toString().toLatin1()});
    return response;
}

HttpResponse createdSource(const Source &source)
{
    HttpResponse response = jsonAnswer(201, sourceJson(source, std::nullopt));
    response.headers.append({"Location", "/api/sources/" + source.id.toString().toLatin1()});
    return response;
}

} // namespace idstore
