// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/gcs_store.h"

#include "connectors/cloud/aws_signature.h"
#include "connectors/cloud/google_access.h"
#include "connectors/cloud/object_files.h"
#include "connectors/cloud/percent_encoding.h"
#include "connectors/cloud/store_problem.h"
#include "connectors/remote/http_fetch.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/remote/scratch_sink.h"
#include "connectors/schema/common_fields.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GcsStore)
};

constexpr char vendorAddress[] = "https://storage.googleapis.com";
constexpr char readScope[] = "https://www.googleapis.com/auth/devstorage.read_only";
constexpr int preconditionFailed = 412;
/// A file that is replaced more often than this while it is fetched is left to another run.
constexpr int fetchAttempts = 4;
constexpr qint64 pageObjects = 1000;

Error unreadable(const QString &name)
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("object_unreadable"),
            .message = Words::tr("What the store says of “%1” makes no sense.").arg(name),
            .remedy = Words::tr("Check the endpoint: it may be the address of something else, such as a web page."),
            .cause = {},
            .fields = {}};
}

/// `base_url` takes the place of every address, `endpoint` that of the store alone.
std::optional<QUrl> address(const QJsonObject &config, const char *name)
{
    const QString text = config[QLatin1StringView(name)].toString();
    return text.isEmpty() ? std::nullopt : std::optional(QUrl(text));
}

QUrl storeAddress(const QJsonObject &config)
{
    return address(config, "base_url")
        .value_or(address(config, "endpoint").value_or(QUrl(QLatin1StringView(vendorAddress))));
}

/// The JSON interface: objects.list and objects.get.
class JsonStore final : public RemoteStore
{
public:
    JsonStore(const ReadRequest &request, const http::ClientSettings &settings, std::unique_ptr<GoogleAccess> access)
        : m_config(request.config)
        , m_log(request.log)
        , m_base(storeAddress(request.config))
        , m_bucket(request.config[QLatin1StringView("bucket")].toString())
        , m_maxBytes(request.config[QLatin1StringView("max_bytes")].toInteger(schema::defaultStoredFileBytes))
        , m_access(std::move(access))
        , m_client(settings, clientWatcher(request))
    {}

    Result<QList<RemoteFile>> list() override
    {
        IDS_TRY(files,
                objectFiles(m_config, QLatin1StringView("object"),
                            [this](const QString &prefix, const QString &token) { return page(prefix, token); }));
        // One that was named has not been looked at yet.
        for (RemoteFile &file : files) {
            if (file.version.isEmpty())
                IDS_CHECK(describe(file));
        }
        return std::move(files);
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &listed, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override
    {
        RemoteFile file = listed;
        for (int attempt = 1;; ++attempt) {
            if (!knownVersion.isEmpty() && file.version == knownVersion)
                return std::optional<FetchedFile>();
            ScratchSink sink(*scratch, sampleBytes);
            // Every attempt of the client's own holds to this generation as well: what it begins anew is the same file.
            const http::Request request =
                objectRequest(file.name, {{"alt", "media"}, {"ifGenerationMatch", file.version.toLatin1()}});
            const auto answer =
                exchange([&](const http::Request &each) { return m_client.receive(each, sink); }, request);
            if (!answer && !sink.isSampled())
                return answer.error();
            const bool refused = answer && !answer->isSuccess();
            if (refused && (answer->status != preconditionFailed || attempt == fetchAttempts))
                return googleStorageError(*answer, place(file.name));
            const QByteArray generation = sink.head().header("x-goog-generation");
            if (!refused && (generation.isEmpty() || generation == file.version.toLatin1()))
                return std::optional(FetchedFile{std::move(scratch), file.version, !sink.isSampled()});
            if (attempt == fetchAttempts)
                return storeError(StoreProblem::ObjectChanged, place(file.name), {});
            if (m_log) {
                m_log->write(RunLogLine::Level::Info,
                             Words::tr("%1 was replaced while it was fetched; fetching it anew.").arg(file.name));
            }
            IDS_CHECK(describe(file));
        }
    }

private:
    [[nodiscard]] StorePlace place(const QString &object = {}) const
    {
        return {.container = m_bucket, .object = object, .region = {}, .anonymous = !m_access};
    }

    [[nodiscard]] QByteArray objectsPath() const { return "/storage/v1/b/" + encodedPart(m_bucket.toUtf8()) + "/o"; }

    [[nodiscard]] http::Request requestFor(const QByteArray &path, const QueryItems &query) const
    {
        http::Request request;
        request.url = addressBelow(m_base, path, query);
        if (m_access)
            request.authorizer = m_access->authorizer();
        return request;
    }

    /// The name is one segment of the path, its slashes included.
    [[nodiscard]] http::Request objectRequest(const QString &name, const QueryItems &query) const
    {
        http::Request request = requestFor(objectsPath() + '/' + encodedPart(name.toUtf8()), query);
        request.maxBytes = m_maxBytes;
        return request;
    }

    Result<http::Response> exchange(const std::function<Result<http::Response>(const http::Request &)> &send,
                                    const http::Request &request)
    {
        if (!m_access)
            return send(request);
        return m_access->withToken([&] { return send(request); });
    }

    Result<http::Response> send(const http::Request &request)
    {
        return exchange([this](const http::Request &each) { return m_client.send(each); }, request);
    }

    Result<ObjectPage> page(const QString &prefix, const QString &token)
    {
        QueryItems query{{"prefix", prefix.toUtf8()},
                         {"maxResults", QByteArray::number(pageObjects)},
                         {"fields", "kind,nextPageToken,items(name,size,generation,etag,updated)"}};
        if (!token.isEmpty())
            query.append({"pageToken", token.toUtf8()});
        IDS_TRY(answer, send(requestFor(objectsPath(), query)));
        if (!answer.isSuccess())
            return googleStorageError(answer, place());
        return parseGoogleListing(answer.body);
    }

    Result<void> describe(RemoteFile &file)
    {
        IDS_TRY(answer, send(objectRequest(file.name, {{"fields", "name,size,generation,updated"}})));
        if (!answer.isSuccess())
            return googleStorageError(answer, place(file.name));
        const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
        file.version = object[QLatin1StringView("generation")].toString();
        if (file.version.isEmpty())
            return unreadable(file.name);
        bool isNumber = false;
        const qint64 size = object[QLatin1StringView("size")].toString().toLongLong(&isNumber);
        file.size = isNumber ? size : -1;
        return {};
    }

    QJsonObject m_config;
    RunLog *m_log;
    QUrl m_base;
    QString m_bucket;
    qint64 m_maxBytes;
    std::unique_ptr<GoogleAccess> m_access; ///< null: nobody's
    http::Client m_client;
};

/// The XML interface, which is S3's with a signature of Google's own. Versions are ETags.
class XmlStore final : public RemoteStore
{
public:
    XmlStore(const ReadRequest &request, const http::ClientSettings &settings, AccessKey key)
        : m_config(request.config)
        , m_log(request.log)
        , m_base(storeAddress(request.config))
        , m_bucket(request.config[QLatin1StringView("bucket")].toString())
        , m_maxBytes(request.config[QLatin1StringView("max_bytes")].toInteger(schema::defaultStoredFileBytes))
        , m_signature(std::make_shared<const AwsSignature>(std::move(key), SigningScope::googleStorage()))
        , m_client(settings, clientWatcher(request))
    {}

    Result<QList<RemoteFile>> list() override
    {
        return objectFiles(m_config, QLatin1StringView("object"),
                           [this](const QString &prefix, const QString &token) { return page(prefix, token); });
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override
    {
        const HttpFile object{.name = file.name,
                              .request =
                                  [&](const http::Headers &fields) {
                                      http::Request request =
                                          requestFor('/' + encodedPath(file.name.toUtf8()), {}, fields);
                                      request.maxBytes = m_maxBytes;
                                      return request;
                                  },
                              .version = etagOrTime,
                              .error = [&](const http::Response &answer) { return s3Error(answer, place(file.name)); }};
        return fetchFile(m_client, object, knownVersion, scratch, sampleBytes, m_log);
    }

private:
    [[nodiscard]] StorePlace place(const QString &object = {}) const
    {
        return {.container = m_bucket, .object = object, .region = {}, .anonymous = false};
    }

    [[nodiscard]] http::Request requestFor(const QByteArray &path, const QueryItems &query,
                                           const http::Headers &fields) const
    {
        http::Request request;
        request.url = addressBelow(m_base, '/' + encodedPart(m_bucket.toUtf8()) + path, query);
        request.headers = fields;
        request.authorizer = [signature = m_signature, toSign = RequestToSign::of("GET", request.url, fields)] {
            return signature->sign(toSign, QDateTime::currentDateTimeUtc());
        };
        return request;
    }

    Result<ObjectPage> page(const QString &prefix, const QString &token)
    {
        QueryItems query{{"list-type", "2"}, {"prefix", prefix.toUtf8()}};
        if (!token.isEmpty())
            query.append({"continuation-token", token.toUtf8()});
        IDS_TRY(answer, m_client.send(requestFor({}, query, {})));
        if (!answer.isSuccess())
            return s3Error(answer, place());
        IDS_TRY(page, parseS3Listing(answer.body));
        // The ETag is what a download tells, too.
        for (ObjectEntry &object : page.objects)
            object.generation.clear();
        return std::move(page);
    }

    QJsonObject m_config;
    RunLog *m_log;
    QUrl m_base;
    QString m_bucket;
    qint64 m_maxBytes;
    std::shared_ptr<const AwsSignature> m_signature;
    http::Client m_client;
};

} // namespace

Result<std::unique_ptr<RemoteStore>> openGcsStore(const ReadRequest &request, const http::ClientSettings &settings)
{
    const QJsonObject credentials = QJsonDocument::fromJson(request.credentials.reveal()).object();
    if (credentials.contains(QLatin1StringView("hmac_access_id"))) {
        AccessKey key{.id = credentials[QLatin1StringView("hmac_access_id")].toString(),
                      .secret = Secret(credentials[QLatin1StringView("hmac_secret")].toString().toUtf8()),
                      .sessionToken = {}};
        return std::unique_ptr<RemoteStore>(std::make_unique<XmlStore>(request, settings, std::move(key)));
    }
    std::unique_ptr<GoogleAccess> access;
    if (credentials.contains(QLatin1StringView("service_account_json"))) {
        IDS_TRY(opened,
                GoogleAccess::fromCredentials(credentials, {QLatin1StringView(readScope)},
                                              address(request.config, "base_url"), settings, clientWatcher(request)));
        access = std::move(opened);
    }
    return std::unique_ptr<RemoteStore>(std::make_unique<JsonStore>(request, settings, std::move(access)));
}

} // namespace idstore::cloud
