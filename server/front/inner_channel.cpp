// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/inner_channel.h"

#include "models/base/logging.h"
#include "server/front/virtual_socket.h"

namespace idstore {

InnerChannel::InnerChannel(QtHttpBridge &bridge)
    : QObject(&bridge)
    , m_bridge(bridge)
{}

void InnerChannel::send(const std::shared_ptr<Exchange> &exchange)
{
    Q_ASSERT(!m_exchange && !m_abandoned);
    // Newer Qt closes inner connections that were idle for a while.
    if (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState) {
        m_socket = m_bridge.connectInside();
        connect(m_socket, &VirtualSocket::written, this, &InnerChannel::receive);
    }
    m_exchange = exchange;
    m_head.clear();
    m_inBody = false;
    m_socket->feed(m_bridge.announce(exchange));
}

void InnerChannel::abandon()
{
    if (m_abandoned)
        return;
    m_abandoned = true;
    disconnect(this, nullptr, nullptr, nullptr);
    if (m_exchange)
        m_exchange->request.cancel.cancel();
    else
        retire();
}

void InnerChannel::receive(const QByteArray &bytes)
{
    if (!m_exchange)
        return;
    if (m_inBody) {
        takeBody(bytes);
        return;
    }
    m_head += bytes;
    const qsizetype end = m_head.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray rest = m_head.sliced(end + 4);
    if (!readHead(m_head.first(end + 2))) {
        qCWarning(logServer) << "The inner server's answer has no length.";
        m_left = 0;
    }
    m_inBody = true;
    takeBody(rest);
}

bool InnerChannel::readHead(const QByteArray &head)
{
    // "HTTP/1.1 200 OK", then fields.
    const int status = head.mid(9, 3).toInt();
    QByteArray contentType;
    m_left = -1;
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArray name = line.first(colon).toLower();
        if (name == "content-type")
            contentType = line.sliced(colon + 1).trimmed();
        else if (name == "content-length")
            m_left = line.sliced(colon + 1).trimmed().toLongLong();
    }
    if (m_left < 0 && status == 204)
        m_left = 0;
    Q_EMIT answerBegins(status, contentType, m_exchange->answerHeaders, std::max<qint64>(m_left, 0));
    return m_left >= 0;
}

void InnerChannel::takeBody(const QByteArray &bytes)
{
    if (!bytes.isEmpty()) {
        m_left -= bytes.size();
        Q_EMIT answerData(bytes);
    }
    if (m_left <= 0)
        end();
}

void InnerChannel::end()
{
    m_bridge.forget(m_exchange);
    m_exchange.reset();
    const auto announce = [this] {
        if (m_abandoned)
            retire();
        else
            Q_EMIT answerEnds();
    };
    QMetaObject::invokeMethod(this, announce, Qt::QueuedConnection);
}

void InnerChannel::retire()
{
    if (m_socket)
        QMetaObject::invokeMethod(m_socket, &VirtualSocket::shut, Qt::QueuedConnection);
    deleteLater();
}

} // namespace idstore
