// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/api_front.h"

#include "models/base/logging.h"
#include "models/services/engine.h"
#include "server/front/api_connection.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

namespace {

constexpr auto acceptPause = 500ms; // after the system ran out of descriptors
constexpr auto drainTime = 2s;
constexpr int portsTried = 100;

} // namespace

FrontShared::FrontShared(const RouteTable &routes, Engine &engineToServe, const ConnectionTimes &connectionTimes,
                         QObject &homeObject)
    : engine(engineToServe)
    , home(homeObject)
    , times(connectionTimes)
    , gate(routes, engineToServe.tokens(), engineToServe.sources().uploadLimit())
    , bridge(routes)
{
    uploadPool.setMaxThreadCount(4);
    uploadPool.setExpiryTimeout(-1);
    streamPool.setMaxThreadCount(maxStreams);
}

ApiFront::ApiFront(const RouteTable &routes, Engine &engine, const ConnectionTimes &times, QObject *parent)
    : QTcpServer(parent)
    , m_shared(routes, engine, times, *this)
{
    setListenBacklogSize(128);
    connect(this, &QTcpServer::acceptError, this, [this](QAbstractSocket::SocketError) {
        qCWarning(logServer).noquote() << "A connection could not be accepted:" << errorString();
        QTimer::singleShot(acceptPause, this, [this] { resumeAccepting(); });
    });
}

ApiFront::~ApiFront()
{
    close();
    const QList<ApiConnection *> left = findChildren<ApiConnection *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(left);
    m_shared.bridge.waitForHandlers();
    m_shared.uploadPool.waitForDone();
    m_shared.streamPool.waitForDone();
}

Result<quint16> ApiFront::open(quint16 port, bool nextFreePort)
{
    IDS_CHECK(m_shared.bridge.open());
    const int tries = nextFreePort && port != 0 ? portsTried : 1;
    for (int i = 0; i < tries && port + i <= 0xFFFF; ++i) {
        if (listen(QHostAddress::LocalHost, static_cast<quint16>(port + i)))
            return serverPort();
    }
    Error error;
    error.kind = ErrorKind::Conflict;
    error.code = QStringLiteral("port_in_use");
    error.message = ServerText::tr("The REST API cannot use port %1.").arg(port);
    error.remedy = ServerText::tr("Stop the program that uses it, or choose another port.");
    error.cause = errorString();
    return error;
}

void ApiFront::drain()
{
    close();
    m_shared.draining = true;
    const QList<ApiConnection *> open = findChildren<ApiConnection *>(QString(), Qt::FindDirectChildrenOnly);
    for (ApiConnection *connection : open)
        connection->drain();
    QTimer::singleShot(drainTime, this, [this] {
        if (!std::exchange(m_drainedSaid, true))
            Q_EMIT drained();
    });
    if (m_connections == 0 && !std::exchange(m_drainedSaid, true))
        Q_EMIT drained();
}

void ApiFront::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return;
    if (m_connections >= maxConnections) {
        socket->abort();
        return;
    }
    ++m_connections;
    auto connection = std::make_unique<ApiConnection>(m_shared, std::move(socket), this);
    connect(connection.get(), &QObject::destroyed, this, &ApiFront::connectionGone);
    connection.release()->begin(); // a child of this; deletes itself when the client has gone
}

void ApiFront::connectionGone()
{
    --m_connections;
    if (m_shared.draining && m_connections == 0 && !std::exchange(m_drainedSaid, true))
        Q_EMIT drained();
}

} // namespace idstore
