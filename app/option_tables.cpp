// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/option_tables.h"

#include "models/domain/proxy_setting.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

#include <climits>

namespace idstore {

namespace {

using Problem = std::optional<QString>;

Problem setDataDirectory(const QString &value, Invocation &invocation)
{
    if (value.isEmpty())
        return QCoreApplication::translate("Options", "Name the folder that holds the data.");
    invocation.start.dataDirectory = QDir::cleanPath(QDir::current().absoluteFilePath(value));
    return std::nullopt;
}

Problem setPort(const QString &value, Invocation &invocation)
{
    bool isNumber = false;
    const ushort port = value.toUShort(&isNumber);
    if (!isNumber)
        return QCoreApplication::translate("Options",
                                           "A port is a number from 0 to 65535, where 0 means any free one.");
    invocation.start.port = port;
    return std::nullopt;
}

Problem setStore(const QString &value, Invocation &)
{
    if (value == QStringLiteral("sqlite"))
        return std::nullopt;
    // The value itself is not repeated: such an address may hold a password.
    if (value.startsWith(QStringLiteral("postgres"))) {
        return QCoreApplication::translate("Options",
                                           "Team stores on PostgreSQL come later; this version keeps its data in the "
                                           "data directory. Leave the option out or write 'sqlite'.");
    }
    return QCoreApplication::translate("Options", "The only store of this version is 'sqlite'.");
}

Problem setTokenFile(const QString &value, Invocation &invocation)
{
    if (value.isEmpty())
        return QCoreApplication::translate("Options", "Name the file that holds the token.");
    invocation.start.tokenFile = QDir::cleanPath(QDir::current().absoluteFilePath(value));
    return std::nullopt;
}

Problem setSecrets(const QString &value, Invocation &invocation)
{
    if (value == QStringLiteral("keychain"))
        invocation.start.secrets = SecretsChoice::Keychain;
    else if (value == QStringLiteral("vault"))
        invocation.start.secrets = SecretsChoice::Vault;
    else if (value == QStringLiteral("auto"))
        invocation.start.secrets = SecretsChoice::Auto;
    else
        return QCoreApplication::translate("Options", "Credentials are kept in 'keychain' or 'vault', or 'auto'.");
    return std::nullopt;
}

Problem setVaultPassphraseFile(const QString &value, Invocation &invocation)
{
    if (value.isEmpty())
        return QCoreApplication::translate("Options", "Name the file that holds the passphrase.");
    invocation.start.vaultPassphraseFile = QDir::cleanPath(QDir::current().absoluteFilePath(value));
    return std::nullopt;
}

Problem setProxy(const QString &value, Invocation &invocation)
{
    const auto proxy = checkProxy(value);
    if (!proxy)
        return proxy.error().detail();
    invocation.start.proxy = *proxy;
    return std::nullopt;
}

Problem setUploadLimit(const QString &value, Invocation &invocation)
{
    const auto bytes = parseByteSize(value);
    if (!bytes)
        return QCoreApplication::translate("Options", "Write a number of bytes, or a size such as 500M or 2G.");
    invocation.start.uploadLimit = *bytes;
    return std::nullopt;
}

Problem setName(const QString &value, Invocation &invocation)
{
    if (value.trimmed().isEmpty())
        return QCoreApplication::translate("Options", "The name must not be empty.");
    invocation.command.name = value;
    return std::nullopt;
}

Problem setInto(const QString &value, Invocation &invocation)
{
    if (value.trimmed().isEmpty())
        return QCoreApplication::translate("Options", "Name the source, such as src_01.");
    invocation.command.into = value;
    return std::nullopt;
}

Problem setConfig(const QString &value, Invocation &invocation)
{
    const QJsonDocument document = QJsonDocument::fromJson(value.toUtf8());
    if (!document.isObject())
        return QCoreApplication::translate("Options", "Write a JSON object, such as {\"delimiter\": \";\"}.");
    const QJsonObject object = document.object();
    for (auto setting = object.begin(); setting != object.end(); ++setting)
        invocation.command.config.insert(setting.key(), setting.value());
    return std::nullopt;
}

/// The option --header-row is the setting header_row. An empty value takes the setting away.
template <const char *setting>
Problem setText(const QString &value, Invocation &invocation)
{
    invocation.command.config.insert(QLatin1StringView(setting),
                                     value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(value));
    return std::nullopt;
}

template <const char *setting>
Problem setNumber(const QString &value, Invocation &invocation)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!value.isEmpty() && (!isNumber || number < 0))
        return QCoreApplication::translate("Options", "Write a whole number, 0 or more.");
    invocation.command.config.insert(QLatin1StringView(setting),
                                     value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(number));
    return std::nullopt;
}

constexpr char encodingSetting[] = "encoding";
constexpr char delimiterSetting[] = "delimiter";
constexpr char sheetSetting[] = "sheet";
constexpr char rangeSetting[] = "range";
constexpr char headerRowSetting[] = "header_row";

Problem setOutput(const QString &value, Invocation &invocation)
{
    if (value.isEmpty())
        return QCoreApplication::translate("Options", "Name the file to write.");
    invocation.command.output = value == QStringLiteral("-") ? QString() : value;
    return std::nullopt;
}

Problem setFormat(const QString &value, Invocation &invocation)
{
    if (value == QStringLiteral("csv"))
        invocation.command.format = ExportFormat::Csv;
    else if (value == QStringLiteral("ndjson"))
        invocation.command.format = ExportFormat::Ndjson;
    else
        return QCoreApplication::translate("Options", "The format is 'csv' or 'ndjson'.");
    return std::nullopt;
}

Problem setScope(const QString &value, Invocation &invocation)
{
    if (value == QStringLiteral("read"))
        invocation.command.scope = TokenScope::Read;
    else if (value == QStringLiteral("write"))
        invocation.command.scope = TokenScope::Write;
    else
        return QCoreApplication::translate("Options", "The scope is 'read' or 'write'.");
    return std::nullopt;
}

// One row an option; the help and the parsing are both drawn from here.
constexpr OptionSpec options[] = {
    {"data-dir", '\0', "IDENTITY_STORE_DATA_DIR", "DIR", forAll,
     QT_TRANSLATE_NOOP("Options", "Folder that holds the data."), setDataDirectory},
    {"port", '\0', "IDENTITY_STORE_PORT", "N", forWindow | forServe,
     QT_TRANSLATE_NOOP("Options", "Port of the REST API; 0 takes any free one. Default: 8765."), setPort},
    {"store", '\0', "IDENTITY_STORE_STORE", "URL", forAll,
     QT_TRANSLATE_NOOP("Options", "Where rows are kept; 'sqlite' is in the data directory."), setStore},
    {"token-file", '\0', "IDENTITY_STORE_TOKEN_FILE", "FILE", forAll,
     QT_TRANSLATE_NOOP("Options", "File with the token for local scripts. Default: 'token' in the data directory."),
     setTokenFile},
    {"secrets", '\0', "IDENTITY_STORE_SECRETS", "PLACE", forAll,
     QT_TRANSLATE_NOOP("Options",
                       "Where credentials are saved: keychain, vault, or auto, which takes the keychain when "
                       "there is one. Default: auto."),
     setSecrets},
    {"vault-passphrase-file", '\0', "IDENTITY_STORE_VAULT_PASSPHRASE_FILE", "FILE", forAll,
     QT_TRANSLATE_NOOP("Options", "File whose first line protects the vault. Default: a key file in the data "
                                  "directory does."),
     setVaultPassphraseFile},
    {"vault-key-file", '\0', "", nullptr, forWindow | forServe,
     QT_TRANSLATE_NOOP("Options", "With the passphrase: goes back to a key file, without a passphrase."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.start.vaultKeyInFile = true;
         return std::nullopt;
     }},
    {"proxy", '\0', "IDENTITY_STORE_PROXY", "URL", forWindow | forServe | forImport | forIngest,
     QT_TRANSLATE_NOOP("Options", "Proxy to reach sources through, or 'none'. Default: as set, else the system's."),
     setProxy},
    {"upload-limit", '\0', "IDENTITY_STORE_UPLOAD_LIMIT", "BYTES", forWindow | forServe | forImport,
     QT_TRANSLATE_NOOP("Options", "Largest file taken, such as 500M or 2G. Default: 2G."), setUploadLimit},
    {"name", '\0', "", "NAME", forImport | forTokenCreate,
     QT_TRANSLATE_NOOP("Options", "Name of the new source or token."), setName},
    {"into", '\0', "", "ID", forImport,
     QT_TRANSLATE_NOOP("Options", "Give this source the file, instead of making a new one."), setInto},
    {"encoding", '\0', "", "NAME", forImport,
     QT_TRANSLATE_NOOP("Options", "Encoding of the text. This and the next are found out, unless said."),
     setText<encodingSetting>},
    {"delimiter", '\0', "", "TEXT", forImport,
     QT_TRANSLATE_NOOP("Options", "Characters between fields, or the word tab."), setText<delimiterSetting>},
    {"header-row", '\0', "", "N", forImport,
     QT_TRANSLATE_NOOP("Options", "Line with the names of the columns; 0 for none."), setNumber<headerRowSetting>},
    {"sheet", '\0', "", "NAME", forImport, QT_TRANSLATE_NOOP("Options", "Sheet of a workbook."), setText<sheetSetting>},
    {"range", '\0', "", "CELLS", forImport, QT_TRANSLATE_NOOP("Options", "Cells of a sheet, such as A1:F200."),
     setText<rangeSetting>},
    {"config", '\0', "", "JSON", forImport,
     QT_TRANSLATE_NOOP("Options", "Any settings of how to read the file, as a JSON object."), setConfig},
    {"no-wait", '\0', "", nullptr, forImport | forIngest,
     QT_TRANSLATE_NOOP("Options", "Leave the work to the running instance and return at once."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.command.wait = false;
         return std::nullopt;
     }},
    {"full", '\0', "", nullptr, forIngest,
     QT_TRANSLATE_NOOP("Options", "Read everything again, whatever was read before."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.command.fullLoad = true;
         return std::nullopt;
     }},
    {"confirm-removals", '\0', "", nullptr, forIngest,
     QT_TRANSLATE_NOOP("Options", "Remove the rows that are gone from the source, however many they are."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.command.confirmRemovals = true;
         return std::nullopt;
     }},
    {"output", 'o', "", "FILE", forExport, QT_TRANSLATE_NOOP("Options", "File to write. Default: standard output."),
     setOutput},
    {"format", '\0', "", "FORMAT", forExport, QT_TRANSLATE_NOOP("Options", "csv or ndjson. Default: csv."), setFormat},
    {"types", '\0', "", nullptr, forExport,
     QT_TRANSLATE_NOOP("Options", "NDJSON: numbers, booleans and dates by their column's type."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.command.typedExport = true;
         return std::nullopt;
     }},
    {"scope", '\0', "", "SCOPE", forTokenCreate, QT_TRANSLATE_NOOP("Options", "read or write. Default: write."),
     setScope},
    {"json", '\0', "", nullptr, forReports | forActions | forImport | forIngest | forTokenCreate,
     QT_TRANSLATE_NOOP("Options", "Print the answers of the REST API, for scripts."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.command.json = true;
         return std::nullopt;
     }},
    {"version", '\0', "", nullptr, forAll, QT_TRANSLATE_NOOP("Options", "Print the version."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.face = Face::Version;
         return std::nullopt;
     }},
    {"help", 'h', "", nullptr, forAll, QT_TRANSLATE_NOOP("Options", "Print this help."),
     [](const QString &, Invocation &invocation) -> Problem {
         invocation.face = Face::Help;
         return std::nullopt;
     }},
};

constexpr CommandSpec commands[] = {
    {"serve", "", CommandKind::None, forServe, 0, 0,
     QT_TRANSLATE_NOOP("Options", "Serve the REST API without a window.")},
    {"import", "FILE…", CommandKind::Import, forImport, 1, INT_MAX,
     QT_TRANSLATE_NOOP("Options", "Add files as sources, or one to a source, and ingest the rows.")},
    {"list", "", CommandKind::List, forReports, 0, 0, QT_TRANSLATE_NOOP("Options", "List the sources.")},
    {"ingest", "ID", CommandKind::Ingest, forIngest, 1, 1, QT_TRANSLATE_NOOP("Options", "Bring a source up to date.")},
    {"export", "ID", CommandKind::Export, forExport, 1, 1, QT_TRANSLATE_NOOP("Options", "Write the rows of a source.")},
    {"history", "ID", CommandKind::History, forReports, 1, 1,
     QT_TRANSLATE_NOOP("Options", "List the ingestion runs of a source.")},
    {"rejects", "ID", CommandKind::Rejects, forReports, 1, 1,
     QT_TRANSLATE_NOOP("Options", "List the rows that were set aside.")},
    {"test", "ID", CommandKind::Test, forReports, 1, 1,
     QT_TRANSLATE_NOOP("Options", "Try the connection of a source, step by step.")},
    {"changes", "RUN", CommandKind::Changes, forReports, 1, 1,
     QT_TRANSLATE_NOOP("Options", "List what a run changed, row by row.")},
    {"rollback", "ID", CommandKind::Rollback, forActions, 1, 1,
     QT_TRANSLATE_NOOP("Options", "Take back the last run of a source that changed rows.")},
    {"cancel", "ID", CommandKind::Cancel, forActions, 1, 1,
     QT_TRANSLATE_NOOP("Options", "Stop the ingestion of a source.")},
    {"delete", "ID", CommandKind::Delete, forActions, 1, 1,
     QT_TRANSLATE_NOOP("Options", "Delete a source and its rows.")},
    {"token create", "", CommandKind::TokenCreate, forTokenCreate, 0, 0,
     QT_TRANSLATE_NOOP("Options", "Make a token for the REST API and show it once.")},
    {"token list", "", CommandKind::TokenList, forReports, 0, 0, QT_TRANSLATE_NOOP("Options", "List the tokens.")},
    {"token revoke", "ID", CommandKind::TokenRevoke, forActions, 1, 1,
     QT_TRANSLATE_NOOP("Options", "Make a token useless from now on.")},
};

QString helpLine(const QString &left, const char *help)
{
    constexpr int column = 26;
    return QStringLiteral("  %1 %2\n").arg(left, -column).arg(QCoreApplication::translate("Options", help));
}

} // namespace

std::span<const OptionSpec> optionTable()
{
    return options;
}

std::span<const CommandSpec> commandTable()
{
    return commands;
}

QString helpText()
{
    QString text = QCoreApplication::translate("Options", "Usage: identity-store [COMMAND] [OPTION…]\n\n"
                                                          "Without a command, the window opens.\n\n"
                                                          "Commands:\n");
    for (const CommandSpec &command : commandTable()) {
        const QString left = QString::fromLatin1(command.name) + u' ' + QString::fromUtf8(command.synopsis);
        text += helpLine(left, command.help);
    }
    text += u'\n';
    text += QCoreApplication::translate("Options", "Options:\n");
    for (const OptionSpec &option : optionTable()) {
        QString left =
            option.letter == '\0' ? QStringLiteral("--") : QStringLiteral("-%1, --").arg(QLatin1Char(option.letter));
        left += QLatin1StringView(option.name);
        if (option.valueName)
            left += u' ' + QLatin1StringView(option.valueName);
        text += helpLine(left, option.help);
    }
    text += u'\n';
    text += QCoreApplication::translate("Options", "Instead of an option, the environment may set it:\n");
    for (const OptionSpec &option : optionTable()) {
        if (*option.environment != '\0')
            text += QStringLiteral("  %1\n").arg(QLatin1StringView(option.environment));
    }
    return text;
}

} // namespace idstore
