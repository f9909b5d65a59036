// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endpoints/endpoints.h"
#include "server/json/api_json.h"
#include "server/problem.h"
#include "server/query_reader.h"

#include <limits>

namespace idstore {

namespace {

constexpr int defaultLimit = 100;

Result<HttpResponse> listRecords(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QueryReader reader(request.query);
    RecordQuery query;
    query.limit = static_cast<int>(reader.number(u"limit", defaultLimit, 1, RecordQuery::maxLimit));
    query.after = reader.number(u"after", 0, 0, std::numeric_limits<qint64>::max());
    query.text = reader.text(u"q").value_or(QString());
    query.filters = reader.filters();
    query.sort = reader.sort();
    IDS_CHECK(reader.finish());
    IDS_TRY(page, engine.records().page(request.principal.user, id, query, request.cancel));
    return HttpResponse{200, QByteArrayLiteral("application/json"), recordPageJson(page), {}};
}

/// The source's name as a file name that every system takes, for Content-Disposition (RFC 6266).
HttpHeader attachment(const Source &source, const QString &suffix)
{
    QString name = source.name;
    for (QChar &c : name) {
        if (c.unicode() < 0x20 || QStringView(u"/\\:*?\"<>|").contains(c))
            c = u'_';
    }
    name += u'.' + suffix;
    QByteArray ascii;
    for (const QChar c : std::as_const(name))
        ascii += c.unicode() < 0x7F ? static_cast<char>(c.unicode()) : '_';
    return {"Content-Disposition",
            "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + name.toUtf8().toPercentEncoding()};
}

Result<StreamedAnswer> exportSource(Engine &engine, const HttpRequest &request)
{
    IDS_TRY(id, sourceIdOf(request));
    QueryReader reader(request.query);
    const QString format = reader.text(u"format").value_or(QStringLiteral("csv"));
    const bool isCsv = format == QStringLiteral("csv");
    if (!isCsv && format != QStringLiteral("ndjson"))
        reader.complain(QStringLiteral("format"), ServerText::tr("“format” must be csv or ndjson."));
    const bool isTyped = reader.flag(u"types");
    IDS_CHECK(reader.finish());
    IDS_TRY(source, engine.sources().get(request.principal.user, id));
    IDS_TRY(blocks,
            engine.records().exportSource(request.principal.user, id, isCsv ? ExportFormat::Csv : ExportFormat::Ndjson,
                                          isTyped ? ExportValues::Typed : ExportValues::AsReceived));
    return StreamedAnswer{isCsv ? QByteArrayLiteral("text/csv; charset=utf-8")
                                : QByteArrayLiteral("application/x-ndjson"),
                          {attachment(source, format)},
                          std::move(blocks)};
}

QueryParameter parameter(const QString &name, const QString &description, const QJsonObject &schema)
{
    return {name, description, schema};
}

} // namespace

void addRecordEndpoints(RouteTable &routes, Engine &engine)
{
    const QJsonObject text{{QStringLiteral("type"), QStringLiteral("string")}};
    QList<QueryParameter> recordParameters = pagingParameters(defaultLimit, RecordQuery::maxLimit);
    recordParameters.append(
        parameter(QStringLiteral("q"), ServerText::tr("Rows in which some cell contains this."), text));
    recordParameters.append(parameter(
        QStringLiteral("filter[COLUMN]"),
        ServerText::tr("Rows whose cell in this column has this value by the column's type, or is this text."), text));
    recordParameters.append(parameter(QStringLiteral("filter[COLUMN][OPERATOR]"),
                                      ServerText::tr("The same with eq, ne, contains, starts_with, is_empty, "
                                                     "is_not_empty, is_null, is_not_null, lt, le, gt, ge, or between "
                                                     "(FROM..TO)."),
                                      text));
    recordParameters.append(parameter(
        QStringLiteral("sort"),
        ServerText::tr("The column to sort by, by its type; with a - before it, from the largest down."), text));
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/sources/{id}/records"),
                .runsOn = RunsOn::Pool,
                .handler = JsonHandler([&engine](const HttpRequest &request) { return listRecords(engine, request); }),
                .operation = QStringLiteral("listRecords"),
                .summary = ServerText::tr("The rows a source holds, page by page"),
                .parameters = recordParameters,
                .answerSchema = QStringLiteral("RecordPage"),
                .problems = {422}});
    const QJsonObject flag{{QStringLiteral("type"), QStringLiteral("boolean")}, {QStringLiteral("default"), false}};
    const QJsonObject formats{{QStringLiteral("enum"), QJsonArray{QStringLiteral("csv"), QStringLiteral("ndjson")}},
                              {QStringLiteral("default"), QStringLiteral("csv")}};
    routes.add(
        {.method = "GET",
         .pattern = QStringLiteral("/api/sources/{id}/export"),
         .handler = StreamHandler([&engine](const HttpRequest &request) { return exportSource(engine, request); }),
         .operation = QStringLiteral("exportSource"),
         .summary = ServerText::tr("The whole source as CSV (RFC 4180) or NDJSON"),
         .parameters = {parameter(QStringLiteral("format"), ServerText::tr("What to answer."), formats),
                        parameter(QStringLiteral("types"),
                                  ServerText::tr("In NDJSON, numbers and booleans as JSON has them and dates in ISO "
                                                 "8601, where nothing is lost by it."),
                                  flag)},
         .problems = {422}});
}

} // namespace idstore
