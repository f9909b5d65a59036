// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/s3_peer.h"

#include "connectors/cloud/aws_signature.h"
#include "connectors/cloud/digests.h"
#include "connectors/cloud/percent_encoding.h"
#include "connectors/http/http_client.h"

#include <algorithm>

namespace idstore::test {

namespace {

const QString region = QStringLiteral("us-east-1");

cloud::AccessKey keyFrom(const QJsonObject &credentials)
{
    const auto text = [&](const char *name) { return credentials[QLatin1StringView(name)].toString(); };
    return {.id = text("access_key_id"),
            .secret = Secret(text("secret_access_key").toUtf8()),
            .sessionToken = Secret(text("session_token").toUtf8())};
}

} // namespace

S3Peer::S3Peer()
{
    const QJsonObject key = credentials();
    const auto ready =
        m_process.startNode({QStringLiteral("--openssl-legacy-provider"),
                             QStringLiteral(IDSTORE_PEER_SCRIPTS "/s3_server.cjs"), PeerProcess::modules(),
                             m_process.path(QStringLiteral("data")), key[QLatin1StringView("access_key_id")].toString(),
                             key[QLatin1StringView("secret_access_key")].toString(), bucket()},
                            QRegularExpression(QStringLiteral("ready (\\d+)")));
    m_port = ready.captured(1).toInt();
}

QJsonObject S3Peer::credentials() const
{
    return {{QStringLiteral("access_key_id"), QStringLiteral("AKIAPEERSOFTESTS")},
            {QStringLiteral("secret_access_key"), QStringLiteral("cAnArY/s3+secret/of+a+test")}};
}

QJsonObject S3Peer::config() const
{
    return {{QStringLiteral("bucket"), bucket()},
            {QStringLiteral("region"), region},
            {QStringLiteral("endpoint"), endpoint()}};
}

bool S3Peer::put(const QString &key, const QByteArray &content, const QByteArray &encoding)
{
    const auto hash = cloud::sha256(content);
    if (!hash)
        return false;
    http::Request request;
    request.method = "PUT";
    request.url =
        cloud::addressBelow(QUrl(endpoint()), '/' + bucket().toUtf8() + '/' + cloud::encodedPath(key.toUtf8()));
    request.body = content;
    request.headers = {{"Content-Type", "text/csv"}};
    if (!encoding.isEmpty())
        request.headers.append({"Content-Encoding", encoding});
    request.authorizer = [&, url = request.url]() -> Result<http::SecretHeaders> {
        auto toSign = cloud::RequestToSign::of("PUT", url);
        toSign.payloadHash = hash->toHex();
        return cloud::AwsSignature(keyFrom(credentials()), cloud::SigningScope::s3(region))
            .sign(toSign, QDateTime::currentDateTimeUtc());
    };
    const auto answer = http::Client({}, {}).send(request);
    if (answer && answer->isSuccess())
        return true;
    qWarning("the S3 server refuses %s: %d %s", qPrintable(key), answer ? answer->status : 0,
             answer ? answer->body.constData() : qPrintable(answer.error().logLine()));
    return false;
}

bool isSignedForS3(const PeerRequest &request, const QJsonObject &credentials, const QString &signedRegion)
{
    const QByteArray given = request.header("Authorization");
    constexpr char before[] = "SignedHeaders=";
    const QByteArray names =
        given.mid(given.indexOf(before) + static_cast<qsizetype>(sizeof before) - 1).split(',').first();
    cloud::RequestToSign toSign;
    toSign.method = request.method;
    toSign.host = request.header("Host");
    toSign.path = request.target.split('?').first();
    toSign.query = request.target.contains('?') ? request.target.mid(request.target.indexOf('?') + 1) : QByteArray();
    for (const QByteArray &name : names.split(';')) {
        const bool own =
            name == "host" || name == "x-amz-date" || name == "x-amz-content-sha256" || name == "x-amz-security-token";
        if (!own)
            toSign.headers.append({name, request.header(name)});
    }
    QDateTime time = QDateTime::fromString(QString::fromLatin1(request.header("x-amz-date")),
                                           QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    time.setTimeSpec(Qt::UTC);
    constexpr qint64 allowedSeconds = 900;
    if (!time.isValid() || std::abs(time.secsTo(QDateTime::currentDateTimeUtc())) > allowedSeconds)
        return false;
    const auto expected =
        cloud::AwsSignature(keyFrom(credentials), cloud::SigningScope::s3(signedRegion)).sign(toSign, time);
    return expected && std::ranges::all_of(*expected, [&](const auto &field) {
               return request.header(field.first) == field.second.reveal();
           });
}

} // namespace idstore::test
