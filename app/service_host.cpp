// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service_host.h"

#include "app/secrets/keychain_store.h"
#include "connectors/connector_catalog.h"
#include "models/base/logging.h"
#include "models/services/engine.h"

#include <QCoreApplication>

#include <utility>

namespace idstore {

namespace {

Error noKeychain()
{
    return {ErrorKind::Unavailable,
            QStringLiteral("keychain_unavailable"),
            QCoreApplication::translate("ServiceHost", "There is no keychain in this session."),
            QCoreApplication::translate("ServiceHost", "Start with --secrets vault to keep credentials in the data "
                                                       "directory, encrypted."),
            {},
            {}};
}

} // namespace

ServiceHost::ServiceHost(InstanceKind kind, StartOptions options)
    : m_kind(kind)
    , m_options(std::move(options))
    , m_connectors(std::make_unique<BuiltInConnectors>())
{}

Result<std::unique_ptr<ServiceHost>> ServiceHost::open(InstanceKind kind, const StartOptions &options)
{
    std::unique_ptr<ServiceHost> host(new ServiceHost(kind, options));
    EngineOptions engineOptions;
    engineOptions.dataDirectory = options.dataDirectory;
    engineOptions.uploadLimit = options.uploadLimit;
    engineOptions.vaultPassphraseFile = options.vaultPassphraseFile;
    engineOptions.vaultKeyInFile = options.vaultKeyInFile;
    engineOptions.proxy = options.proxy;
    if (KeychainStore::isAvailable())
        engineOptions.keychain = std::make_shared<KeychainStore>(options.dataDirectory);
    else if (options.secrets == SecretsChoice::Keychain)
        return noKeychain();
    engineOptions.secrets = options.secrets == SecretsChoice::Vault ? SecretPlace::Vault : SecretPlace::Keychain;
    IDS_TRY(engine, Engine::open(engineOptions, *host->m_connectors, host->m_clock));
    host->m_engine = std::move(engine);
    // What is there was left by a process that died; its address must not be given to anybody.
    removeInstanceFile(options.dataDirectory);
    IDS_CHECK(host->m_engine->tokens().ensureTokenFile(options.tokenFile));
    return host;
}

ServiceHost::~ServiceHost()
{
    stop();
}

Result<void> ServiceHost::listen(const ApiServerOptions &options)
{
    m_server = std::make_unique<ApiServer>(*m_engine);
    IDS_TRY(url, m_server->start(options));
    m_url = url;

    InstanceInfo info;
    info.kind = m_kind;
    info.pid = QCoreApplication::applicationPid();
    info.url = m_url;
    info.tokenFile = m_options.tokenFile;
    return writeInstanceFile(m_options.dataDirectory, info);
}

void ServiceHost::stop()
{
    if (!m_engine)
        return;
    if (m_server)
        m_server->stop();
    m_engine->ingestion().shutDown();
    m_server.reset();
    // Before the directory is released: afterwards the file may be another process's.
    removeInstanceFile(m_options.dataDirectory);
    m_engine.reset();
    qCInfo(logApp, "stopped");
}

Error withHolder(const Error &error, const QString &dataDirectory)
{
    if (error.code != QStringLiteral("data_directory_in_use"))
        return error;
    Error explained = error;
    const auto holder = readInstanceFile(dataDirectory);
    if (!holder || holder->url.isEmpty())
        return explained;
    if (holder->kind == InstanceKind::Command) {
        explained.message = QCoreApplication::translate("ServiceHost", "The data directory %1 is in use by a command "
                                                                       "(process %2).")
                                .arg(dataDirectory, QString::number(holder->pid));
        explained.remedy = QCoreApplication::translate("ServiceHost", "Try again when it has finished.");
    } else {
        explained.message =
            QCoreApplication::translate("ServiceHost", "The data directory %1 is in use by the instance "
                                                       "at %2 (process %3).")
                .arg(dataDirectory, holder->url.toString(), QString::number(holder->pid));
        explained.remedy =
            QCoreApplication::translate("ServiceHost", "Use that one, stop it, or name another --data-dir.");
    }
    return explained;
}

} // namespace idstore
