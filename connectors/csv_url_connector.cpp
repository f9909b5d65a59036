// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/status_errors.h"
#include "connectors/remote/http_fetch.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/remote/share_links.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace idstore::connectors::csv_url {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvUrlConnector)
};

constexpr qint64 defaultMaxBytes = 50 * 1024 * 1024;
constexpr int maxRedirects = 5;

http::Authorizer authorizer(const QJsonObject &credentials)
{
    const auto secret = [&](const char *name) {
        return Secret(credentials[QLatin1StringView(name)].toString().toUtf8());
    };
    if (credentials.contains(QLatin1StringView("bearer_token")))
        return http::bearer(secret("bearer_token"));
    if (credentials.contains(QLatin1StringView("username")))
        return http::basic(credentials[QLatin1StringView("username")].toString(), secret("password"));
    const QJsonObject headers = credentials[QLatin1StringView("headers")].toObject();
    if (headers.isEmpty())
        return {};
    auto fields = std::make_shared<http::SecretHeaders>();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        fields->emplace_back(it.key().toUtf8(), Secret(it.value().toString().toUtf8()));
    return [fields]() -> Result<http::SecretHeaders> {
        http::SecretHeaders copies;
        for (const auto &[name, value] : *fields)
            copies.emplace_back(name, value.clone());
        return copies;
    };
}

/// One file behind one address; its version is the ETag, else the time of its last change (RFC 9110, section 8.8).
class UrlStore final : public RemoteStore
{
public:
    explicit UrlStore(const ReadRequest &request)
        : m_url(directDownload(QUrl(request.config[QLatin1StringView("url")].toString())))
        , m_authorizer(authorizer(QJsonDocument::fromJson(request.credentials.reveal()).object()))
        , m_maxBytes(request.config[QLatin1StringView("max_bytes")].toInteger(defaultMaxBytes))
        , m_log(request.log)
        , m_client(settings(request), clientWatcher(request))
    {}

    Result<QList<RemoteFile>> list() override
    {
        // The address without its query: that may hold a key, and the name is shown and kept.
        return QList<RemoteFile>{{.name = m_url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment).toString()}};
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override
    {
        const HttpFile behindUrl{
            .name = file.name,
            .request = [this](const http::Headers &fields) { return requestWith(fields); },
            .version = etagOrTime,
            .error = [&](const http::Response &answer) { return http::statusError(answer, file.name); }};
        return fetchFile(m_client, behindUrl, knownVersion, scratch, sampleBytes, m_log);
    }

private:
    [[nodiscard]] http::Request requestWith(const http::Headers &fields) const
    {
        http::Request request;
        request.url = m_url;
        request.headers = fields;
        request.authorizer = m_authorizer;
        request.maxRedirects = maxRedirects;
        request.maxBytes = m_maxBytes;
        return request;
    }

    static http::ClientSettings settings(const ReadRequest &request)
    {
        http::ClientSettings settings = clientSettings(request);
        settings.allowPrivateNetwork = request.config[QLatin1StringView("allow_private_network")].toBool();
        return settings;
    }

    QUrl m_url;
    http::Authorizer m_authorizer;
    qint64 m_maxBytes;
    RunLog *m_log;
    http::Client m_client;
};

} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return remoteTablesConnector(
        {.id = QStringLiteral("csv_url"),
         .title = Words::tr("CSV at a web address"),
         .summary = Words::tr("The rows of a CSV file that is fetched from a web address."),
         .keywords = {Words::tr("link"), Words::tr("download"), Words::tr("Dropbox"), Words::tr("OneDrive"),
                      Words::tr("Google Drive")},
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::None,
         .credentialsSchema = oneOf(
             {{Words::tr("Name and password"),
               {text(QStringLiteral("username"), Words::tr("User name"),
                     Words::tr("The user name for the address, if it asks for one.")),
                text(QStringLiteral("password"), Words::tr("Password"), Words::tr("That user's password.")).secret()}},
              {Words::tr("Bearer token"),
               {text(QStringLiteral("bearer_token"), Words::tr("Bearer token"),
                     Words::tr("Sent as the Authorization header."))
                    .required()
                    .secret()}},
              {Words::tr("Own headers"),
               {textMap(QStringLiteral("headers"), Words::tr("Headers"),
                        Words::tr("Names and values of the headers to send."))
                    .required()
                    .secret()}}}),
         .configSchema = object(
             Fields{text(QStringLiteral("url"), Words::tr("Address"),
                         Words::tr("The address of the file; https, or http on this computer."))
                        .required()
                        .matching(QStringLiteral("^https?://[^/?#\\s]+"), Words::tr("Write the whole address, such as "
                                                                                    "https://example.com/people.csv."))
                        .foundAt(Words::tr("In a browser, copy the address of the download itself. "
                                           "Links shared from Google Drive, Dropbox and OneDrive "
                                           "work as well.")),
                    integer(QStringLiteral("max_bytes"), Words::tr("Most bytes"),
                            Words::tr("A file larger than this is refused."), 1)
                        .byDefault(defaultMaxBytes)
                        .inSection(QStringLiteral("more")),
                    boolean(QStringLiteral("allow_private_network"), Words::tr("Private networks"),
                            Words::tr("Allows addresses within the local network."))
                        .inSection(QStringLiteral("more"))} +
             tableFileFields() + restFields())},
        [](const ReadRequest &request) -> Result<std::unique_ptr<RemoteStore>> {
            return std::unique_ptr<RemoteStore>(std::make_unique<UrlStore>(request));
        });
}

} // namespace idstore::connectors::csv_url
