// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/column_changes.h"
#include "server/json/json_body.h"
#include "server/json/preview_json.h"

namespace idstore {

namespace {

Result<HttpResponse> listSources(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(sources, engine.sources().list(request.principal.user));
    QJsonArray list;
    for (const Source &source : std::as_const(sources))
        list.append(sourceJson(source, engine.ingestion().progress(source.id)));
    return jsonAnswer(200, list);
}

Result<HttpResponse> getSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(source, engine.sources().get(request.principal.user, id));
    return jsonAnswer(200, sourceJson(source, engine.ingestion().progress(id)));
}

Result<HttpResponse> createSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    NewConnectedSource source;
    source.name = fields.text("name");
    source.description = fields.text("description");
    source.sourceType = fields.text("source_type");
    source.credentials = fields.optionalObject("credentials").value_or(QJsonObject());
    source.config = fields.optionalObject("config").value_or(QJsonObject());
    source.cursorColumn = fields.text("cursor_column");
    source.cursorType = fields.text("cursor_type");
    source.cursorAfter = fields.optionalTextOrNumber("cursor_after");
    if (object.contains(QLatin1StringView("cursor_overlap")))
        source.cursorOverlap = fields.wholeNumber("cursor_overlap", 0);
    source.keyColumns = fields.optionalTexts("key_columns").value_or(QStringList());
    source.problems = fields.problems();
    IDS_TRY(created, engine.sources().createConnected(request.principal.user, source));
    return createdSource(created);
}

Result<HttpResponse> updateSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    SourcePatch patch;
    patch.name = fields.optionalText("name");
    patch.description = fields.optionalText("description");
    patch.config = fields.optionalObject("config");
    patch.credentials = fields.optionalObject("credentials");
    patch.keyColumns = fields.optionalTexts("key_columns");
    patch.cursorColumn = fields.optionalText("cursor_column");
    patch.cursorType = fields.optionalText("cursor_type");
    patch.cursorAfter = fields.optionalTextOrNumber("cursor_after");
    if (object.contains(QLatin1StringView("cursor_overlap")))
        patch.cursorOverlap = fields.wholeNumber("cursor_overlap", 0);
    QList<FieldError> columnProblems;
    patch.columns = readColumnChanges(fields.objects("columns"), columnProblems);
    patch.problems = fields.problems() + columnProblems;
    IDS_TRY(source, engine.sources().update(request.principal.user, id, patch));
    return jsonAnswer(200, sourceJson(source, engine.ingestion().progress(id)));
}

Error scopeTooSmall()
{
    Error error;
    error.kind = ErrorKind::Forbidden;
    error.code = QStringLiteral("scope_too_small");
    error.message = ServerText::tr("The settings of this source say where its credentials are sent. To try others, use "
                                   "a token with the scope “write”.");
    return error;
}

Result<HttpResponse> previewSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    PreviewRequest preview;
    if (!request.body.isEmpty()) {
        IDS_TRY(object, parseJsonBody(request.body));
        JsonFields fields(object);
        preview.config = fields.optionalObject("config").value_or(QJsonObject());
        preview.rows = fields.wholeNumber("rows", preview.rows);
        preview.problems = fields.problems();
    }
    const UserId user = request.principal.user;
    IDS_TRY(source, engine.sources().get(user, id));
    const bool staysHere = source.sourceType == QLatin1StringView(fileSourceType);
    if (!staysHere && !preview.config.isEmpty() && request.principal.scope != TokenScope::Write)
        return scopeTooSmall();
    IDS_TRY(answer, engine.previews().preview(user, id, preview, request.cancel));
    return HttpResponse{200, QByteArrayLiteral("application/json"), previewJson(answer), {}};
}

Result<HttpResponse> deleteSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_CHECK(engine.sources().remove(request.principal.user, id));
    return HttpResponse{.status = 204};
}

} // namespace

void addSourceEndpoints(RouteTable &routes, Engine &engine)
{
    const auto with = [&engine](Result<HttpResponse> (*handler)(Engine &, const HttpRequest &)) {
        return JsonHandler([&engine, handler](const HttpRequest &request) { return handler(engine, request); });
    };
    const QString one = QStringLiteral("/api/sources/{id}");
    const QString all = QStringLiteral("/api/sources");

    routes.add({.method = "GET",
                .pattern = all,
                .handler = with(listSources),
                .operation = QStringLiteral("listSources"),
                .summary = ServerText::tr("All sources, oldest first"),
                .answerSchema = QStringLiteral("Source"),
                .answersList = true});
    routes.add({.method = "POST",
                .pattern = all,
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(createSource),
                .operation = QStringLiteral("createSource"),
                .summary = ServerText::tr("A new source that is read through a connector"),
                .requestSchema = QStringLiteral("NewSource"),
                .success = 201,
                .answerSchema = QStringLiteral("Source")});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/upload"),
                .access = Access::Write,
                .body = BodyKind::Upload,
                .handler = UploadHandler(),
                .operation = QStringLiteral("uploadSource"),
                .summary = ServerText::tr("A new source made of an uploaded file"),
                .requestSchema = QStringLiteral("Upload"),
                .success = 201,
                .answerSchema = QStringLiteral("Source"),
                .problems = {411, 507}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/upload"),
                .access = Access::Write,
                .body = BodyKind::Upload,
                .handler = UploadHandler(),
                .operation = QStringLiteral("replaceFile"),
                .summary = ServerText::tr("Another file for a file source, read by its next run"),
                .requestSchema = QStringLiteral("Replacement"),
                .answerSchema = QStringLiteral("Source"),
                .problems = {409, 411, 507}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/preview"),
                .body = BodyKind::OptionalJson,
                .runsOn = RunsOn::Pool,
                .handler = with(previewSource),
                .operation = QStringLiteral("previewSource"),
                .summary = ServerText::tr("The first rows as a run would store them, and what was understood"),
                .requestSchema = QStringLiteral("PreviewRequest"),
                .answerSchema = QStringLiteral("Preview"),
                .problems = {403, 503}});
    routes.add({.method = "GET",
                .pattern = one,
                .handler = with(getSource),
                .operation = QStringLiteral("getSource"),
                .summary = ServerText::tr("One source"),
                .answerSchema = QStringLiteral("Source")});
    routes.add({.method = "PATCH",
                .pattern = one,
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(updateSource),
                .operation = QStringLiteral("updateSource"),
                .summary = ServerText::tr("Changes the fields that are sent"),
                .requestSchema = QStringLiteral("SourceChange"),
                .answerSchema = QStringLiteral("Source")});
    routes.add({.method = "DELETE",
                .pattern = one,
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(deleteSource),
                .operation = QStringLiteral("deleteSource"),
                .summary = ServerText::tr("Deletes a source and its data"),
                .success = 204,
                .problems = {409}});
}

} // namespace idstore
