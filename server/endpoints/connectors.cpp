// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"

#include <algorithm>

namespace idstore {

namespace {

Result<HttpResponse> listConnectors(Engine &engine, const HttpRequest &)
{
    QJsonArray list;
    for (const Connector *connector : engine.sources().connectors().all())
        list.append(connectorJson(connector->descriptor()));
    return jsonAnswer(200, list);
}

} // namespace

Result<const Connector *> connectorOf(Engine &engine, const HttpRequest &request)
{
    const QString &type = request.arguments.first();
    const std::vector<const Connector *> &all = engine.sources().connectors().all();
    const auto found = std::ranges::find(all, type, [](const Connector *each) { return each->descriptor().id; });
    if (found == all.end()) {
        Error error;
        error.kind = ErrorKind::NotFound;
        error.code = QStringLiteral("connector_not_found");
        error.message = ServerText::tr("There is no source type %1.").arg(type);
        error.remedy = ServerText::tr("GET /api/connectors lists those there are.");
        return error;
    }
    return *found;
}

namespace {

Result<HttpResponse> getConnector(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(connector, connectorOf(engine, request));
    return jsonAnswer(200, connectorJson(connector->descriptor()));
}

} // namespace

void addConnectorEndpoints(RouteTable &routes, Engine &engine)
{
    routes.add(
        {.method = "GET",
         .pattern = QStringLiteral("/api/connectors"),
         .handler = JsonHandler([&engine](const HttpRequest &request) { return listConnectors(engine, request); }),
         .operation = QStringLiteral("listConnectors"),
         .summary = ServerText::tr("The source types, with the shapes of their credentials and config"),
         .answerSchema = QStringLiteral("Connector"),
         .answersList = true});
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/connectors/{source_type}"),
                .handler = JsonHandler([&engine](const HttpRequest &request) { return getConnector(engine, request); }),
                .operation = QStringLiteral("getConnector"),
                .summary = ServerText::tr("One source type"),
                .answerSchema = QStringLiteral("Connector")});
}

} // namespace idstore
