// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"

#include <QUrl>

namespace idstore {

namespace {

Error notFound(const QString &code, const QString &message)
{
    Error error;
    error.kind = ErrorKind::NotFound;
    error.code = code;
    error.message = message;
    return error;
}

} // namespace

void addEndpoints(RouteTable &routes, Engine &engine)
{
    addDescriptionEndpoints(routes, engine);
    addSourceEndpoints(routes, engine);
    addRecordEndpoints(routes, engine);
    addRejectEndpoints(routes, engine);
    addRunEndpoints(routes, engine);
    addConnectorEndpoints(routes, engine);
    addConnectionEndpoints(routes, engine);
    addTokenEndpoints(routes, engine);
}

Result<SourceId> sourceIdOf(const HttpRequest &request)
{
    const QString &text = request.arguments.first();
    if (const std::optional<SourceId> id = SourceId::parse(text))
        return *id;
    return notFound(QStringLiteral("source_not_found"), ServerText::tr("There is no source %1.").arg(text));
}

Result<RunId> runIdOf(const HttpRequest &request)
{
    const QString &text = request.arguments.first();
    if (const std::optional<RunId> id = RunId::parse(text))
        return *id;
    return notFound(QStringLiteral("run_not_found"), ServerText::tr("There is no run %1.").arg(text));
}

HttpHeader nextLink(const HttpRequest &request, qint64 limit, const QString &after)
{
    const QByteArray path = QUrl::toPercentEncoding(request.path, "/");
    return {"Link", '<' + path + "?limit=" + QByteArray::number(limit) + "&after=" + QUrl::toPercentEncoding(after) +
                        ">; rel=\"next\""};
}

QList<QueryParameter> pagingParameters(int defaultLimit, int maxLimit)
{
    return {{QStringLiteral("limit"), ServerText::tr("How many to answer at most."),
             QJsonObject{{QStringLiteral("type"), QStringLiteral("integer")},
                         {QStringLiteral("minimum"), 1},
                         {QStringLiteral("maximum"), maxLimit},
                         {QStringLiteral("default"), defaultLimit}}},
            {QStringLiteral("after"), ServerText::tr("Where the page before ended."),
             QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}};
}

} // namespace idstore
