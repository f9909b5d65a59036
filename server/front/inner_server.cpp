// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/inner_server.h"

#include "server/front/virtual_socket.h"
#include "server/http/http_message.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTemporaryDir>

#ifdef Q_OS_UNIX
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace idstore {

namespace {

#ifdef Q_OS_UNIX
/// A listening socket at a path that is gone by the time this returns; -1 when that fails.
int listenNowhere()
{
    const QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/idstore-XXXXXX"));
    const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("s")));
    sockaddr_un address{};
    if (!folder.isValid() || path.size() >= static_cast<qsizetype>(sizeof(address.sun_path)))
        return -1;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor < 0)
        return -1;
    const bool listening = ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0 &&
                           ::listen(descriptor, 1) == 0;
    if (!listening) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}
#endif

} // namespace

Result<void> InnerServer::open()
{
#ifdef Q_OS_UNIX
    const int descriptor = listenNowhere();
    if (descriptor >= 0) {
        if (setSocketDescriptor(descriptor))
            return {};
        ::close(descriptor);
    }
#endif
    if (listen(QHostAddress::LocalHost))
        return {};
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("inner_server");
    error.message = ServerText::tr("The REST API cannot start.");
    error.cause = errorString();
    return error;
}

void InnerServer::addConnection(VirtualSocket *socket)
{
    addPendingConnection(socket);
    Q_EMIT newConnection();
}

void InnerServer::incomingConnection(qintptr descriptor)
{
    QTcpSocket stranger;
    if (stranger.setSocketDescriptor(descriptor))
        stranger.abort();
}

} // namespace idstore
