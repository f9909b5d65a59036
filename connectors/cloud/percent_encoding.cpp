// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/percent_encoding.h"

namespace idstore::cloud {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

QByteArray encodedPath(QByteArrayView bytes)
{
    return bytes.toByteArray().toPercentEncoding("/");
}

QByteArray encodedPart(QByteArrayView bytes)
{
    return bytes.toByteArray().toPercentEncoding();
}

QByteArray decoded(QByteArrayView encoded)
{
    QByteArray bytes;
    bytes.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        if (encoded[i] == '%' && i + 2 < encoded.size()) {
            const int high = hexDigit(encoded[i + 1]);
            const int low = hexDigit(encoded[i + 2]);
            if (high >= 0 && low >= 0) {
                bytes.append(static_cast<char>(high * 16 + low));
                i += 2;
                continue;
            }
        }
        bytes.append(encoded[i]);
    }
    return bytes;
}

QueryItems queryItems(QByteArrayView query)
{
    QueryItems items;
    const QList<QByteArray> parts = query.toByteArray().split('&');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        if (equals < 0)
            items.append({decoded(part), {}});
        else
            items.append({decoded(part.left(equals)), decoded(part.mid(equals + 1))});
    }
    return items;
}

QByteArray encodedQuery(const QueryItems &items)
{
    QByteArray query;
    for (const auto &[name, value] : items) {
        if (!query.isEmpty())
            query += '&';
        query += encodedPart(name) + '=' + encodedPart(value);
    }
    return query;
}

QUrl addressBelow(const QUrl &base, const QByteArray &path, const QueryItems &query)
{
    QByteArray whole = base.path(QUrl::FullyEncoded).toLatin1();
    while (whole.endsWith('/'))
        whole.chop(1);
    whole += path;
    QUrl url = base;
    // Strict, so that what is encoded is taken as it is.
    url.setPath(QString::fromLatin1(whole), QUrl::StrictMode);
    url.setQuery(query.isEmpty() ? QString() : QString::fromLatin1(encodedQuery(query)), QUrl::StrictMode);
    return url;
}

} // namespace idstore::cloud
