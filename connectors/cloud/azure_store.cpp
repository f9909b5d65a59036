// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/azure_store.h"

#include "connectors/cloud/azure_account.h"
#include "connectors/cloud/azure_signature.h"
#include "connectors/cloud/object_files.h"
#include "connectors/cloud/store_problem.h"
#include "connectors/remote/http_fetch.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"

#include <QJsonDocument>

namespace idstore::cloud {

namespace {

Result<AzureAccount> accountOf(const ReadRequest &request)
{
    const QJsonObject given = QJsonDocument::fromJson(request.credentials.reveal()).object();
    const auto secret = [&](const char *name) { return Secret(given[QLatin1StringView(name)].toString().toUtf8()); };
    const auto address = [&](const char *name) { return request.config[QLatin1StringView(name)].toString(); };
    // `base_url` takes the place of every address.
    const QUrl endpoint(address("base_url").isEmpty() ? address("endpoint") : address("base_url"));
    if (given.contains(QLatin1StringView("connection_string")))
        return AzureAccount::fromConnectionString(secret("connection_string"), endpoint);
    const QString name = given[QLatin1StringView("account_name")].toString();
    if (given.contains(QLatin1StringView("sas_token")))
        return AzureAccount::withSharedAccess(name, secret("sas_token"), endpoint);
    return AzureAccount::withKey(name, secret("account_key"), endpoint);
}

class AzureStore final : public RemoteStore
{
public:
    AzureStore(const ReadRequest &request, AzureAccount account, const http::ClientSettings &settings)
        : m_config(request.config)
        , m_log(request.log)
        , m_container(request.config[QLatin1StringView("container")].toString())
        , m_maxBytes(request.config[QLatin1StringView("max_bytes")].toInteger(schema::defaultStoredFileBytes))
        , m_account(std::make_shared<const AzureAccount>(std::move(account)))
        , m_client(settings, clientWatcher(request))
    {}

    Result<QList<RemoteFile>> list() override
    {
        return objectFiles(m_config, QLatin1StringView("blob"),
                           [this](const QString &prefix, const QString &marker) { return page(prefix, marker); });
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override
    {
        const HttpFile blob{.name = file.name,
                            .request =
                                [&](const http::Headers &fields) {
                                    http::Request request =
                                        requestFor(m_account->address(m_container, file.name), fields);
                                    request.maxBytes = m_maxBytes;
                                    return request;
                                },
                            .version = etagOrTime,
                            .error = [&](const http::Response &answer) { return refusal(answer, file.name); }};
        return fetchFile(m_client, blob, knownVersion, scratch, sampleBytes, m_log);
    }

private:
    /// The signature is made anew for every attempt, with the time of it.
    [[nodiscard]] http::Request requestFor(const QUrl &url, const http::Headers &fields) const
    {
        http::Request request;
        request.url = url;
        request.headers = fields;
        request.authorizer = [account = m_account, url, fields] {
            return signForAzure(*account, "GET", url, fields, QDateTime::currentDateTimeUtc());
        };
        request.secretQuery = m_account->access.query().clone();
        return request;
    }

    Result<ObjectPage> page(const QString &prefix, const QString &marker)
    {
        QueryItems query{{"restype", "container"}, {"comp", "list"}, {"prefix", prefix.toUtf8()}};
        if (!marker.isEmpty())
            query.append({"marker", marker.toUtf8()});
        IDS_TRY(answer, m_client.send(requestFor(m_account->address(m_container, {}, query), {})));
        if (!answer.isSuccess())
            return refusal(answer, {});
        return parseAzureListing(answer.body);
    }

    [[nodiscard]] Error refusal(const http::Response &answer, const QString &blob) const
    {
        return azureError(answer, {.container = m_container, .object = blob, .region = {}, .anonymous = false});
    }

    QJsonObject m_config;
    RunLog *m_log;
    QString m_container;
    qint64 m_maxBytes;
    std::shared_ptr<const AzureAccount> m_account;
    http::Client m_client;
};

} // namespace

Result<std::unique_ptr<RemoteStore>> openAzureStore(const ReadRequest &request, const http::ClientSettings &settings)
{
    IDS_TRY(account, accountOf(request));
    if (!account.access.isEmpty()) {
        const bool lists = request.config.contains(QLatin1StringView("prefix"));
        IDS_CHECK(account.access.check(QDateTime::currentDateTimeUtc(), lists));
    }
    return std::unique_ptr<RemoteStore>(std::make_unique<AzureStore>(request, std::move(account), settings));
}

} // namespace idstore::cloud
