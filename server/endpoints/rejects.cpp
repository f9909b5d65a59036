// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_rules.h"
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"
#include "server/query_reader.h"

#include <limits>

namespace idstore {

namespace {

constexpr int defaultLimit = 100;

/// The number that ends a path.
Result<qint64> numberOf(const HttpRequest &request, const QString &code, const QString &message)
{
    const QString &text = request.arguments.at(1);
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber && number > 0)
        return number;
    Error error;
    error.kind = ErrorKind::NotFound;
    error.code = code;
    error.message = message.arg(text);
    return error;
}

Result<qint64> rejectionOf(const HttpRequest &request)
{
    return numberOf(request, QStringLiteral("rejection_not_found"), ServerText::tr("There is no rejected row %1."));
}

struct Paging
{
    qint64 limit;
    qint64 after;
};

Result<Paging> pagingOf(const HttpRequest &request)
{
    QueryReader reader(request.query);
    const qint64 limit = reader.number(u"limit", defaultLimit, 1, RejectionService::maxLimit);
    const qint64 after = reader.number(u"after", 0, 0, std::numeric_limits<qint64>::max());
    IDS_CHECK(reader.finish());
    return Paging{limit, after};
}

Result<HttpResponse> listRejects(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(paging, pagingOf(request));
    IDS_TRY(page, engine.rejections().page(request.principal.user, id, paging.after, static_cast<int>(paging.limit)));
    QJsonArray list;
    for (const RejectedRow &row : std::as_const(page.rejections))
        list.append(rejectedRowJson(row));
    HttpResponse response = jsonAnswer(200, list);
    if (page.next != 0)
        response.headers.append(nextLink(request, paging.limit, QString::number(page.next)));
    return response;
}

Result<HttpResponse> getReject(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(rejection, rejectionOf(request));
    IDS_TRY(row, engine.rejections().get(request.principal.user, id, rejection));
    return jsonAnswer(200, rejectedRowJson(row));
}

QList<CorrectedCell> cellsOf(const QJsonObject &object, QList<FieldError> &problems)
{
    QList<CorrectedCell> cells;
    for (auto cell = object.begin(); cell != object.end(); ++cell) {
        if (!cell->isString() && !cell->isNull())
            problems.append({QStringLiteral("cells.") + cell.key(), ServerText::tr("A cell is a text, or null.")});
        cells.append({cell.key(), cell->isString() ? std::optional(cell->toString()) : std::nullopt});
    }
    return cells;
}

Result<HttpResponse> correctReject(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(rejection, rejectionOf(request));
    IDS_TRY(object, parseJsonBody(request.body));
    JsonFields fields(object);
    CorrectionRequest correction;
    correction.correction.raw = fields.optionalText("raw");
    const std::optional<QJsonObject> cells = fields.optionalObject("cells");
    correction.original = fields.optionalText("original");
    correction.problems = fields.problems();
    if (cells)
        correction.correction.cells = cellsOf(*cells, correction.problems);
    IDS_TRY(corrected, engine.rejections().correct(request.principal.user, id, rejection, correction));

    QJsonObject answer = rejectedRowJson(corrected.row);
    QJsonValue record(QJsonValue::Null);
    if (!corrected.reading.misfit) {
        QJsonObject stored;
        for (qsizetype i = 0; i < corrected.columns.size(); ++i) {
            const std::optional<QString> &text = corrected.reading.cells.at(i);
            stored.insert(corrected.columns.at(i).name, text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null));
        }
        record = stored;
    }
    answer.insert(QStringLiteral("record"), record);
    return jsonAnswer(200, answer);
}

Result<HttpResponse> retryRejects(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QList<qint64> rejections;
    if (!request.body.trimmed().isEmpty()) {
        IDS_TRY(object, parseJsonBody(request.body));
        JsonFields fields(object);
        rejections = fields.numbers("ids");
        IDS_CHECK(fields.finish());
        // Nobody who computes an empty list means all of them.
        if (rejections.isEmpty() && object.value(QLatin1StringView("ids")).isArray())
            return invalidInput(
                {{QStringLiteral("ids"), ServerText::tr("Name at least one row, or leave “ids” out.")}});
    }
    IDS_TRY(run, engine.ingestion().retry(request.principal.user, id, rejections, RunTrigger::Api));
    return startedRun(id, run);
}

Result<HttpResponse> listCorrections(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(paging, pagingOf(request));
    const int limit = static_cast<int>(paging.limit);
    // One more than asked for tells whether there is a next page.
    IDS_TRY(corrections, engine.rejections().corrections(request.principal.user, id, paging.after, limit + 1));
    const bool hasMore = corrections.size() > limit;
    if (hasMore)
        corrections.resize(limit);
    QJsonArray list;
    for (const SavedCorrection &correction : std::as_const(corrections))
        list.append(correctionJson(correction));
    HttpResponse response = jsonAnswer(200, list);
    if (hasMore)
        response.headers.append(nextLink(request, limit, QString::number(corrections.constLast().id)));
    return response;
}

Result<HttpResponse> forgetCorrections(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_CHECK(engine.rejections().forgetAll(request.principal.user, id));
    return HttpResponse{.status = 204};
}

Result<HttpResponse> forgetCorrection(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    IDS_TRY(correction,
            numberOf(request, QStringLiteral("correction_not_found"), ServerText::tr("There is no correction %1.")));
    IDS_CHECK(engine.rejections().forget(request.principal.user, id, correction));
    return HttpResponse{.status = 204};
}

} // namespace

void addRejectEndpoints(RouteTable &routes, Engine &engine)
{
    const auto with = [&engine](Result<HttpResponse> (*handler)(Engine &, const HttpRequest &)) {
        return JsonHandler([&engine, handler](const HttpRequest &request) { return handler(engine, request); });
    };
    const QString rejects = QStringLiteral("/api/sources/{id}/rejects");
    const QString reject = QStringLiteral("/api/sources/{id}/rejects/{number}");
    const QString corrections = QStringLiteral("/api/sources/{id}/corrections");
    const QString correction = QStringLiteral("/api/sources/{id}/corrections/{number}");

    routes.add({.method = "GET",
                .pattern = rejects,
                .runsOn = RunsOn::Pool,
                .handler = with(listRejects),
                .operation = QStringLiteral("listRejects"),
                .summary = ServerText::tr("Rows set aside in the rows in use, with their corrections"),
                .parameters = pagingParameters(defaultLimit, RejectionService::maxLimit),
                .answerSchema = QStringLiteral("Reject"),
                .answersList = true,
                .problems = {422}});
    routes.add({.method = "GET",
                .pattern = reject,
                .runsOn = RunsOn::Pool,
                .handler = with(getReject),
                .operation = QStringLiteral("getReject"),
                .summary = ServerText::tr("One rejected row"),
                .answerSchema = QStringLiteral("Reject")});
    routes.add({.method = "PATCH",
                .pattern = reject,
                .access = Access::Write,
                .body = BodyKind::Json,
                .runsOn = RunsOn::Pool,
                .handler = with(correctReject),
                .operation = QStringLiteral("correctReject"),
                .summary = ServerText::tr("Saves a correction of a rejected row and tells whether it fits"),
                .requestSchema = QStringLiteral("NewCorrection"),
                .answerSchema = QStringLiteral("Reject"),
                .problems = {409}});
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/sources/{id}/rejects/retry"),
                .access = Access::Write,
                .body = BodyKind::OptionalJson,
                .runsOn = RunsOn::Pool,
                .handler = with(retryRejects),
                .operation = QStringLiteral("retryRejects"),
                .summary = ServerText::tr("Starts storing the rejected rows whose correction fits"),
                .requestSchema = QStringLiteral("RetryRequest"),
                .success = 202,
                .answerSchema = QStringLiteral("IngestionStarted"),
                .problems = {409}});
    routes.add({.method = "GET",
                .pattern = corrections,
                .runsOn = RunsOn::Pool,
                .handler = with(listCorrections),
                .operation = QStringLiteral("listCorrections"),
                .summary = ServerText::tr("The corrections that are remembered for a source, oldest first"),
                .parameters = pagingParameters(defaultLimit, RejectionService::maxLimit),
                .answerSchema = QStringLiteral("Correction"),
                .answersList = true,
                .problems = {422}});
    routes.add({.method = "DELETE",
                .pattern = corrections,
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(forgetCorrections),
                .operation = QStringLiteral("forgetCorrections"),
                .summary = ServerText::tr("Forgets every correction of a source"),
                .success = 204});
    routes.add({.method = "DELETE",
                .pattern = correction,
                .access = Access::Write,
                .runsOn = RunsOn::Pool,
                .handler = with(forgetCorrection),
                .operation = QStringLiteral("forgetCorrection"),
                .summary = ServerText::tr("Forgets one correction"),
                .success = 204});
}

} // namespace idstore
