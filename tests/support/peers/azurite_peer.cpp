// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/azurite_peer.h"

#include "connectors/cloud/azure_account.h"
#include "connectors/cloud/azure_signature.h"
#include "connectors/cloud/digests.h"
#include "connectors/http/http_client.h"

namespace idstore::test {

AzuritePeer::AzuritePeer()
{
    m_process.setEnvironment(QStringLiteral("AZURITE_ACCOUNTS"), account() + u':' + QString::fromLatin1(key()));
    const auto ready = m_process.startNode(
        {PeerProcess::modules() + QStringLiteral("/node_modules/azurite/dist/src/blob/main.js"),
         QStringLiteral("--blobHost"), QStringLiteral("127.0.0.1"), QStringLiteral("--blobPort"), QStringLiteral("0"),
         QStringLiteral("--inMemoryPersistence"), QStringLiteral("--disableTelemetry")},
        QRegularExpression(QStringLiteral("successfully listens on http://127\\.0\\.0\\.1:(\\d+)")));
    m_port = ready.captured(1).toInt();
    if (m_port == 0)
        return;
    const auto account = cloud::AzureAccount::withKey(this->account(), Secret(key()), QUrl(endpoint()));
    if (!account || !put(account->address(container(), {}, {{"restype", "container"}}), {}, {}))
        m_problem = QStringLiteral("Azurite made no container");
}

QJsonObject AzuritePeer::credentials() const
{
    return {{QStringLiteral("account_name"), account()}, {QStringLiteral("account_key"), QString::fromLatin1(key())}};
}

QJsonObject AzuritePeer::config() const
{
    return {{QStringLiteral("container"), container()}, {QStringLiteral("endpoint"), endpoint()}};
}

QByteArray AzuritePeer::sharedAccess(const QByteArray &permissions, const QDateTime &until) const
{
    // https://learn.microsoft.com/rest/api/storageservices/create-service-sas, version 2020-12-06 and later
    const QByteArray version = "2022-11-02";
    const QByteArray expiry = until.toUTC().toString(Qt::ISODate).toLatin1();
    const QByteArray resource = "/blob/" + account().toLatin1() + '/' + container().toLatin1();
    const QByteArrayList fields{permissions, {}, expiry, resource, {}, {}, {}, version,
                                "c",         {}, {},     {},       {}, {}, {}, {}};
    const auto signature = cloud::hmacSha256(Secret(QByteArray::fromBase64(key())), fields.join('\n'));
    return "sv=" + version + "&sr=c&sp=" + permissions + "&se=" + cloud::encodedPart(expiry) +
           "&sig=" + (signature ? cloud::encodedPart(signature->reveal().toBase64()) : QByteArray());
}

bool AzuritePeer::put(const QString &blob, const QByteArray &content, const QByteArray &encoding)
{
    const auto account = cloud::AzureAccount::withKey(this->account(), Secret(key()), QUrl(endpoint()));
    QList<std::pair<QByteArray, QByteArray>> fields{{"x-ms-blob-type", "BlockBlob"}};
    if (!encoding.isEmpty())
        fields.append({"x-ms-blob-content-encoding", encoding});
    return account && put(account->address(container(), blob), content, fields);
}

bool AzuritePeer::put(const QUrl &url, const QByteArray &content,
                      const QList<std::pair<QByteArray, QByteArray>> &fields)
{
    const auto account = cloud::AzureAccount::withKey(this->account(), Secret(key()), QUrl(endpoint()));
    if (!account)
        return false;
    http::Request request;
    request.method = "PUT";
    request.url = url;
    request.body = content;
    request.headers = {{"Content-Type", "text/csv"}};
    for (const auto &[name, value] : fields)
        request.headers.append({name, value});
    request.authorizer = [&] {
        http::Headers headers = request.headers;
        headers.append({"Content-Length", QByteArray::number(content.size())});
        return cloud::signForAzure(*account, "PUT", url, headers, QDateTime::currentDateTimeUtc());
    };
    const auto answer = http::Client({}, {}).send(request);
    if (answer && answer->isSuccess())
        return true;
    qWarning("Azurite refuses %s: %d %s", qPrintable(url.path()), answer ? answer->status : 0,
             answer ? answer->body.constData() : qPrintable(answer.error().logLine()));
    return false;
}

} // namespace idstore::test
