// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/open_api.h"

namespace idstore {

void addDescriptionEndpoints(RouteTable &routes, Engine &)
{
    const auto health = [](const HttpRequest &) -> Result<HttpResponse> {
        return jsonAnswer(200, QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")},
                                           {QStringLiteral("version"), QStringLiteral(IDSTORE_VERSION)}});
    };
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/health"),
                .access = Access::Public,
                .handler = JsonHandler(health),
                .operation = QStringLiteral("getHealth"),
                .summary = ServerText::tr("Whether the program is there, and which version"),
                .answerSchema = QStringLiteral("Health")});
    const auto describe = [&routes](const HttpRequest &) -> Result<HttpResponse> {
        return jsonAnswer(200, openApiDocument(routes));
    };
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/openapi.json"),
                .handler = JsonHandler(describe),
                .operation = QStringLiteral("getDescription"),
                .summary = ServerText::tr("This description, as OpenAPI 3.1"),
                .answerSchema = QStringLiteral("Description")});
}

} // namespace idstore
