// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/sheets_api.h"

#include "connectors/cloud/store_problem.h"
#include "connectors/remote/remote_tables.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SheetsApi)
};

constexpr char vendorAddress[] = "https://sheets.googleapis.com";
/// Reading is limited by the minute: one or two of the later attempts fall into the next.
constexpr int attempts = 8;

Error unreadable(const QString &cause)
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("spreadsheet_unreadable"),
            .message = Words::tr("Google answered something other than the cells of a spreadsheet."),
            .remedy = Words::tr("Try again; if a base URL is set, check it."),
            .cause = cause,
            .fields = {}};
}

http::ClientSettings patient(http::ClientSettings settings)
{
    settings.retry.attempts = std::max(settings.retry.attempts, attempts);
    return settings;
}

} // namespace

SheetsApi::SheetsApi(const ReadRequest &request, http::ClientSettings settings, const QString &spreadsheetId,
                     std::unique_ptr<GoogleAccess> access)
    : m_base(baseUrl(request.config).value_or(QUrl(QLatin1StringView(vendorAddress))))
    , m_id(spreadsheetId)
    , m_access(std::move(access))
    , m_client(patient(std::move(settings)), clientWatcher(request))
{}

std::optional<QUrl> SheetsApi::baseUrl(const QJsonObject &config)
{
    const QString text = config[QLatin1StringView("base_url")].toString();
    return text.isEmpty() ? std::nullopt : std::optional(QUrl(text));
}

Result<QJsonObject> SheetsApi::get(const QByteArray &path, const QueryItems &query, const QString &range)
{
    http::Request request;
    request.url = addressBelow(m_base, "/v4/spreadsheets/" + encodedPart(m_id.toUtf8()) + path, query);
    request.authorizer = m_access->authorizer();
    request.maxBytes = maxAnswerBytes;
    IDS_TRY(answer, m_access->withToken([&] { return m_client.send(request); }));
    if (!answer.isSuccess())
        return googleSheetsError(answer, {.spreadsheetId = m_id, .range = range, .account = m_access->account()});
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &problem);
    if (!document.isObject())
        return unreadable(problem.error ? problem.errorString() : QStringLiteral("not an object"));
    return document.object();
}

Result<std::vector<SheetInfo>> SheetsApi::sheets()
{
    // Without the fields the answer may hold all cells.
    IDS_TRY(answer, get({},
                        {{"fields", "sheets(properties(sheetId,title,hidden,sheetType,gridProperties(rowCount,"
                                    "columnCount)))"}},
                        {}));
    std::vector<SheetInfo> sheets;
    const QJsonArray list = answer.value(QLatin1StringView("sheets")).toArray();
    for (const QJsonValue &each : list) {
        const QJsonObject properties = each.toObject()[QLatin1StringView("properties")].toObject();
        const QString type = properties[QLatin1StringView("sheetType")].toString(QStringLiteral("GRID"));
        const QJsonObject grid = properties[QLatin1StringView("gridProperties")].toObject();
        if (type != u"GRID")
            continue;
        sheets.push_back({.sheetId = properties[QLatin1StringView("sheetId")].toInteger(),
                          .title = properties[QLatin1StringView("title")].toString(),
                          .hidden = properties[QLatin1StringView("hidden")].toBool(),
                          .rows = std::max<qint64>(0, grid[QLatin1StringView("rowCount")].toInteger()),
                          .columns = static_cast<std::uint32_t>(
                              std::max<qint64>(0, grid[QLatin1StringView("columnCount")].toInteger()))});
        if (sheets.back().title.isEmpty())
            return unreadable(QStringLiteral("a sheet without a name"));
    }
    if (sheets.empty())
        return unreadable(QStringLiteral("no sheets"));
    return sheets;
}

Result<QJsonArray> SheetsApi::values(const QString &range, Rendering rendering)
{
    QueryItems query{{"majorDimension", "ROWS"}, {"prettyPrint", "false"}};
    const auto add = [&query](const QByteArray &name, const QByteArray &value) { query.emplace_back(name, value); };
    add("valueRenderOption", rendering == Rendering::Shown ? "FORMATTED_VALUE" : "UNFORMATTED_VALUE");
    if (rendering != Rendering::Shown)
        add("dateTimeRenderOption", rendering == Rendering::Dated ? "FORMATTED_STRING" : "SERIAL_NUMBER");
    IDS_TRY(answer, get("/values/" + encodedPart(range.toUtf8()), query, range));
    const QJsonValue rows = answer.value(QLatin1StringView("values"));
    // Where nothing is filled there are none.
    if (rows.isUndefined() && answer.contains(QLatin1StringView("range")))
        return QJsonArray();
    if (!rows.isArray())
        return unreadable(QStringLiteral("no values"));
    return rows.toArray();
}

} // namespace idstore::cloud
