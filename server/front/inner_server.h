// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QTcpServer>

namespace idstore {

class VirtualSocket;

/// The server that QHttpServer is bound to. QHttpServer wants a listening one, so this one listens where nobody can
/// come in: on Unix at an address that is removed at once, elsewhere on a loopback port whose callers are hung up on.
/// Connections are handed in by the front. API thread.
class InnerServer : public QTcpServer
{
    Q_OBJECT

public:
    using QTcpServer::QTcpServer;

    /// Error: Unavailable ("inner_server").
    [[nodiscard]] Result<void> open();
    void addConnection(VirtualSocket *socket);

protected:
    void incomingConnection(qintptr descriptor) override;
};

} // namespace idstore
