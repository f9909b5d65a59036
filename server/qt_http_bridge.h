// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "server/route_table.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>

namespace idstore {

class InnerServer;
class VirtualSocket;

/// One request on its way through QHttpServer: what the front knows of it, and what QHttpServer cannot carry back.
/// Owned by the connection's channel; used in the API thread, `request` also by a handler on the pool.
struct Exchange
{
    const Route *route = nullptr;
    HttpRequest request;
    QList<HttpHeader> answerHeaders; ///< by the handler, before its answer is there
};

/// The one place that knows QHttpServer, and the differences between Qt 6.4 and 6.8. Registers the JSON routes of the
/// table with a QHttpServer bound to the inner server, and turns handlers into its answers. A request names its
/// Exchange by a number in a header field that only the front can set. API thread.
class QtHttpBridge : public QObject
{
    Q_OBJECT

public:
    /// `routes` must outlive the bridge.
    explicit QtHttpBridge(const RouteTable &routes, QObject *parent = nullptr);
    /// Waits for the handlers on the pool.
    ~QtHttpBridge() override;

    [[nodiscard]] Result<void> open();

    /// A new inner connection. Deletes itself once shut.
    [[nodiscard]] VirtualSocket *connectInside();

    /// The bytes of the request to feed to an inner connection. The exchange stays known until forget().
    [[nodiscard]] QByteArray announce(const std::shared_ptr<Exchange> &exchange);
    void forget(const std::shared_ptr<Exchange> &exchange);

    /// Lets handlers on the pool end; no answer of theirs arrives afterwards.
    void waitForHandlers() { m_pool.waitForDone(); }

private:
    class Qt6Server;

    const RouteTable &m_routes;
    QThreadPool m_pool;
    InnerServer *m_inner = nullptr;
    QHash<qint64, std::shared_ptr<Exchange>> m_exchanges;
    qint64 m_lastNumber = 0;
    std::unique_ptr<Qt6Server> m_server;
};

/// Runs a handler; errors and stray exceptions become problem answers. Any thread.
[[nodiscard]] HttpResponse runHandler(const JsonHandler &handler, const HttpRequest &request);

} // namespace idstore
