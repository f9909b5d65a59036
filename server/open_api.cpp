// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/open_api.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace idstore {

namespace {

QJsonObject readSchemas()
{
    QFile file(QStringLiteral(":/idstore/openapi_schemas.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened)
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject reference(const QString &schema)
{
    return {{QStringLiteral("$ref"), QString(QStringLiteral("#/components/schemas/") + schema)}};
}

QJsonObject content(const QString &mediaType, const QJsonObject &schema)
{
    return {{mediaType, QJsonObject{{QStringLiteral("schema"), schema}}}};
}

/// The statuses of problems that a route's own fields lead to.
QList<int> problemStatuses(const Route &route)
{
    QList<int> statuses = route.problems;
    statuses += {400, 403, 500, 503}; // Host, Origin and framing can go wrong everywhere
    if (route.access != Access::Public)
        statuses.append(401);
    if (route.argumentCount() > 0)
        statuses.append(404);
    if (route.body != BodyKind::None)
        statuses += {413, 415, 422};
    std::ranges::sort(statuses);
    statuses.erase(std::unique(statuses.begin(), statuses.end()), statuses.end());
    return statuses;
}

QJsonObject responses(const Route &route)
{
    const auto described = [](int status) {
        return QJsonObject{{QStringLiteral("description"), QString::fromLatin1(reasonPhrase(status))}};
    };
    QJsonObject success = described(route.success);
    if (route.isStream()) {
        const QJsonObject text{{QStringLiteral("type"), QStringLiteral("string")}};
        QJsonObject both = content(QStringLiteral("text/csv"), text);
        both.insert(QStringLiteral("application/x-ndjson"), QJsonObject{{QStringLiteral("schema"), text}});
        success.insert(QStringLiteral("content"), both);
    } else if (!route.answerSchema.isEmpty()) {
        QJsonObject schema = reference(route.answerSchema);
        if (route.answersList)
            schema = {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), schema}};
        success.insert(QStringLiteral("content"), content(QStringLiteral("application/json"), schema));
    }
    QJsonObject result{{QString::number(route.success), success}};
    const QList<int> problems = problemStatuses(route);
    for (const int status : problems) {
        QJsonObject problem = described(status);
        problem.insert(QStringLiteral("content"),
                       content(QStringLiteral("application/problem+json"), reference(QStringLiteral("Problem"))));
        result.insert(QString::number(status), problem);
    }
    return result;
}

QJsonArray parameters(const Route &route)
{
    QJsonArray list;
    const QStringList segments = route.pattern.split(u'/');
    for (const QString &segment : segments) {
        if (!segment.startsWith(u'{'))
            continue;
        list.append(
            QJsonObject{{QStringLiteral("name"), segment.mid(1, segment.size() - 2)},
                        {QStringLiteral("in"), QStringLiteral("path")},
                        {QStringLiteral("required"), true},
                        {QStringLiteral("schema"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}});
    }
    for (const QueryParameter &parameter : route.parameters) {
        list.append(QJsonObject{{QStringLiteral("name"), parameter.name},
                                {QStringLiteral("in"), QStringLiteral("query")},
                                {QStringLiteral("description"), parameter.description},
                                {QStringLiteral("schema"), parameter.schema}});
    }
    return list;
}

QJsonObject operation(const Route &route)
{
    QJsonObject result{{QStringLiteral("operationId"), route.operation},
                       {QStringLiteral("summary"), route.summary},
                       {QStringLiteral("responses"), responses(route)}};
    if (const QJsonArray list = parameters(route); !list.isEmpty())
        result.insert(QStringLiteral("parameters"), list);
    if (!route.requestSchema.isEmpty()) {
        const QString mediaType =
            route.isUpload() ? QStringLiteral("multipart/form-data") : QStringLiteral("application/json");
        result.insert(QStringLiteral("requestBody"),
                      QJsonObject{{QStringLiteral("required"), route.body != BodyKind::OptionalJson},
                                  {QStringLiteral("content"), content(mediaType, reference(route.requestSchema))}});
    }
    if (route.access == Access::Public)
        result.insert(QStringLiteral("security"), QJsonArray());
    else
        result.insert(QStringLiteral("x-scope"),
                      route.access == Access::Write ? QStringLiteral("write") : QStringLiteral("read"));
    return result;
}

} // namespace

QJsonObject openApiDocument(const RouteTable &routes)
{
    QJsonObject paths;
    for (const Route &route : routes.routes()) {
        QJsonObject path = paths.value(route.pattern).toObject();
        path.insert(QString::fromLatin1(route.method).toLower(), operation(route));
        paths.insert(route.pattern, path);
    }
    const QJsonObject bearer{{QStringLiteral("type"), QStringLiteral("http")},
                             {QStringLiteral("scheme"), QStringLiteral("bearer")}};
    return {{QStringLiteral("openapi"), QStringLiteral("3.1.0")},
            {QStringLiteral("info"), QJsonObject{{QStringLiteral("title"), QStringLiteral("Identity Store")},
                                                 {QStringLiteral("version"), QStringLiteral(IDSTORE_VERSION)}}},
            {QStringLiteral("security"), QJsonArray{QJsonObject{{QStringLiteral("bearer"), QJsonArray()}}}},
            {QStringLiteral("paths"), paths},
            {QStringLiteral("components"),
             QJsonObject{{QStringLiteral("schemas"), readSchemas()},
                         {QStringLiteral("securitySchemes"), QJsonObject{{QStringLiteral("bearer"), bearer}}}}}};
}

} // namespace idstore
