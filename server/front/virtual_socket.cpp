// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/virtual_socket.h"

#include <QHostAddress>

#include <algorithm>
#include <cstring>

namespace idstore {

VirtualSocket::VirtualSocket(quint16 localPort, QObject *parent)
    : QTcpSocket(parent)
{
    setPeerAddress(QHostAddress::LocalHost);
    setPeerPort(1);
    setLocalAddress(QHostAddress::LocalHost);
    setLocalPort(localPort);
    setSocketState(QAbstractSocket::ConnectedState);
    setOpenMode(QIODevice::ReadWrite);
}

void VirtualSocket::feed(const QByteArray &bytes)
{
    if (m_read == m_incoming.size()) {
        m_incoming = bytes;
        m_read = 0;
    } else {
        m_incoming.append(bytes);
    }
    Q_EMIT readyRead();
}

void VirtualSocket::shut()
{
    if (state() == QAbstractSocket::UnconnectedState)
        return;
    setSocketState(QAbstractSocket::UnconnectedState);
    setOpenMode(QIODevice::NotOpen);
    Q_EMIT stateChanged(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
}

qint64 VirtualSocket::bytesAvailable() const
{
    return QTcpSocket::bytesAvailable() + m_incoming.size() - m_read;
}

qint64 VirtualSocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_incoming.size() - m_read);
    std::memcpy(data, m_incoming.constData() + m_read, static_cast<std::size_t>(size));
    m_read += size;
    if (m_read == m_incoming.size()) {
        m_incoming.clear();
        m_read = 0;
    }
    return size;
}

qint64 VirtualSocket::writeData(const char *data, qint64 size)
{
    Q_EMIT written(QByteArray(data, size));
    return size;
}

} // namespace idstore
