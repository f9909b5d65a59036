// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"

namespace idstore {

namespace {

Result<HttpResponse> listTokens(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(tokens, engine.tokens().list(request.principal.user));
    QJsonArray list;
    for (const ApiToken &token : std::as_const(tokens))
        list.append(tokenJson(token));
    return jsonAnswer(200, list);
}

Result<HttpResponse> createToken(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    fields.require("name");
    fields.require("scope");
    const QString name = fields.text("name");
    const QString scope = fields.word("scope", {QStringLiteral("read"), QStringLiteral("write")});
    const QString userName = fields.text("user");
    IDS_CHECK(fields.finish());
    IDS_TRY(issued, engine.tokens().create(request.principal.user, name,
                                           tokenScopeFromString(scope).value_or(TokenScope::Read), userName));
    QJsonObject body = tokenJson(issued.token);
    // The one time it is shown.
    body.insert(QStringLiteral("value"), QString::fromUtf8(issued.value.reveal()));
    return jsonAnswer(201, body);
}

Result<HttpResponse> deleteToken(Engine &engine, const HttpRequest &request)
{
    // A null id is nobody's token.
    const TokenId id = TokenId::parse(request.arguments.first()).value_or(TokenId());
    IDS_CHECK(engine.tokens().revoke(request.principal.user, id));
    return HttpResponse{.status = 204};
}

} // namespace

void addTokenEndpoints(RouteTable &routes, Engine &engine)
{
    const auto with = [&engine](Result<HttpResponse> (*handler)(Engine &, const HttpRequest &)) {
        return JsonHandler([&engine, handler](const HttpRequest &request) { return handler(engine, request); });
    };
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/tokens"),
                .handler = with(listTokens),
                .operation = QStringLiteral("listTokens"),
                .summary = ServerText::tr("The tokens of this user, without their values"),
                .answerSchema = QStringLiteral("Token"),
                .answersList = true});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/tokens"),
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(createToken),
                .operation = QStringLiteral("createToken"),
                .summary = ServerText::tr("A new token; its value is shown once"),
                .requestSchema = QStringLiteral("NewToken"),
                .success = 201,
                .answerSchema = QStringLiteral("IssuedToken")});
    routes.add({.method = "DELETE",
                .pattern = QStringLiteral("/api/tokens/{id}"),
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(deleteToken),
                .operation = QStringLiteral("deleteToken"),
                .summary = ServerText::tr("Takes a token out of use"),
                .success = 204});
}

} // namespace idstore
