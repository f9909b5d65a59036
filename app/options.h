// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/services/engine.h"
#include "models/services/record_service.h"
#include "server/api_server.h"

#include <QJsonObject>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace idstore {

/// What the program was asked to be.
enum class Face { Window, Serve, Command, Help, Version };

enum class CommandKind {
    None,
    Import,
    List,
    Ingest,
    Export,
    History,
    Delete,
    Cancel,
    Changes,
    Rollback,
    Rejects,
    Test,
    TokenCreate,
    TokenList,
    TokenRevoke
};

/// Where credentials are kept.
enum class SecretsChoice {
    Auto, ///< in the keychain when this session has one, else in the vault
    Keychain,
    Vault
};

/// How the store and the REST API are started, whichever the face.
struct StartOptions
{
    QString dataDirectory; ///< absolute
    quint16 port = ApiServerOptions::defaultPort; ///< 0: any free port
    QString tokenFile; ///< absolute; by default "token" in the data directory
    qint64 uploadLimit = EngineOptions::defaultUploadLimit; ///< bytes
    SecretsChoice secrets = SecretsChoice::Auto; ///< --secrets
    QString vaultPassphraseFile; ///< absolute; empty: the vault's key is in a file
    bool vaultKeyInFile = false; ///< --vault-key-file
    QString proxy; ///< --proxy, as of models/domain/proxy_setting.h; empty: as the settings say
};

/// One command of the command line with what was said about it.
struct CommandCall
{
    CommandKind kind = CommandKind::None;
    QStringList arguments; ///< files of an import, else the id of a source or token
    QString name; ///< --name
    QString into; ///< --into: the source whose file an import replaces; empty: a new one
    QJsonObject config; ///< --config and the options for single settings
    bool fullLoad = false; ///< --full
    bool confirmRemovals = false; ///< --confirm-removals
    bool wait = true; ///< false: --no-wait
    bool json = false; ///< --json
    QString output; ///< --output; empty: standard output
    ExportFormat format = ExportFormat::Csv; ///< --format
    bool typedExport = false; ///< --types
    TokenScope scope = TokenScope::Write; ///< --scope
};

struct Invocation
{
    Face face = Face::Window;
    StartOptions start;
    CommandCall command;
};

/// Reads the command line (without the program's name) and the environment: an option wins over its variable
/// (IDENTITY_STORE_DATA_DIR for --data-dir, and so on), a variable over the default.
/// Error: InvalidInput ("wrong_usage"), a sentence for standard error. Needs no application object.
[[nodiscard]] Result<Invocation> parseInvocation(const QStringList &arguments, const QProcessEnvironment &environment);

/// "500M", "2G", "1048576": bytes, with K, M, G and T as powers of 1024; nothing for anything else and for less than 1.
[[nodiscard]] std::optional<qint64> parseByteSize(QStringView text);

/// The answer to --help, drawn from the same tables as the parsing.
[[nodiscard]] QString helpText();

} // namespace idstore
