// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/services/connection_service.h"
#include "models/services/ingestion_service.h"
#include "models/services/preview_service.h"
#include "models/services/record_service.h"
#include "models/services/rejection_service.h"
#include "models/services/settings_service.h"
#include "models/services/source_service.h"
#include "models/services/token_service.h"

#include <QString>

#include <memory>

namespace idstore {

struct EngineParts;
class SecretStore;

/// Where credentials that are saved go.
enum class SecretPlace { Keychain, Vault };

struct EngineOptions
{
    static constexpr qint64 defaultUploadLimit = 2LL * 1024 * 1024 * 1024;

    QString dataDirectory; ///< made when missing
    qint64 uploadLimit = defaultUploadLimit; ///< bytes
    int parallelRuns = 2;
    std::chrono::milliseconds connectionTestLimit = ConnectionService::defaultTimeLimit;
    SecretPlace secrets = SecretPlace::Vault; ///< Keychain needs one
    std::shared_ptr<SecretStore> keychain; ///< null: there is none. What is in it is read, whatever `secrets` says
    QString vaultPassphraseFile; ///< its first line opens the vault; empty: the vault's key is in a file
    bool vaultKeyInFile = false; ///< with a passphrase: puts the key back into a file
    QString proxy; ///< as of proxy_setting.h, in place of the one that is kept; empty: that one
};

/// The store and the services over it: the one API that the window, the REST server and the command line call.
/// Opening takes the data directory for this process alone, brings the catalog up to date, and cleans up after a
/// process that died. Made and destroyed on one thread; the services are thread-safe.
class Engine
{
public:
    /// Errors: Conflict ("data_directory_in_use"), Unavailable ("network_share", "newer_store", "not_writable",
    /// "vault_locked", "vault_passphrase_unreadable", "settings_unreadable"), those of checkProxy(), Unauthenticated
    /// ("vault_passphrase_wrong"). `connectors` and `clock` must outlive the engine.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const EngineOptions &options,
                                                              const ConnectorCatalog &connectors, const Clock &clock);
    /// Cancels what runs, waits for it, releases the directory.
    ~Engine();

    [[nodiscard]] SourceService &sources();
    [[nodiscard]] IngestionService &ingestion();
    [[nodiscard]] RecordService &records();
    [[nodiscard]] RejectionService &rejections();
    [[nodiscard]] PreviewService &previews();
    [[nodiscard]] ConnectionService &connections();
    [[nodiscard]] TokenService &tokens();
    [[nodiscard]] SettingsService &settings();

    [[nodiscard]] QString dataDirectory() const;
    /// Bytes the data directory takes up now. Walks the directory: call it off the window's thread.
    [[nodiscard]] qint64 bytesOnDisk() const;

private:
    explicit Engine(std::unique_ptr<EngineParts> parts);

    std::unique_ptr<EngineParts> m_parts;
};

} // namespace idstore
