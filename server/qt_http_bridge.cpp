// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/qt_http_bridge.h"

#include "models/base/logging.h"
#include "server/front/inner_server.h"
#include "server/front/virtual_socket.h"
#include "server/problem.h"

#include <QFuture>
#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QHttpServerResponse>
#include <QUrl>
#include <QtConcurrentRun>

namespace idstore {

namespace {

constexpr int handlerThreads = 8; // a search through millions of rows takes one for seconds
const QByteArray exchangeField = QByteArrayLiteral("idstore-exchange");

QHttpServerRequest::Method methodOf(const QByteArray &name)
{
    if (name == "POST")
        return QHttpServerRequest::Method::Post;
    if (name == "PATCH")
        return QHttpServerRequest::Method::Patch;
    if (name == "DELETE")
        return QHttpServerRequest::Method::Delete;
    Q_ASSERT(name == "GET");
    return QHttpServerRequest::Method::Get;
}

/// "/api/runs/{id}" as QHttpServer writes it: "/api/runs/<arg>".
QString qtPattern(const QString &pattern)
{
    QString result = pattern;
    for (qsizetype open = result.indexOf(u'{'); open >= 0; open = result.indexOf(u'{'))
        result.replace(open, result.indexOf(u'}', open) - open + 1, QStringLiteral("<arg>"));
    return result;
}

QHttpServerResponse toQt(const HttpResponse &response)
{
    return QHttpServerResponse(response.contentType, response.body,
                               static_cast<QHttpServerResponse::StatusCode>(response.status));
}

HttpResponse unknownExchange()
{
    Error error;
    error.code = QStringLiteral("exchange_unknown");
    return problemOf(error);
}

} // namespace

HttpResponse runHandler(const JsonHandler &handler, const HttpRequest &request)
{
    try {
        Result<HttpResponse> answer = handler(request);
        return answer ? *std::move(answer) : problemOf(answer.error());
    } catch (const std::exception &exception) {
        Error error;
        error.code = QStringLiteral("exception");
        error.cause = QString::fromLocal8Bit(exception.what());
        return problemOf(error);
    } catch (...) {
        Error error;
        error.code = QStringLiteral("exception");
        return problemOf(error);
    }
}

/// The QHttpServer and its routes.
class QtHttpBridge::Qt6Server
{
public:
    explicit Qt6Server(QtHttpBridge &bridge)
        : m_bridge(bridge)
    {}

    [[nodiscard]] bool bind(QTcpServer *server)
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return m_server.bind(server);
#else
        m_server.bind(server);
        return true;
#endif
    }

    void addRoutes(const RouteTable &routes)
    {
        for (const Route &route : routes.routes()) {
            const auto *handler = std::get_if<JsonHandler>(&route.handler);
            if (!handler)
                continue;
            if (route.runsOn == RunsOn::ApiThread)
                addImmediate(route, *handler);
            else
                addPooled(route, *handler);
        }
        const auto missing = [](const QHttpServerRequest &, QHttpServerResponder &responder) {
            const HttpResponse answer =
                problem(404, QStringLiteral("no_such_route"), ServerText::tr("There is nothing at this address."));
            responder.write(answer.body, answer.contentType, QHttpServerResponder::StatusCode::NotFound);
        };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        m_server.setMissingHandler(&m_server, missing);
#else
        m_server.setMissingHandler([missing](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
            missing(request, responder);
        });
#endif
    }

private:
    void addImmediate(const Route &route, const JsonHandler &handler)
    {
        const auto answer = [this, handler](const QHttpServerRequest &request) { return answerNow(handler, request); };
        register_(route, answer);
    }

    void addPooled(const Route &route, const JsonHandler &handler)
    {
        const auto answer = [this, handler](const QHttpServerRequest &request) {
            return answerLater(handler, request);
        };
        register_(route, answer);
    }

    template <typename Answer>
    void register_(const Route &route, const Answer &answer)
    {
        const QString pattern = qtPattern(route.pattern);
        const QHttpServerRequest::Method method = methodOf(route.method);
        // The arguments were decoded and kept in the exchange when the front matched the path.
        switch (route.argumentCount()) {
        case 0:
            m_server.route(pattern, method, [answer](const QHttpServerRequest &request) { return answer(request); });
            break;
        case 1:
            m_server.route(pattern, method,
                           [answer](const QString &, const QHttpServerRequest &request) { return answer(request); });
            break;
        default:
            Q_ASSERT(route.argumentCount() == 2);
            m_server.route(pattern, method,
                           [answer](const QString &, const QString &, const QHttpServerRequest &request) {
                               return answer(request);
                           });
        }
    }

    [[nodiscard]] std::shared_ptr<Exchange> exchangeOf(const QHttpServerRequest &request) const
    {
        return m_bridge.m_exchanges.value(request.value(exchangeField).toLongLong());
    }

    [[nodiscard]] QHttpServerResponse answerNow(const JsonHandler &handler, const QHttpServerRequest &request)
    {
        const std::shared_ptr<Exchange> exchange = exchangeOf(request);
        if (!exchange)
            return toQt(unknownExchange());
        exchange->request.body = request.body();
        const HttpResponse response = runHandler(handler, exchange->request);
        exchange->answerHeaders = response.headers;
        return toQt(response);
    }

    /// By QtConcurrent and not through a QPromise: QHttpServer takes the result out of the future, after which a
    /// QPromise of Qt 6.4 believes that it was never finished, and ends it once more.
    [[nodiscard]] QFuture<QHttpServerResponse> answerLater(const JsonHandler &handler,
                                                           const QHttpServerRequest &request)
    {
        const std::shared_ptr<Exchange> exchange = exchangeOf(request);
        if (exchange)
            exchange->request.body = request.body();
        return QtConcurrent::run(&m_bridge.m_pool, [handler, exchange] {
            if (!exchange)
                return toQt(unknownExchange());
            const HttpResponse response = runHandler(handler, exchange->request);
            exchange->answerHeaders = response.headers;
            return toQt(response);
        });
    }

    QtHttpBridge &m_bridge;
    QHttpServer m_server;
};

QtHttpBridge::QtHttpBridge(const RouteTable &routes, QObject *parent)
    : QObject(parent)
    , m_routes(routes)
{
    m_pool.setMaxThreadCount(handlerThreads);
    m_pool.setExpiryTimeout(-1); // a thread keeps its database connection
}

QtHttpBridge::~QtHttpBridge()
{
    m_pool.waitForDone();
}

Result<void> QtHttpBridge::open()
{
    m_server = std::make_unique<Qt6Server>(*this);
    m_server->addRoutes(m_routes);
    auto inner = std::make_unique<InnerServer>();
    IDS_CHECK(inner->open());
    m_inner = inner.get();
    if (!m_server->bind(inner.release())) { // takes ownership either way
        Error error;
        error.kind = ErrorKind::Unavailable;
        error.code = QStringLiteral("inner_server");
        error.message = ServerText::tr("The REST API cannot start.");
        return error;
    }
    return {};
}

VirtualSocket *QtHttpBridge::connectInside()
{
    auto socket = std::make_unique<VirtualSocket>(quint16(0), m_inner);
    VirtualSocket *connected = socket.release(); // QHttpServer deletes it once it has disconnected
    m_inner->addConnection(connected);
    return connected;
}

QByteArray QtHttpBridge::announce(const std::shared_ptr<Exchange> &exchange)
{
    m_exchanges.insert(++m_lastNumber, exchange);
    const HttpRequest &request = exchange->request;
    QByteArray bytes = request.method + ' ' + QUrl::toPercentEncoding(request.path, "/") + " HTTP/1.1\r\n" +
                       "host: 127.0.0.1\r\n" + exchangeField + ": " + QByteArray::number(m_lastNumber) + "\r\n";
    if (request.method != "GET")
        bytes += "content-length: " + QByteArray::number(request.body.size()) + "\r\n";
    bytes += "\r\n";
    if (request.method != "GET")
        bytes += request.body;
    return bytes;
}

void QtHttpBridge::forget(const std::shared_ptr<Exchange> &exchange)
{
    m_exchanges.removeIf([&exchange](auto entry) { return entry.value() == exchange; });
}

} // namespace idstore
