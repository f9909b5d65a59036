// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/engine.h"

#include "models/base/logging.h"
#include "models/services/engine_parts.h"
#include "models/store/sqlite/sqlite_dataset_store.h"

#include <QCoreApplication>
#include <QFile>

namespace idstore {

namespace {

/// What a process that died has left behind: runs that will never end, rows half built, uploads nobody knows.
Result<void> recover(EngineParts &parts)
{
    IDS_TRY(interrupted, parts.catalog->write([&] { return parts.runRows->failInterrupted(parts.clock.now()); }));
    if (interrupted > 0)
        qCInfo(logServices) << interrupted << "runs were interrupted";
    IDS_TRY(sources, parts.sourceRows->storedFiles());
    IDS_TRY(generations, parts.sourceRows->allGenerations());
    parts.directory->removeOrphans(sources, generations);
    return {};
}

Result<Secret> passphraseIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{
            ErrorKind::Unavailable,
            QStringLiteral("vault_passphrase_unreadable"),
            QCoreApplication::translate("Engine", "The file with the passphrase, %1, cannot be read.").arg(path),
            QCoreApplication::translate("Engine", "Check its name and permissions (--vault-passphrase-file)."),
            file.errorString(),
            {}};
    }
    constexpr qint64 mostBytes = 64 * 1024;
    QByteArray line = file.readLine(mostBytes);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return Secret(std::move(line));
}

Result<void> openSecrets(EngineParts &parts)
{
    const EngineOptions &options = parts.options;
    parts.vault = std::make_unique<SecretVault>(parts.directory->vaultFolder());
    if (!options.vaultPassphraseFile.isEmpty()) {
        IDS_TRY(passphrase, passphraseIn(options.vaultPassphraseFile));
        IDS_CHECK(parts.vault->unlock(passphrase, options.vaultKeyInFile ? SecretVault::KeyPlace::File
                                                                         : SecretVault::KeyPlace::Passphrase));
    }
    const bool toKeychain = options.keychain && options.secrets == SecretPlace::Keychain;
    // Before the first run needs it, and nobody is there to read the error.
    if (!toKeychain)
        IDS_CHECK(parts.vault->checkUnlocked());
    parts.secrets = parts.vault.get();
    if (options.keychain) {
        SecretStore &keychain = *options.keychain;
        SecretStore &vault = *parts.vault;
        parts.secretStores = toKeychain ? std::make_unique<TwoSecretStores>(keychain, vault)
                                        : std::make_unique<TwoSecretStores>(vault, keychain);
        parts.secrets = parts.secretStores.get();
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions &options, const ConnectorCatalog &connectors,
                                             const Clock &clock)
{
    std::unique_ptr<EngineParts> parts(new EngineParts{options, connectors, clock, {}, {}, {}, {}, {}, {}, {}, {},
                                                       {},      {},         {},    {}, {}, {}, {}, {}, {}, {}});
    IDS_TRY(directory, DataDirectory::open(options.dataDirectory));
    parts->directory = std::move(directory);
    IDS_TRY(catalog, CatalogDatabase::open(parts->directory->catalogPath()));
    parts->catalog = std::move(catalog);
    parts->sourceRows = std::make_unique<SourceRepository>(*parts->catalog, *parts->directory);
    parts->runRows = std::make_unique<RunRepository>(*parts->catalog);
    parts->corrections = std::make_unique<CorrectionRepository>(*parts->catalog);
    parts->datasets = std::make_unique<SqliteDatasetStore>(*parts->directory);
    IDS_CHECK(openSecrets(*parts));
    parts->settings = std::make_unique<SettingsService>(
        QString(parts->directory->path() + QStringLiteral("/settings.json")), options.proxy);
    IDS_CHECK(parts->settings->load());
    IDS_CHECK(recover(*parts));

    parts->tokens = std::make_unique<TokenService>(*parts->catalog, clock);
    parts->sources = std::make_unique<SourceService>(*parts);
    parts->records = std::make_unique<RecordService>(*parts);
    parts->rejections = std::make_unique<RejectionService>(*parts);
    parts->previews = std::make_unique<PreviewService>(*parts);
    parts->connections = std::make_unique<ConnectionService>(*parts, options.connectionTestLimit);
    parts->ingestion = std::make_unique<IngestionService>(*parts);
    return std::unique_ptr<Engine>(new Engine(std::move(parts)));
}

Engine::Engine(std::unique_ptr<EngineParts> parts)
    : m_parts(std::move(parts))
{}

Engine::~Engine() = default;

SourceService &Engine::sources()
{
    return *m_parts->sources;
}

IngestionService &Engine::ingestion()
{
    return *m_parts->ingestion;
}

RecordService &Engine::records()
{
    return *m_parts->records;
}

RejectionService &Engine::rejections()
{
    return *m_parts->rejections;
}

PreviewService &Engine::previews()
{
    return *m_parts->previews;
}

ConnectionService &Engine::connections()
{
    return *m_parts->connections;
}

TokenService &Engine::tokens()
{
    return *m_parts->tokens;
}

SettingsService &Engine::settings()
{
    return *m_parts->settings;
}

QString Engine::dataDirectory() const
{
    return m_parts->directory->path();
}

qint64 Engine::bytesOnDisk() const
{
    return m_parts->directory->bytesOnDisk();
}

} // namespace idstore
