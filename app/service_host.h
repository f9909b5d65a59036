// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instance_file.h"
#include "app/options.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "server/api_server.h"

#include <QUrl>

#include <memory>

namespace idstore {

class BuiltInConnectors;
class Engine;

/// The engine, the REST API over it, and the instance file that tells other processes where to find them: what the
/// window, `serve` and a command without a running instance have in common.
/// Made and destroyed on the application's thread, after the application object.
///
///     IDS_TRY(host, ServiceHost::open(InstanceKind::Serve, options));
///     IDS_CHECK(host->listen(serverOptions));
class ServiceHost
{
public:
    /// Opens the engine and makes sure the token file works.
    /// Errors: those of Engine::open (Conflict "data_directory_in_use", …) and of the token file; Unavailable
    /// "keychain_unavailable" when a keychain was asked for by name.
    [[nodiscard]] static Result<std::unique_ptr<ServiceHost>> open(InstanceKind kind, const StartOptions &options);
    /// Stops.
    ~ServiceHost();

    /// Starts the REST API and writes the instance file. Errors: those of ApiServer::start, "not_writable".
    [[nodiscard]] Result<void> listen(const ApiServerOptions &options);
    /// Stops answering, cancels what runs and waits for it, removes the instance file, releases the directory.
    void stop();

    [[nodiscard]] Engine &engine() { return *m_engine; }
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString tokenFile() const { return m_options.tokenFile; }

private:
    ServiceHost(InstanceKind kind, StartOptions options);

    InstanceKind m_kind;
    StartOptions m_options;
    SystemClock m_clock;
    // Destroyed from the bottom up: the server uses the engine, the engine the connectors.
    std::unique_ptr<BuiltInConnectors> m_connectors;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ApiServer> m_server;
    QUrl m_url;
};

/// `error` as it came from ServiceHost::open; for a directory in use, with the address of who uses it.
[[nodiscard]] Error withHolder(const Error &error, const QString &dataDirectory);

} // namespace idstore
