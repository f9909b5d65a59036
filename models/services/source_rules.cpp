// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_rules.h"

#include "models/domain/column_choices.h"
#include "models/domain/decimal_text.h"
#include "models/domain/json_schema.h"
#include "models/domain/typed_value.h"
#include "models/ingest/connector.h"
#include "models/services/source_service.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace idstore {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SourceRules", text);
}

} // namespace

QList<FieldError> checkNaming(const QString &name, const QString &description)
{
    QList<FieldError> problems;
    if (name.isEmpty())
        problems.append({QStringLiteral("name"), tr("Give the source a name.")});
    if (name.size() > SourceService::maxNameLength) {
        problems.append(
            {QStringLiteral("name"), tr("The name is too long; %1 characters fit.").arg(SourceService::maxNameLength)});
    }
    if (description.size() > SourceService::maxDescriptionLength) {
        problems.append(
            {QStringLiteral("description"),
             tr("The description is too long; %1 characters fit.").arg(SourceService::maxDescriptionLength)});
    }
    return problems;
}

QList<FieldError> checkSourceType(const QString &sourceType, const ConnectorCatalog &connectors)
{
    const QLatin1StringView file(fileSourceType);
    if (sourceType != file && connectors.find(sourceType))
        return {};
    QStringList known;
    for (const Connector *connector : connectors.all())
        known.append(connector->descriptor().id);
    QString message;
    if (sourceType.isEmpty())
        message = tr("Say which system to connect.");
    else if (sourceType == file)
        message = tr("Files are uploaded with POST /api/sources/upload.");
    else
        message = tr("\"%1\" is not a source type.").arg(sourceType);
    return {{QStringLiteral("source_type"), message + u' ' + tr("It must be one of: %1.").arg(known.join(u", "))}};
}

QList<FieldError> checkCursor(const NewConnectedSource &request, Cursor &cursor)
{
    QList<FieldError> problems;
    const auto type = cursorTypeFromString(request.cursorType);
    if (!request.cursorType.isEmpty() && !type)
        problems.append({QStringLiteral("cursor_type"), tr("It must be one of: int, timestamp, text.")});
    if (request.cursorColumn.isEmpty() && (!request.cursorType.isEmpty() || request.cursorAfter))
        problems.append({QStringLiteral("cursor_column"), tr("Name the column that the cursor follows.")});
    if (!request.cursorColumn.isEmpty() && request.cursorType.isEmpty()) {
        problems.append(
            {QStringLiteral("cursor_type"), tr("Say what the cursor column holds: int, timestamp or text.")});
    }
    if (type == CursorType::Int && request.cursorAfter) {
        const auto number = readDecimal(request.cursorAfter->toStdString());
        if (!number || !number->isInteger())
            problems.append({QStringLiteral("cursor_after"), tr("It must be a whole number, as cursor_type is int.")});
    }
    if (type == CursorType::Timestamp && request.cursorAfter &&
        !readTimestamp(request.cursorAfter->toStdString(), DateOrder::Unknown))
        problems.append({QStringLiteral("cursor_after"),
                         tr("It must be a time such as 2026-04-13T08:00:00Z, as cursor_type is timestamp.")});
    if (request.cursorOverlap.value_or(0) < 0)
        problems.append({QStringLiteral("cursor_overlap"), tr("It must be 0 or more.")});
    if (request.cursorOverlap.value_or(0) > 0 && type == CursorType::Text)
        problems.append({QStringLiteral("cursor_overlap"), tr("Only int and timestamp cursors can reach back.")});
    if (problems.isEmpty()) {
        // Rows are stamped when their transaction begins and seen when it ends.
        constexpr qint64 usualSeconds = 300;
        const qint64 overlap = request.cursorOverlap.value_or(type == CursorType::Timestamp ? usualSeconds : 0);
        cursor = {request.cursorColumn, type.value_or(CursorType::Text), request.cursorAfter, overlap};
    }
    return problems;
}

QList<FieldError> checkKey(const QStringList &names, QStringList &key)
{
    QList<FieldError> problems;
    QStringList trimmed;
    for (const QString &name : names) {
        const QString column = name.trimmed();
        if (column.isEmpty())
            problems.append({QStringLiteral("key_columns"), tr("Name each column of the key.")});
        else if (trimmed.contains(column))
            problems.append({QStringLiteral("key_columns"), tr("“%1” is named twice.").arg(column)});
        trimmed.append(column);
    }
    constexpr qsizetype most = 32;
    if (trimmed.size() > most)
        problems.append({QStringLiteral("key_columns"), tr("A key has at most %1 columns.").arg(most)});
    if (problems.isEmpty())
        key = trimmed;
    return problems;
}

QList<FieldError> applyKeyAndCursor(const SourcePatch &patch, Source &source)
{
    NewConnectedSource wanted;
    const Cursor before = source.cursor;
    wanted.cursorColumn = patch.cursorColumn.value_or(before.column);
    if (!wanted.cursorColumn.isEmpty())
        wanted.cursorType = patch.cursorType.value_or(before.column.isEmpty() ? QString() : toString(before.type));
    else
        wanted.cursorType = patch.cursorType.value_or(QString());
    QStringList key = source.keyColumns;
    QList<FieldError> problems = checkKey(patch.keyColumns.value_or(key), key);
    const bool staysSame =
        wanted.cursorColumn == before.column && wanted.cursorType == toString(before.type) && key == source.keyColumns;
    wanted.cursorAfter = patch.cursorAfter;
    if (!wanted.cursorAfter && staysSame)
        wanted.cursorAfter = before.after;
    wanted.cursorOverlap = patch.cursorOverlap;
    if (!wanted.cursorOverlap && wanted.cursorType == toString(before.type))
        wanted.cursorOverlap = before.overlap;
    problems += checkCursor(wanted, source.cursor);
    source.keyColumns = key;
    return problems;
}

QList<FieldError> applyColumnChanges(const QList<ColumnChange> &changes, Columns &columns)
{
    QList<FieldError> problems;
    QStringList named;
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const ColumnChange &change = changes[i];
        const auto complain = [&](const char *field, const QString &message) {
            problems.append({QStringLiteral("columns[%1].%2").arg(i).arg(QLatin1StringView(field)), message});
        };
        const auto column = std::ranges::find(columns, change.name, &Column::name);
        if (column == columns.end()) {
            complain("name", columns.isEmpty() ? tr("The source has no columns yet; run it first.")
                                               : tr("The source has no column “%1”.").arg(change.name));
            continue;
        }
        if (named.contains(change.name)) {
            complain("name", tr("The column is named twice."));
            continue;
        }
        named.append(change.name);
        if (change.choice == ColumnChange::Choice::Inferred)
            forgetChoice(*column);
        const ColumnType type = change.choice == ColumnChange::Choice::Chosen ? change.type : column->type;
        if (change.dateOrder && !isTemporal(type))
            complain("date_order", tr("Only dates and timestamps have an order of day and month."));
        else if (change.choice == ColumnChange::Choice::Chosen || change.dateOrder)
            choose(*column, type, change.dateOrder.value_or(column->dateOrder));
    }
    return problems;
}

QJsonObject withStoredSecrets(QJsonObject given, const QJsonObject &stored, const QJsonObject &schema)
{
    const QStringList secrets = secretProperties(schema);
    for (auto it = given.begin(); it != given.end(); ++it) {
        const bool isKept = it.value().toObject().value(QLatin1StringView("set")) == QJsonValue(true);
        if (isKept && secrets.contains(it.key()) && stored.contains(it.key()))
            it.value() = stored.value(it.key());
    }
    return given;
}

QList<FieldError> checkCredentials(const QJsonObject &credentials, const QJsonObject &schema)
{
    QList<FieldError> problems = validateJson(credentials, schema, QStringLiteral("credentials"));
    const QStringList secrets = secretProperties(schema);
    for (const QString &name : secrets) {
        if (credentials.value(name).toObject().value(QLatin1StringView("set")) != QJsonValue(true))
            continue;
        const QString field = QStringLiteral("credentials.") + name;
        problems.removeIf([&field](const FieldError &problem) { return problem.field == field; });
        problems.append({field, tr("None is stored that could be kept. Write it out.")});
    }
    return problems;
}

Secret credentialsSecret(const QJsonObject &credentials)
{
    return credentials.isEmpty() ? Secret() : Secret(QJsonDocument(credentials).toJson(QJsonDocument::Compact));
}

QJsonObject credentialsObject(const Secret &secret)
{
    return QJsonDocument::fromJson(secret.reveal()).object();
}

QJsonObject credentialHints(const QJsonObject &credentials, const QJsonObject &schema)
{
    const QStringList secrets = secretProperties(schema);
    QJsonObject hints;
    for (auto it = credentials.begin(); it != credentials.end(); ++it) {
        if (!secrets.contains(it.key())) {
            hints.insert(it.key(), it.value());
            continue;
        }
        QJsonObject hint{{QStringLiteral("set"), true}};
        const QString ending = Secret(it.value().toString().toUtf8()).hint();
        if (!ending.isEmpty())
            hint.insert(QStringLiteral("hint"), ending);
        hints.insert(it.key(), hint);
    }
    return hints;
}

QString uniqueName(const QString &wanted, const QStringList &taken)
{
    QString name = wanted;
    for (int number = 2; taken.contains(name, Qt::CaseInsensitive); ++number)
        name = QStringLiteral("%1 %2").arg(wanted).arg(number);
    return name;
}

Error invalidInput(const QList<FieldError> &problems)
{
    QStringList sentences;
    for (const FieldError &problem : problems)
        sentences.append(problem.field + QStringLiteral(": ") + problem.message);
    return {ErrorKind::InvalidInput, QStringLiteral("invalid_input"), sentences.join(u' '), {}, {}, problems};
}

} // namespace idstore
