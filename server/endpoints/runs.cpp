// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"
#include "server/query_reader.h"

namespace idstore {

namespace {

constexpr int maxHistory = 1000; // and the default: scripts written for the hosted system do not page

Result<HttpResponse> startIngestion(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QString mode;
    QString trigger;
    if (!request.body.trimmed().isEmpty()) {
        IDS_TRY(object, parseJsonBody(request.body));
        JsonFields fields(object);
        mode = fields.word("mode", {QStringLiteral("full"), QStringLiteral("incremental")});
        trigger = fields.word("trigger", {QStringLiteral("api"), QStringLiteral("cli")});
        IDS_CHECK(fields.finish());
    }
    IDS_TRY(run, engine.ingestion().start(request.principal.user, id,
                                          mode == QStringLiteral("full") ? RunMode::Full : RunMode::Incremental,
                                          trigger == QStringLiteral("cli") ? RunTrigger::Cli : RunTrigger::Api));
    return startedRun(id, run);
}

Result<HttpResponse> cancelIngestion(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_CHECK(engine.ingestion().cancel(request.principal.user, id));
    return jsonAnswer(202, QJsonObject{{QStringLiteral("source_id"), id.toString()},
                                       {QStringLiteral("status"), QStringLiteral("cancelling")}});
}

Result<HttpResponse> listHistory(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QueryReader reader(request.query);
    const auto limit = static_cast<int>(reader.number(u"limit", maxHistory, 1, maxHistory));
    RunId before;
    if (const std::optional<QString> after = reader.text(u"after")) {
        if (const std::optional<RunId> run = RunId::parse(*after))
            before = *run;
        else
            reader.complain(QStringLiteral("after"), ServerText::tr("“after” must be the id of a run."));
    }
    IDS_CHECK(reader.finish());
    // One more than asked for tells whether there is a next page.
    IDS_TRY(runs, engine.ingestion().history(request.principal.user, id, limit + 1, before));
    const bool hasMore = runs.size() > limit;
    if (hasMore)
        runs.resize(limit);
    QJsonArray list;
    for (const IngestionRun &run : std::as_const(runs))
        list.append(runJson(run));
    HttpResponse response = jsonAnswer(200, list);
    if (hasMore)
        response.headers.append(nextLink(request, limit, runs.last().id.toString()));
    return response;
}

Result<HttpResponse> getRun(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, runIdOf(request));
    IDS_TRY(run, engine.ingestion().run(request.principal.user, id));
    return jsonAnswer(200, runJson(run));
}

Result<HttpResponse> getRunLog(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, runIdOf(request));
    IDS_TRY(lines, engine.ingestion().log(request.principal.user, id));
    QJsonArray list;
    for (const RunLogLine &line : std::as_const(lines))
        list.append(runLogLineJson(line));
    return jsonAnswer(200, list);
}

} // namespace

void addRunEndpoints(RouteTable &routes, Engine &engine)
{
    const auto with = [&engine](Result<HttpResponse> (*handler)(Engine &, const HttpRequest &)) {
        return JsonHandler([&engine, handler](const HttpRequest &request) { return handler(engine, request); });
    };
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/ingest"),
                .access = Access::Write,
                .body = BodyKind::OptionalJson,
                .runsOn = RunsOn::Pool,
                .handler = with(startIngestion),
                .operation = QStringLiteral("startIngestion"),
                .summary = ServerText::tr("Starts bringing a source up to date"),
                .requestSchema = QStringLiteral("IngestionRequest"),
                .success = 202,
                .answerSchema = QStringLiteral("IngestionStarted"),
                .problems = {409}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/cancel"),
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(cancelIngestion),
                .operation = QStringLiteral("cancelIngestion"),
                .summary = ServerText::tr("Stops the run in progress"),
                .success = 202,
                .answerSchema = QStringLiteral("IngestionCancelling"),
                .problems = {409}});
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/sources/{id}/history"),
                .handler = with(listHistory),
                .operation = QStringLiteral("listHistory"),
                .summary = ServerText::tr("The runs of a source, newest first"),
                .parameters = pagingParameters(maxHistory, maxHistory),
                .answerSchema = QStringLiteral("Run"),
                .answersList = true,
                .problems = {422}});
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/runs/{run_id}"),
                .handler = with(getRun),
                .operation = QStringLiteral("getRun"),
                .summary = ServerText::tr("One run, with its counts as of now"),
                .answerSchema = QStringLiteral("Run")});
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/runs/{run_id}/log"),
                .runsOn = RunsOn::Pool,
                .handler = with(getRunLog),
                .operation = QStringLiteral("getRunLog"),
                .summary = ServerText::tr("What a run has noted"),
                .answerSchema = QStringLiteral("RunLogLine"),
                .answersList = true});
}

} // namespace idstore
