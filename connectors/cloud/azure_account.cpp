// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/azure_account.h"

#include "connectors/cloud/store_time.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AzureAccount)
};

constexpr char publicSuffix[] = "core.windows.net";

// The account that the storage emulators know; its key is published and the same everywhere.
constexpr char emulatorAccount[] = "devstoreaccount1";
constexpr char emulatorKey[] =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
constexpr char emulatorHost[] = "http://127.0.0.1";
constexpr int emulatorPort = 10000;

Error invalid(const QString &code, const QString &field, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = code,
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{field, message}}};
}

Error malformedString(const QString &message)
{
    return invalid(QStringLiteral("connection_string_malformed"), QStringLiteral("credentials.connection_string"),
                   message, Words::tr("Copy it again from the access keys of the storage account."));
}

Error source(const QString &code, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::Source, .code = code, .message = message, .remedy = remedy, .cause = {}, .fields = {}};
}

Result<Secret> decodedKey(const Secret &base64, const QString &field)
{
    const QByteArray text = base64.reveal().trimmed();
    auto key = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.isEmpty()) {
        return invalid(QStringLiteral("account_key_malformed"), field, Words::tr("This is not an account key."),
                       Words::tr("Copy the whole key from the access keys of the storage account."));
    }
    return Secret(std::move(key.decoded));
}

Result<void> checkName(const QString &name)
{
    // Wider than Azure's own rule: Azurite and private clouds allow more.
    static const QRegularExpression rule(QStringLiteral("\\A[A-Za-z0-9_-]{1,64}\\z"));
    if (rule.match(name).hasMatch())
        return {};
    return invalid(QStringLiteral("account_name_malformed"), QStringLiteral("credentials.account_name"),
                   Words::tr("This is not the name of a storage account."),
                   Words::tr("Enter the name alone, such as contosodata, without an address."));
}

QUrl endpointOf(const QString &name, const QString &protocol, const QString &suffix)
{
    QUrl url;
    url.setScheme(protocol);
    url.setHost(name + QStringLiteral(".blob.") + suffix);
    return url;
}

QUrl publicEndpoint(const QString &name)
{
    return endpointOf(name, QStringLiteral("https"), QString::fromLatin1(publicSuffix));
}

/// "Name=value;…"; values may hold equals signs. Names in lower case.
using Settings = std::map<QByteArray, QByteArray>;

Result<Settings> settings(const QByteArray &text)
{
    Settings found;
    const QList<QByteArray> parts = text.split(';');
    for (const QByteArray &part : parts) {
        const QByteArray setting = part.trimmed();
        if (setting.isEmpty())
            continue;
        const qsizetype equals = setting.indexOf('=');
        if (equals <= 0)
            return malformedString(Words::tr("The connection string does not consist of names and values."));
        found[setting.left(equals).trimmed().toLower()] = setting.mid(equals + 1).trimmed();
    }
    return found;
}

Result<AzureAccount> emulator(const Settings &settings)
{
    AzureAccount account;
    account.name = QString::fromLatin1(emulatorAccount);
    const auto proxy = settings.find("developmentstorageproxyuri");
    account.endpoint =
        QUrl(proxy == settings.end() ? QString::fromLatin1(emulatorHost) : QString::fromUtf8(proxy->second));
    if (account.endpoint.host().isEmpty())
        return malformedString(Words::tr("The DevelopmentStorageProxyUri of the connection string is not an address."));
    account.endpoint.setPort(emulatorPort);
    account.endpoint.setPath(u'/' + account.name);
    IDS_TRY(key, decodedKey(Secret(emulatorKey), QStringLiteral("credentials.connection_string")));
    account.key = std::move(key);
    return account;
}

/// The name of the account from the address of its Blob service.
QString nameFrom(const QUrl &endpoint)
{
    const QString path = endpoint.path().section(u'/', 1, 1);
    return path.isEmpty() ? endpoint.host().section(u'.', 0, 0) : path;
}

} // namespace

Result<SharedAccess> SharedAccess::parse(const Secret &text)
{
    QByteArray query = text.reveal().trimmed();
    query = query.mid(query.indexOf('?') + 1);
    SharedAccess access;
    access.m_query = Secret(query);
    bool isSigned = false;
    for (const auto &[name, value] : queryItems(query))
        isSigned = isSigned || (name == "sig" && !value.isEmpty());
    const bool isPlain =
        std::all_of(query.begin(), query.end(), [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
    if (!isSigned || !isPlain) {
        return invalid(QStringLiteral("sas_malformed"), QStringLiteral("credentials.sas_token"),
                       Words::tr("This is not a shared access signature."),
                       Words::tr("Copy the whole SAS token, from sv= to the end of sig=."));
    }
    return access;
}

QString SharedAccess::parameter(QByteArrayView name) const
{
    for (const auto &[itemName, value] : queryItems(m_query.reveal())) {
        if (itemName == name)
            return QString::fromUtf8(value);
    }
    return {};
}

std::optional<QDateTime> SharedAccess::expiry() const
{
    const QDateTime end = isoTime(parameter("se"));
    if (!end.isValid())
        return {};
    return end;
}

Result<void> SharedAccess::check(const QDateTime &now, bool toList) const
{
    const auto end = expiry();
    if (end && *end <= now) {
        return source(QStringLiteral("access_expired"),
                      Words::tr("The shared access signature has expired on %1.").arg(end->toString(Qt::ISODate)),
                      Words::tr("Create a new one and enter it here."));
    }
    const QDateTime start = isoTime(parameter("st"));
    if (start.isValid() && start > now) {
        return source(QStringLiteral("sas_not_yet_valid"),
                      Words::tr("The shared access signature is valid from %1 on.").arg(start.toString(Qt::ISODate)),
                      Words::tr("Wait until then, or check the clock of this computer."));
    }
    // Without permissions of its own it has those of a policy.
    const QString permissions = parameter("sp");
    if (!permissions.isEmpty() && !permissions.contains(u'r')) {
        return source(QStringLiteral("sas_may_not_read"),
                      Words::tr("The shared access signature does not allow to read."),
                      Words::tr("Create one with the permission Read."));
    }
    if (!permissions.isEmpty() && toList && !permissions.contains(u'l')) {
        return source(QStringLiteral("sas_may_not_list"),
                      Words::tr("The shared access signature does not allow to list."),
                      Words::tr("Create one for the container with the permissions Read and List."));
    }
    return {};
}

Result<AzureAccount> AzureAccount::withKey(const QString &name, const Secret &base64Key, const QUrl &endpoint)
{
    IDS_CHECK(checkName(name));
    IDS_TRY(key, decodedKey(base64Key, QStringLiteral("credentials.account_key")));
    AzureAccount account;
    account.name = name;
    account.endpoint = endpoint.isEmpty() ? publicEndpoint(name) : endpoint;
    account.key = std::move(key);
    return account;
}

Result<AzureAccount> AzureAccount::withSharedAccess(const QString &name, const Secret &sas, const QUrl &endpoint)
{
    IDS_CHECK(checkName(name));
    IDS_TRY(access, SharedAccess::parse(sas));
    AzureAccount account;
    account.name = name;
    account.endpoint = endpoint.isEmpty() ? publicEndpoint(name) : endpoint;
    account.access = std::move(access);
    return account;
}

Result<AzureAccount> AzureAccount::fromConnectionString(const Secret &text, const QUrl &endpoint)
{
    IDS_TRY(found, settings(text.reveal()));
    const auto value = [&](const char *name) {
        const auto at = found.find(name);
        return at == found.end() ? QByteArray() : at->second;
    };
    if (value("usedevelopmentstorage").toLower() == "true") {
        IDS_TRY(account, emulator(found));
        if (!endpoint.isEmpty())
            account.endpoint = endpoint;
        return std::move(account);
    }

    AzureAccount account;
    account.name = QString::fromUtf8(value("accountname"));
    account.endpoint = endpoint.isEmpty() ? QUrl(QString::fromUtf8(value("blobendpoint"))) : endpoint;
    if (account.name.isEmpty() && account.endpoint.isEmpty())
        return malformedString(Words::tr("The connection string has neither AccountName nor BlobEndpoint."));
    if (account.endpoint.isEmpty()) {
        const QByteArray protocol = value("defaultendpointsprotocol").toLower();
        const QByteArray suffix = value("endpointsuffix");
        account.endpoint =
            endpointOf(account.name, protocol == "http" ? QStringLiteral("http") : QStringLiteral("https"),
                       QString::fromUtf8(suffix.isEmpty() ? QByteArray(publicSuffix) : suffix));
    }
    if (account.endpoint.host().isEmpty() || !account.endpoint.userInfo().isEmpty() ||
        (account.endpoint.scheme() != u"https" && account.endpoint.scheme() != u"http")) {
        return malformedString(Words::tr("The BlobEndpoint of the connection string is not an address."));
    }
    if (account.name.isEmpty())
        account.name = nameFrom(account.endpoint);
    if (!checkName(account.name))
        return malformedString(Words::tr("The AccountName of the connection string is not a name."));
    if (!value("accountkey").isEmpty()) {
        IDS_TRY(key, decodedKey(Secret(value("accountkey")), QStringLiteral("credentials.connection_string")));
        account.key = std::move(key);
    } else if (!value("sharedaccesssignature").isEmpty()) {
        auto access = SharedAccess::parse(Secret(value("sharedaccesssignature")));
        if (!access) {
            Error error = access.error();
            error.fields = {{QStringLiteral("credentials.connection_string"), error.message}};
            return error;
        }
        account.access = *std::move(access);
    } else {
        return malformedString(Words::tr("The connection string has neither AccountKey nor SharedAccessSignature."));
    }
    return account;
}

QUrl AzureAccount::address(const QString &container, const QString &blob, const QueryItems &query) const
{
    QByteArray path = '/' + encodedPart(container.toUtf8());
    if (!blob.isEmpty())
        path += '/' + encodedPath(blob.toUtf8());
    return addressBelow(endpoint, path, query);
}

} // namespace idstore::cloud
