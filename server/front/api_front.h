// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/qt_http_bridge.h"
#include "server/request_gate.h"

#include <QTcpServer>
#include <QThreadPool>

#include <chrono>

namespace idstore {

class ApiConnection;
class Engine;

/// How long a client may take.
struct ConnectionTimes
{
    std::chrono::milliseconds head = std::chrono::seconds(10); ///< for a whole head
    std::chrono::milliseconds body = std::chrono::seconds(30); ///< between two pieces of a body
    std::chrono::milliseconds idle = std::chrono::seconds(60); ///< between requests, and without reading an answer
    std::chrono::milliseconds linger = std::chrono::seconds(2); ///< to close after a refusal
};

/// What all connections share. API thread.
struct FrontShared
{
    static constexpr int maxUploads = 16;
    static constexpr int maxStreams = 8;

    FrontShared(const RouteTable &routes, Engine &engine, const ConnectionTimes &connectionTimes, QObject &homeObject);

    Engine &engine;
    QObject &home; ///< lives in the API thread and outlives everything on the pools
    ConnectionTimes times;
    RequestGate gate;
    QtHttpBridge bridge;
    QThreadPool uploadPool;
    QThreadPool streamPool;
    int uploads = 0;
    int streams = 0;
    bool draining = false; ///< no connection is kept alive any more
};

/// The REST server's door: accepts connections on loopback and bounds their number. Lives in the API thread.
class ApiFront : public QTcpServer
{
    Q_OBJECT

public:
    static constexpr int maxConnections = 512;

    /// `routes` and `engine` must outlive the front.
    ApiFront(const RouteTable &routes, Engine &engine, const ConnectionTimes &times = {}, QObject *parent = nullptr);
    /// Drops what is left of the connections and waits for the pools.
    ~ApiFront() override;

    /// Errors: Conflict ("port_in_use").
    [[nodiscard]] Result<quint16> open(quint16 port, bool nextFreePort);
    [[nodiscard]] int connectionCount() const { return m_connections; }
    /// Stops accepting and lets answers under way finish for at most two seconds; then drained() is emitted.
    void drain();

Q_SIGNALS:
    void drained();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void connectionGone();

    FrontShared m_shared;
    int m_connections = 0;
    bool m_drainedSaid = false;
};

} // namespace idstore
