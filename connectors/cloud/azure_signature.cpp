// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/azure_signature.h"

#include "connectors/cloud/digests.h"
#include "connectors/cloud/store_time.h"

#include <algorithm>
#include <map>

namespace idstore::cloud {

namespace {

/// The name without the mark of the copy in another region: signatures are made for the account itself.
QByteArray primaryName(const QString &account)
{
    QByteArray name = account.toUtf8();
    constexpr char secondary[] = "-secondary";
    if (name.endsWith(secondary))
        name.chop(static_cast<qsizetype>(sizeof secondary) - 1);
    return name;
}

QByteArray canonicalHeaders(const http::Headers &headers)
{
    std::map<QByteArray, QByteArray> sorted;
    for (const http::Header &header : headers) {
        const QByteArray name = header.name.toLower();
        if (name.startsWith("x-ms-"))
            sorted[name] = header.value.trimmed();
    }
    QByteArray canonical;
    for (const auto &[name, value] : sorted)
        canonical += name + ':' + value + '\n';
    return canonical;
}

QByteArray canonicalResource(const QString &account, const QUrl &url)
{
    QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    std::map<QByteArray, QByteArrayList> parameters;
    for (const auto &[name, value] : queryItems(url.query(QUrl::FullyEncoded).toLatin1()))
        parameters[name.toLower()].append(value);
    QByteArray canonical = '/' + primaryName(account) + path;
    for (auto &[name, values] : parameters) {
        std::sort(values.begin(), values.end());
        canonical += '\n' + name + ':' + values.join(',');
    }
    return canonical;
}

} // namespace

QByteArray azureStringToSign(const QString &account, const QByteArray &method, const QUrl &url,
                             const http::Headers &headers)
{
    const QByteArray length = http::headerValue(headers, "Content-Length").trimmed();
    const bool dated = !http::headerValue(headers, "x-ms-date").isEmpty();
    QByteArray text = method + '\n';
    const auto add = [&text](const QByteArray &value) { text += value.trimmed() + '\n'; };
    add(http::headerValue(headers, "Content-Encoding"));
    add(http::headerValue(headers, "Content-Language"));
    add(length == "0" ? QByteArray() : length);
    add(http::headerValue(headers, "Content-MD5"));
    add(http::headerValue(headers, "Content-Type"));
    add(dated ? QByteArray() : http::headerValue(headers, "Date"));
    add(http::headerValue(headers, "If-Modified-Since"));
    add(http::headerValue(headers, "If-Match"));
    add(http::headerValue(headers, "If-None-Match"));
    add(http::headerValue(headers, "If-Unmodified-Since"));
    add(http::headerValue(headers, "Range"));
    text += canonicalHeaders(headers);
    text += canonicalResource(account, url);
    return text;
}

Result<http::SecretHeaders> signForAzure(const AzureAccount &account, const QByteArray &method, const QUrl &url,
                                         const http::Headers &headers, const QDateTime &now)
{
    http::SecretHeaders added;
    added.emplace_back("x-ms-version", Secret(azureStorageVersion));
    if (account.key.isEmpty())
        return added;
    const QByteArray time = toHttpTime(now);
    added.emplace_back("x-ms-date", Secret(time));

    http::Headers all = headers;
    all.append(http::Header{"x-ms-version", azureStorageVersion});
    all.append(http::Header{"x-ms-date", time});
    IDS_TRY(signature, hmacSha256(account.key, azureStringToSign(account.name, method, url, all)));
    added.emplace_back("authorization",
                       Secret("SharedKey " + primaryName(account.name) + ':' + signature.reveal().toBase64()));
    return added;
}

} // namespace idstore::cloud
