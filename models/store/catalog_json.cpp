// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/catalog_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace idstore {

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
        columns.append({value[QLatin1StringView("name")].toString(),
                        columnTypeFromString(value[QLatin1StringView("type")].toString()).value_or(ColumnType::Text),
                        value[QLatin1StringView("generated")].toBool(),
                        value[QLatin1StringView("filled")].toInteger()});
    }
    return columns;
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
