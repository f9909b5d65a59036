// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/catalog_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace idstore {

namespace {

QJsonArray notesToJson(const QList<ColumnNote> &notes)
{
    QJsonArray array;
    for (const ColumnNote &note : notes) {
        array.append(QJsonObject{{QStringLiteral("code"), note.code},
                                 {QStringLiteral("count"), note.count},
                                 {QStringLiteral("example"), note.example}});
    }
    return array;
}

QList<ColumnNote> notesFromJson(const QJsonArray &array)
{
    QList<ColumnNote> notes;
    notes.reserve(array.size());
    for (const QJsonValue &value : array) {
        notes.append({value[QLatin1StringView("code")].toString(), value[QLatin1StringView("count")].toInteger(),
                      value[QLatin1StringView("example")].toString()});
    }
    return notes;
}

} // namespace

QString toCatalogTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime fromCatalogTime(const QString &text)
{
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

QString toCatalogJson(const Columns &columns)
{
    QJsonArray array;
    for (const Column &column : columns) {
        QJsonObject object{{QStringLiteral("name"), column.name},
                           {QStringLiteral("type"), toString(column.type)},
                           {QStringLiteral("filled"), column.filled}};
        if (column.generated)
            object.insert(QStringLiteral("generated"), true);
        if (column.gone)
            object.insert(QStringLiteral("gone"), true);
        if (column.chosen)
            object.insert(QStringLiteral("chosen"), true);
        if (column.inferred != ColumnType::Text)
            object.insert(QStringLiteral("inferred"), toString(column.inferred));
        if (column.dateOrder != DateOrder::Unknown)
            object.insert(QStringLiteral("date_order"), toString(column.dateOrder));
        if (column.inferredOrder != DateOrder::Unknown)
            object.insert(QStringLiteral("inferred_order"), toString(column.inferredOrder));
        if (!column.notes.isEmpty())
            object.insert(QStringLiteral("notes"), notesToJson(column.notes));
        array.append(object);
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

Columns columnsFromCatalogJson(const QString &json)
{
    Columns columns;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    columns.reserve(array.size());
    for (const QJsonValue &value : array) {
        const auto type = [&](QLatin1StringView key) {
            return columnTypeFromString(value[key].toString()).value_or(ColumnType::Text);
        };
        const auto order = [&](QLatin1StringView key) {
            return dateOrderFromString(value[key].toString()).value_or(DateOrder::Unknown);
        };
        columns.append({.name = value[QLatin1StringView("name")].toString(),
                        .type = type(QLatin1StringView("type")),
                        .generated = value[QLatin1StringView("generated")].toBool(),
                        .filled = value[QLatin1StringView("filled")].toInteger(),
                        .chosen = value[QLatin1StringView("chosen")].toBool(),
                        .inferred = type(QLatin1StringView("inferred")),
                        .dateOrder = order(QLatin1StringView("date_order")),
                        .inferredOrder = order(QLatin1StringView("inferred_order")),
                        .notes = notesFromJson(value[QLatin1StringView("notes")].toArray()),
                        .gone = value[QLatin1StringView("gone")].toBool()});
    }
    return columns;
}

QString toCatalogJson(const QStringList &names)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(names)).toJson(QJsonDocument::Compact));
}

QStringList namesFromCatalogJson(const QString &json)
{
    QStringList names;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &value : array)
        names.append(value.toString());
    return names;
}

QString toCatalogJson(const QList<SchemaChange> &changes)
{
    QJsonArray array;
    for (const SchemaChange &change : changes) {
        array.append(QJsonObject{{QStringLiteral("kind"), toString(change.kind)},
                                 {QStringLiteral("column"), change.column},
                                 {QStringLiteral("before"), change.before},
                                 {QStringLiteral("after"), change.after}});
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<SchemaChange> schemaChangesFromCatalogJson(const QString &json)
{
    QList<SchemaChange> changes;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &value : array) {
        const auto text = [&value](QLatin1StringView name) { return value[name].toString(); };
        if (const auto kind = schemaChangeKindFromString(text(QLatin1StringView("kind"))))
            changes.append({*kind, text(QLatin1StringView("column")), text(QLatin1StringView("before")),
                            text(QLatin1StringView("after"))});
    }
    return changes;
}

QString toCatalogJson(const Error &error)
{
    const QJsonObject object{{QStringLiteral("kind"), static_cast<int>(error.kind)},
                             {QStringLiteral("code"), error.code},
                             {QStringLiteral("message"), error.message},
                             {QStringLiteral("remedy"), error.remedy},
                             {QStringLiteral("cause"), error.cause}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<Error> errorFromCatalogJson(const QString &json)
{
    if (json.isEmpty())
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    const auto text = [&](QLatin1StringView key) { return object.value(key).toString(); };
    return Error{static_cast<ErrorKind>(object.value(QLatin1StringView("kind")).toInt()),
                 text(QLatin1StringView("code")),
                 text(QLatin1StringView("message")),
                 text(QLatin1StringView("remedy")),
                 text(QLatin1StringView("cause")),
                 {}};
}

} // namespace idstore
