// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/single_window.h"

#include "models/base/logging.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace idstore {

namespace {

constexpr int patience = 1000; ///< ms
const QByteArray greeting = QByteArrayLiteral("identity-store window\n");

QString userKey()
{
#ifdef Q_OS_UNIX
    return QString::number(::getuid());
#else
    return qEnvironmentVariable("USERNAME");
#endif
}

/// The same for every way of writing the directory's path, and short: socket paths end at about 100 bytes.
QString socketNameFor(const QString &dataDirectory)
{
    const QString canonical = QFileInfo(dataDirectory).canonicalFilePath();
    const QString path = canonical.isEmpty() ? QDir::cleanPath(dataDirectory) : canonical;
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStringLiteral("identity-store-%1-%2").arg(userKey(), QString::fromLatin1(hash));
}

} // namespace

SingleWindow::SingleWindow(const QString &dataDirectory, QObject *parent)
    : QObject(parent)
    , m_socketName(socketNameFor(dataDirectory))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleWindow::answer);
}

bool SingleWindow::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketName);
    if (!socket.waitForConnected(patience))
        return false;
    // Only the greeting proves that somebody is there: a socket of a hung process accepts connections too.
    while (socket.bytesAvailable() < greeting.size()) {
        if (!socket.waitForReadyRead(patience))
            return false;
    }
    return socket.readAll().startsWith(greeting);
}

void SingleWindow::listen()
{
    if (m_server.listen(m_socketName))
        return;
    QLocalServer::removeServer(m_socketName);
    if (!m_server.listen(m_socketName))
        qCWarning(logApp).noquote() << "a second start will not find this window:" << m_server.errorString();
}

void SingleWindow::answer()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        socket->write(greeting);
        socket->disconnectFromServer();
        Q_EMIT raiseRequested();
    }
}

} // namespace idstore
