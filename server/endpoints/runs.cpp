// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"
#include "server/query_reader.h"

#include <limits>

namespace idstore {

namespace {

constexpr int usualChanges = 100;
constexpr int maxHistory = 1000; // and the default: scripts written for the hosted system do not page

Result<HttpResponse> startIngestion(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QString mode;
    QString trigger;
    bool confirmRemovals = false;
    if (!request.body.trimmed().isEmpty()) {
        IDS_TRY(object, parseJsonBody(request.body));
        JsonFields fields(object);
        mode = fields.word("mode", {QStringLiteral("full"), QStringLiteral("incremental")});
        trigger = fields.word("trigger", {QStringLiteral("api"), QStringLiteral("cli")});
        confirmRemovals = fields.flag("confirm_removals");
        IDS_CHECK(fields.finish());
    }
    IDS_TRY(run, engine.ingestion().start(
                     request.principal.user, id, mode == QStringLiteral("full") ? RunMode::Full : RunMode::Incremental,
                     trigger == QStringLiteral("cli") ? RunTrigger::Cli : RunTrigger::Api, confirmRemovals));
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

Result<HttpResponse> rollBack(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(run, engine.ingestion().rollback(request.principal.user, id));
    return jsonAnswer(200, runJson(run));
}

Result<HttpResponse> listChanges(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, runIdOf(request));
    QueryReader reader(request.query);
    const auto limit = static_cast<int>(reader.number(u"limit", usualChanges, 1, maxHistory));
    const qint64 after = reader.number(u"after", 0, 0, std::numeric_limits<qint64>::max());
    std::optional<ChangeKind> kind;
    if (const std::optional<QString> word = reader.text(u"kind")) {
        kind = changeKindFromString(*word);
        if (!kind)
            reader.complain(QStringLiteral("kind"), ServerText::tr("“kind” must be one of: new, changed, removed."));
    }
    IDS_CHECK(reader.finish());
    IDS_TRY(page, engine.ingestion().changes(request.principal.user, id, kind, after, limit));
    const QJsonValue null(QJsonValue::Null);
    QJsonArray list;
    for (const RowChange &change : std::as_const(page.changes)) {
        list.append(QJsonObject{{QStringLiteral("kind"), toString(change.kind)},
                                {QStringLiteral("before"), change.before.isEmpty() ? null : change.before},
                                {QStringLiteral("after"), change.after.isEmpty() ? null : change.after}});
    }
    return jsonAnswer(200, QJsonObject{{QStringLiteral("changes"), list},
                                       {QStringLiteral("next"), page.next > 0 ? QString::number(page.next) : null}});
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
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/rollback"),
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(rollBack),
                .operation = QStringLiteral("rollBack"),
                .summary = ServerText::tr("Takes back the last run that changed rows, and answers it"),
                .answerSchema = QStringLiteral("Run"),
                .problems = {409}});
    QList<QueryParameter> changeParameters = pagingParameters(usualChanges, maxHistory);
    changeParameters.append(
        {QStringLiteral("kind"), ServerText::tr("Only changes of this kind."),
         QJsonObject{{QStringLiteral("enum"),
                      QJsonArray{QStringLiteral("new"), QStringLiteral("changed"), QStringLiteral("removed")}}}});
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/runs/{run_id}/changes"),
                .runsOn = RunsOn::Pool,
                .handler = with(listChanges),
                .operation = QStringLiteral("listChanges"),
                .summary = ServerText::tr("What a run changed, row by row"),
                .parameters = changeParameters,
                .answerSchema = QStringLiteral("Changes"),
                .problems = {409, 422}});
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
