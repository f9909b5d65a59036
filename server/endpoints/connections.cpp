// SPDX-License-Identifier: GPL-3.0-or-later
// Trying the way to a system: of a source, and of one that is no source yet.
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"
#include "server/json/preview_json.h"

namespace idstore {

namespace {

Result<HttpResponse> testSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    ConnectionChange change;
    if (!request.body.isEmpty()) {
        IDS_TRY(object, parseJsonBody(request.body));
        JsonFields fields(object);
        change.credentials = fields.optionalObject("credentials");
        change.config = fields.optionalObject("config").value_or(QJsonObject());
        change.problems = fields.problems();
    }
    IDS_TRY(report, engine.connections().test(request.principal.user, id, change, request.cancel));
    return jsonAnswer(200, connectionReportJson(report));
}

NewConnection connectionOf(const HttpRequest &request, JsonFields &fields)
{
    return {.sourceType = request.arguments.first(),
            .credentials = fields.optionalObject("credentials").value_or(QJsonObject()),
            .config = fields.optionalObject("config").value_or(QJsonObject())};
}

Result<HttpResponse> testConnection(Engine &engine, const HttpRequest &request)
{
    IDS_CHECK(connectorOf(engine, request));
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    NewConnection connection = connectionOf(request, fields);
    connection.problems = fields.problems();
    IDS_TRY(report, engine.connections().testNew(connection, request.cancel));
    return jsonAnswer(200, connectionReportJson(report));
}

Result<HttpResponse> previewConnection(Engine &engine, const HttpRequest &request)
{
    IDS_CHECK(connectorOf(engine, request));
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    NewConnection connection = connectionOf(request, fields);
    PreviewRequest preview;
    preview.rows = fields.wholeNumber("rows", preview.rows);
    connection.problems = fields.problems();
    IDS_TRY(answer, engine.previews().previewNew(connection, preview, request.cancel));
    return HttpResponse{200, QByteArrayLiteral("application/json"), previewJson(answer), {}};
}

} // namespace

void addConnectionEndpoints(RouteTable &routes, Engine &engine)
{
    const auto with = [&engine](Result<HttpResponse> (*handler)(Engine &, const HttpRequest &)) {
        return JsonHandler([&engine, handler](const HttpRequest &request) { return handler(engine, request); });
    };
    // They send credentials and fetch from addresses that the request names: a reading token is not enough.
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/test"),
                .access = Access::Write,
                .body = BodyKind::OptionalJson,
                .runsOn = RunsOn::Pool,
                .handler = with(testSource),
                .operation = QStringLiteral("testSource"),
                .summary = ServerText::tr("Tries a source's connection, step by step"),
                .requestSchema = QStringLiteral("ConnectionChange"),
                .answerSchema = QStringLiteral("ConnectionReport"),
                .problems = {503}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/connectors/{source_type}/test"),
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(testConnection),
                .operation = QStringLiteral("testConnection"),
                .summary = ServerText::tr("Tries a connection that is no source yet, step by step"),
                .requestSchema = QStringLiteral("NewConnection"),
                .answerSchema = QStringLiteral("ConnectionReport"),
                .problems = {503}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/connectors/{source_type}/preview"),
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(previewConnection),
                .operation = QStringLiteral("previewConnection"),
                .summary = ServerText::tr("The first rows of a connection that is no source yet"),
                .requestSchema = QStringLiteral("NewConnectionPreview"),
                .answerSchema = QStringLiteral("Preview"),
                .problems = {503}});
}

} // namespace idstore
