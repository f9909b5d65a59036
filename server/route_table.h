// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/services/record_service.h"
#include "server/http/http_message.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace idstore {

enum class Access { Public, Read, Write };
/// What a request may carry: nothing of interest, a JSON object, a JSON object or nothing, a form with a file.
enum class BodyKind { None, Json, OptionalJson, Upload };
/// Where a handler runs: at once in the API thread (only what answers within about 5 ms), or on the handlers' pool.
enum class RunsOn { ApiThread, Pool };

/// Answers one request. May be called on a pool thread; an Error becomes problem+json.
using JsonHandler = std::function<Result<HttpResponse>(const HttpRequest &)>;

/// A body that is made while it is sent: opened, and then asked for its blocks, on one thread.
struct StreamedAnswer
{
    QByteArray contentType;
    QList<HttpHeader> headers;
    std::unique_ptr<ExportStream> blocks;
};
using StreamHandler = std::function<Result<StreamedAnswer>(const HttpRequest &)>;

/// Uploads are handled by the front itself, which streams them to disk.
struct UploadHandler
{
};

/// A query parameter, for the API's description. The handler reads and checks it.
struct QueryParameter
{
    QString name;
    QString description;
    QJsonObject schema;
};

/// One endpoint: everything the server needs to route, guard, run and describe it.
struct Route
{
    QByteArray method = {};
    QString pattern = {}; ///< "/api/sources/{id}"; each {name} stands for one segment
    Access access = Access::Read;
    BodyKind body = BodyKind::None;
    RunsOn runsOn = RunsOn::ApiThread;
    std::variant<JsonHandler, StreamHandler, UploadHandler> handler = {};

    QString operation = {}; ///< operationId of the API's description
    QString summary = {};
    QString requestSchema = {}; ///< component name; empty: none
    QList<QueryParameter> parameters = {};
    int success = 200;
    QString answerSchema = {}; ///< component name; empty: no JSON
    bool answersList = false; ///< an array of answerSchema
    QList<int> problems = {}; ///< statuses beyond those that follow from the fields above

    [[nodiscard]] bool isUpload() const { return std::holds_alternative<UploadHandler>(handler); }
    [[nodiscard]] bool isStream() const { return std::holds_alternative<StreamHandler>(handler); }
    [[nodiscard]] int argumentCount() const { return static_cast<int>(pattern.count(u'{')); }
};

/// What a method and a path lead to.
struct RouteMatch
{
    const Route *route = nullptr; ///< null: see allowed
    QList<QString> arguments;
    QList<QByteArray> allowed; ///< the methods of this path, sorted, HEAD and OPTIONS included; empty: no such path
};

/// The endpoints. Filled before the server starts, read-only and thread-safe afterwards.
class RouteTable
{
public:
    void add(Route route);
    /// HEAD is answered by the GET route.
    [[nodiscard]] RouteMatch match(const QByteArray &method, const QList<QString> &segments) const;
    [[nodiscard]] const std::vector<Route> &routes() const { return m_routes; }

private:
    std::vector<Route> m_routes;
};

} // namespace idstore
