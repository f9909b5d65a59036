// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace idstore {

class Engine;

struct ApiServerOptions
{
    static constexpr quint16 defaultPort = 8765;

    quint16 port = defaultPort; ///< 0: any free port
    bool nextFreePort = false; ///< when `port` is taken, try the following ones (the window does, `serve` does not)
};

/// The REST API on loopback, on its own thread. Made, started and stopped on the application's thread.
class ApiServer : public QObject
{
    Q_OBJECT

public:
    /// `engine` must outlive the server.
    explicit ApiServer(Engine &engine, QObject *parent = nullptr);
    /// Stops.
    ~ApiServer() override;

    /// Listens and answers; returns the base address, "http://127.0.0.1:8765".
    /// Error: Conflict ("port_in_use"), naming the port.
    [[nodiscard]] Result<QUrl> start(const ApiServerOptions &options);
    /// Stops accepting, ends streams, lets answers under way finish for at most two seconds. Idempotent.
    void stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace idstore
