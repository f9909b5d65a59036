// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/json/preview_json.h"

#include "server/json/api_json.h"

#include <QJsonDocument>

namespace idstore {

namespace {

QJsonArray choicesJson(const QList<ReadingChoice> &choices)
{
    QJsonArray list;
    for (const ReadingChoice &choice : choices) {
        QJsonObject object{{QStringLiteral("value"), choice.value}, {QStringLiteral("label"), choice.label}};
        if (choice.hidden)
            object.insert(QStringLiteral("hidden"), true);
        list.append(object);
    }
    return list;
}

/// What stands beside the records.
QJsonObject aboutJson(const SourcePreview &preview)
{
    QJsonArray foundOut;
    QJsonObject reasons;
    QJsonObject choices;
    for (const ReadingSetting &setting : preview.reading.settings) {
        if (!setting.chosen && !setting.value.isNull())
            foundOut.append(setting.name);
        if (!setting.reason.isEmpty())
            reasons.insert(setting.name, setting.reason);
        if (!setting.choices.isEmpty())
            choices.insert(setting.name, choicesJson(setting.choices));
    }
    QJsonArray columns;
    for (const Column &column : preview.columns)
        columns.append(columnJson(column));
    QJsonArray rejects;
    for (const Rejection &rejection : preview.rejections)
        rejects.append(rejectionJson(rejection));
    QJsonArray lines;
    for (const PreviewRow &row : preview.rows)
        lines.append(row.line);
    const auto orNull = [](const std::optional<qint64> &number) {
        return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
    };
    return {{QStringLiteral("config"), preview.config},
            {QStringLiteral("settings"), preview.reading.config()},
            {QStringLiteral("found_out"), foundOut},
            {QStringLiteral("reasons"), reasons},
            {QStringLiteral("choices"), choices},
            {QStringLiteral("remarks"), QJsonArray::fromStringList(preview.reading.remarks)},
            {QStringLiteral("columns"), columns},
            {QStringLiteral("lines"), lines},
            {QStringLiteral("rejects"), rejects},
            {QStringLiteral("rows_sampled"), preview.rowsSampled},
            {QStringLiteral("rows_rejected"), preview.rowsRejected},
            {QStringLiteral("complete"), preview.complete},
            {QStringLiteral("total_rows"), orNull(preview.totalRows)},
            {QStringLiteral("total_bytes"), orNull(preview.totalBytes)}};
}

} // namespace

QByteArray previewJson(const SourcePreview &preview)
{
    QByteArray json = QJsonDocument(aboutJson(preview)).toJson(QJsonDocument::Compact);
    json.chop(1);
    json += ",\"records\":[";
    const QList<QByteArray> names = columnNamesJson(preview.columns);
    for (qsizetype i = 0; i < preview.rows.size(); ++i) {
        if (i > 0)
            json += ',';
        appendRecordJson(json, names, preview.rows[i].cells);
    }
    json += "]}";
    return json;
}

} // namespace idstore
