// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/half_close.h"

#include <QTcpSocket>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace idstore {

void halfClose(QTcpSocket &socket)
{
#ifdef Q_OS_UNIX
    if (socket.socketDescriptor() >= 0)
        ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
#else
    Q_UNUSED(socket)
#endif
}

} // namespace idstore
