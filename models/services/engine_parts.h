// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/engine.h"
#include "models/store/catalog_database.h"
#include "models/store/correction_repository.h"
#include "models/store/data_directory.h"
#include "models/store/dataset_store.h"
#include "models/store/run_repository.h"
#include "models/store/secret_vault.h"
#include "models/store/source_repository.h"

#include <QMutex>

#include <memory>

namespace idstore {

/// What the services share. Private to models/services; built by Engine::open, destroyed from the last member to the
/// first.
struct EngineParts
{
    EngineOptions options;
    const ConnectorCatalog &connectors;
    const Clock &clock;
    std::unique_ptr<DataDirectory> directory;
    std::unique_ptr<CatalogDatabase> catalog;
    std::unique_ptr<SourceRepository> sourceRows;
    std::unique_ptr<RunRepository> runRows;
    std::unique_ptr<CorrectionRepository> corrections;
    std::unique_ptr<DatasetStore> datasets;
    std::unique_ptr<SecretVault> vault;
    std::unique_ptr<TwoSecretStores> secretStores; ///< vault and keychain, when there is one
    SecretStore *secrets = nullptr; ///< the way to credentials: secretStores or the vault alone

    /// Held while a run of any source starts or ends and while a source is deleted, so that nobody sees a source that
    /// is ready but not yet free, or deletes one under a starting run. Never held while rows move.
    QMutex lifecycle;

    std::unique_ptr<SettingsService> settings;
    std::unique_ptr<TokenService> tokens;
    std::unique_ptr<SourceService> sources;
    std::unique_ptr<RecordService> records;
    std::unique_ptr<RejectionService> rejections;
    std::unique_ptr<PreviewService> previews;
    std::unique_ptr<ConnectionService> connections;
    std::unique_ptr<IngestionService> ingestion; ///< goes first: its runs use all of the above
};

} // namespace idstore
