// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/s3_store.h"

#include "connectors/cloud/aws_signature.h"
#include "connectors/cloud/object_files.h"
#include "connectors/cloud/percent_encoding.h"
#include "connectors/cloud/store_problem.h"
#include "connectors/remote/http_fetch.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(S3Store)
};

AccessKey accessKey(const Secret &credentials)
{
    const QJsonObject given = QJsonDocument::fromJson(credentials.reveal()).object();
    const auto secret = [&](const char *name) { return Secret(given[QLatin1StringView(name)].toString().toUtf8()); };
    return {.id = given[QLatin1StringView("access_key_id")].toString(),
            .secret = secret("secret_access_key"),
            .sessionToken = secret("session_token")};
}

/// Whether the bucket may stand before the name of a host
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
bool isHostPart(const QString &bucket)
{
    static const QRegularExpression rule(QStringLiteral("\\A[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?\\z"));
    return rule.match(bucket).hasMatch() && !bucket.contains(QStringLiteral(".."));
}

/// Amazon's own address of a region.
QUrl regionAddress(const QString &region)
{
    const bool inChina = region.startsWith(QStringLiteral("cn-"));
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(QStringLiteral("s3.%1.amazonaws.com%2").arg(region, inChina ? QStringLiteral(".cn") : QString()));
    return url;
}

/// Where a bucket is.
struct BucketPlace
{
    QUrl endpoint; ///< empty: Amazon's, of the region
    QString region;
    QString bucket;
    bool inPath = false; ///< the bucket stands in the path and not before the host

    static Result<BucketPlace> fromConfig(const QJsonObject &config)
    {
        const auto text = [&](const char *name) { return config[QLatin1StringView(name)].toString(); };
        BucketPlace place;
        // `base_url` takes the place of every address.
        place.endpoint = QUrl(text("base_url").isEmpty() ? text("endpoint") : text("base_url"));
        place.region = text("region");
        place.bucket = text("bucket");
        // A certificate for *.s3.region.amazonaws.com does not cover a bucket with dots.
        const bool better = !place.endpoint.isEmpty() || !isHostPart(place.bucket) || place.bucket.contains(u'.');
        place.inPath = config[QLatin1StringView("path_style")].toBool(better);
        if (!place.inPath && !isHostPart(place.bucket)) {
            const QString message = Words::tr("A bucket with this name cannot stand before the host name.");
            return Error{.kind = ErrorKind::InvalidInput,
                         .code = QStringLiteral("bucket_malformed"),
                         .message = message,
                         .remedy = Words::tr("Check the name, or have the bucket written into the path."),
                         .cause = {},
                         .fields = {{QStringLiteral("config.bucket"), message}}};
        }
        return place;
    }

    /// Of an object; of the bucket when it is empty.
    [[nodiscard]] QUrl address(const QString &object, const QueryItems &query = {}) const
    {
        QUrl base = endpoint.isEmpty() ? regionAddress(region) : endpoint;
        QByteArray path;
        if (inPath)
            path = '/' + encodedPart(bucket.toUtf8());
        else
            base.setHost(bucket + u'.' + base.host());
        if (!object.isEmpty() || !inPath)
            path += '/' + encodedPath(object.toUtf8());
        return addressBelow(base, path, query);
    }
};

class S3Store final : public RemoteStore
{
public:
    S3Store(const ReadRequest &request, BucketPlace place, const http::ClientSettings &settings)
        : m_config(request.config)
        , m_log(request.log)
        , m_place(std::move(place))
        , m_maxBytes(request.config[QLatin1StringView("max_bytes")].toInteger(schema::defaultStoredFileBytes))
        , m_key(accessKey(request.credentials))
        , m_client(settings, clientWatcher(request))
    {
        prepareSignature();
    }

    Result<QList<RemoteFile>> list() override
    {
        return objectFiles(m_config, QLatin1StringView("key"), [this](const QString &prefix, const QString &token) {
            return inRightRegion([&] { return page(prefix, token); });
        });
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> scratch,
                                             std::optional<qint64> sampleBytes) override
    {
        const HttpFile object{.name = file.name,
                              .request =
                                  [&](const http::Headers &fields) {
                                      http::Request request = requestFor(m_place.address(file.name), fields);
                                      request.maxBytes = m_maxBytes;
                                      return request;
                                  },
                              .version = etagOrTime,
                              .error = [&](const http::Response &answer) { return refusal(answer, file.name); }};
        return inRightRegion([&] { return fetchFile(m_client, object, knownVersion, scratch, sampleBytes, m_log); });
    }

private:
    /// The signature is made anew for every attempt, with the time of it.
    [[nodiscard]] http::Request requestFor(const QUrl &url, const http::Headers &fields) const
    {
        http::Request request;
        request.url = url;
        request.headers = fields;
        request.authorizer = [signature = m_signature, toSign = RequestToSign::of("GET", url, fields)] {
            return signature->sign(toSign, QDateTime::currentDateTimeUtc());
        };
        // With a redirect the store says that the bucket is in another region.
        request.keepsRedirects = true;
        return request;
    }

    Result<ObjectPage> page(const QString &prefix, const QString &token)
    {
        QueryItems query{{"list-type", "2"}, {"encoding-type", "url"}, {"prefix", prefix.toUtf8()}};
        if (!token.isEmpty())
            query.append({"continuation-token", token.toUtf8()});
        IDS_TRY(answer, m_client.send(requestFor(m_place.address({}, query), {})));
        if (!answer.isSuccess())
            return refusal(answer, {});
        return parseS3Listing(answer.body);
    }

    Error refusal(const http::Response &answer, const QString &object)
    {
        m_regionTold = s3Region(answer);
        return s3Error(answer, {.container = m_place.bucket,
                                .object = object,
                                .region = m_place.region,
                                .anonymous = m_key.isAnonymous()});
    }

    /// Once more, when the store said that the bucket is in another region.
    template <typename Attempt>
    std::invoke_result_t<Attempt> inRightRegion(const Attempt &attempt)
    {
        auto result = attempt();
        if (result || result.error().code != QStringLiteral("wrong_region") || m_regionTold.isEmpty() ||
            m_regionTold == m_place.region) {
            return result;
        }
        if (m_log) {
            m_log->write(RunLogLine::Level::Warning,
                         Words::tr("The bucket “%1” is in the region %2 and not in %3; it is read there.")
                             .arg(m_place.bucket, m_regionTold, m_place.region));
        }
        m_place.region = m_regionTold;
        prepareSignature();
        return attempt();
    }

    void prepareSignature()
    {
        m_signature = std::make_shared<const AwsSignature>(
            AccessKey{.id = m_key.id, .secret = m_key.secret.clone(), .sessionToken = m_key.sessionToken.clone()},
            SigningScope::s3(m_place.region));
    }

    QJsonObject m_config;
    RunLog *m_log;
    BucketPlace m_place;
    qint64 m_maxBytes;
    AccessKey m_key;
    std::shared_ptr<const AwsSignature> m_signature;
    QString m_regionTold; ///< by the last refusal
    http::Client m_client;
};

} // namespace

Result<std::unique_ptr<RemoteStore>> openS3Store(const ReadRequest &request, const http::ClientSettings &settings)
{
    IDS_TRY(place, BucketPlace::fromConfig(request.config));
    return std::unique_ptr<RemoteStore>(std::make_unique<S3Store>(request, std::move(place), settings));
}

} // namespace idstore::cloud
