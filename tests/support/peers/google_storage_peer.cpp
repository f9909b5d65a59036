// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/google_storage_peer.h"

#include "tests/support/peers/goog4_check.h"

#include <QCryptographicHash>
#include <QJsonArray>

namespace idstore::test {

namespace {

QJsonObject metadata(const QString &bucket, const QString &name, const GoogleStoragePeer::Object &object)
{
    QJsonObject described{
        {QStringLiteral("kind"), QStringLiteral("storage#object")},
        {QStringLiteral("id"), QStringLiteral("%1/%2/%3").arg(bucket, name).arg(object.generation)},
        {QStringLiteral("name"), name},
        {QStringLiteral("bucket"), bucket},
        {QStringLiteral("generation"), QString::number(object.generation)},
        {QStringLiteral("metageneration"), QStringLiteral("1")},
        {QStringLiteral("size"), QString::number(object.content.size())},
        {QStringLiteral("etag"), QStringLiteral("CJ%1EAE=").arg(object.generation)},
        {QStringLiteral("md5Hash"),
         QString::fromLatin1(QCryptographicHash::hash(object.content, QCryptographicHash::Md5).toBase64())},
        {QStringLiteral("updated"), QStringLiteral("2026-05-04T08:01:02.345Z")}};
    if (!object.encoding.isEmpty())
        described.insert(QStringLiteral("contentEncoding"), QString::fromLatin1(object.encoding));
    return described;
}

PeerAnswer xmlError(int status, const QByteArray &code)
{
    return PeerAnswer::of(status,
                          "<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code +
                              "</Code><Message>Refused</Message></Error>",
                          {"Content-Type: application/xml; charset=UTF-8"});
}

QByteArray etagOf(const GoogleStoragePeer::Object &object)
{
    return '"' + QCryptographicHash::hash(object.content, QCryptographicHash::Md5).toHex() + '"';
}

/// Media requests are refused in plain text.
PeerAnswer refusal(const GoogleCall &call, int code, const QByteArray &message, const QByteArray &reason)
{
    if (call.read.value(QStringLiteral("alt")) == u"media")
        return PeerAnswer::of(code, message, {"Content-Type: text/html; charset=UTF-8"});
    return googleError(code, message, reason);
}

} // namespace

GoogleStoragePeer::GoogleStoragePeer()
    : peer(QStringLiteral("google-storage"), QStringLiteral("https://www.googleapis.com/auth/devstorage.read_only"),
           [this](const GoogleCall &call) { return serve(call); })
{}

void GoogleStoragePeer::put(const QString &bucket, const QString &name, const QByteArray &content,
                            const QByteArray &encoding)
{
    m_buckets[bucket][name] = {content, ++m_lastGeneration, encoding};
}

PeerAnswer GoogleStoragePeer::serve(const GoogleCall &call)
{
    if (call.sent.header("Authorization").startsWith("GOOG4-"))
        return serveXml(call);
    const QString bucket = call.read.path[QStringLiteral("bucket")];
    const bool anonymous = !call.sent.has("Authorization");
    if (!anonymous && !call.isAuthorized)
        return refusal(call, 401, "Invalid Credentials", "authError");
    if (!m_buckets.contains(bucket))
        return refusal(call, 404, "The specified bucket does not exist.", "notFound");
    if (anonymous && !m_public.contains(bucket)) {
        return refusal(call, 401,
                       "Anonymous caller does not have storage.objects.get access to the Google Cloud Storage "
                       "object. Permission 'storage.objects.get' denied on resource (or it may not exist).",
                       "required");
    }
    if (m_locked.contains(bucket)) {
        return refusal(call, 403,
                       peer.account().email().toUtf8() +
                           " does not have storage.objects.list access to the Google Cloud Storage bucket.",
                       "forbidden");
    }
    return call.read.operation == u"storage.objects.list" ? listed(bucket, call) : got(bucket, call);
}

PeerAnswer GoogleStoragePeer::listed(const QString &bucket, const GoogleCall &call) const
{
    const QString prefix = call.read.value(QStringLiteral("prefix"));
    const QString after =
        QString::fromUtf8(QByteArray::fromBase64(call.read.value(QStringLiteral("pageToken")).toLatin1()));
    const qsizetype most = std::min<qsizetype>(pageSize, call.read.has(QStringLiteral("maxResults"))
                                                             ? call.read.value(QStringLiteral("maxResults")).toInt()
                                                             : 1000);
    QJsonObject answer{{QStringLiteral("kind"), QStringLiteral("storage#objects")}};
    QJsonArray items;
    const auto &objects = *m_buckets.constFind(bucket);
    for (auto it = objects.begin(); it != objects.end(); ++it) {
        if (!it.key().startsWith(prefix) || (!after.isEmpty() && it.key() <= after))
            continue;
        if (items.size() == most) {
            const QByteArray last = items.last().toObject()[QLatin1StringView("name")].toString().toUtf8();
            answer.insert(QStringLiteral("nextPageToken"), QString::fromLatin1(last.toBase64()));
            break;
        }
        items.append(metadata(bucket, it.key(), *it));
    }
    if (!items.isEmpty())
        answer.insert(QStringLiteral("items"), items);
    return googleJson(answer, call);
}

PeerAnswer GoogleStoragePeer::serveXml(const GoogleCall &call) const
{
    const QByteArray problem = goog4Problem(call.sent, hmacId, hmacSecret, QDateTime::currentDateTimeUtc());
    if (!problem.isEmpty())
        return xmlError(403, problem);
    const QByteArray path = call.sent.target.split('?').first().mid(1);
    const qsizetype slash = path.indexOf('/');
    const auto decoded = [](const QByteArray &part) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(part));
    };
    const QString bucket = decoded(slash < 0 ? path : path.left(slash));
    if (!m_buckets.contains(bucket))
        return xmlError(404, "NoSuchBucket");
    if (m_locked.contains(bucket))
        return xmlError(403, "AccessDenied");
    if (slash < 0) {
        return PeerAnswer::of(200, xmlListing(bucket, call.sent.target.mid(path.size() + 2)),
                              {"Content-Type: application/xml; charset=UTF-8"});
    }
    const auto &objects = *m_buckets.constFind(bucket);
    const auto object = objects.constFind(decoded(path.mid(slash + 1)));
    if (object == objects.constEnd())
        return xmlError(404, "NoSuchKey");
    const QByteArray etag = etagOf(*object);
    if (call.sent.header("If-None-Match") == etag)
        return PeerAnswer::of(304, {}, {"ETag: " + etag});
    return PeerAnswer::of(200, object->content,
                          {"ETag: " + etag, "x-goog-generation: " + QByteArray::number(object->generation)});
}

QByteArray GoogleStoragePeer::xmlListing(const QString &bucket, const QByteArray &query) const
{
    QMap<QString, QString> asked;
    for (const auto &[name, value] : formItems(query))
        asked.insert(name, value);
    const QString after = asked[QStringLiteral("continuation-token")];
    QByteArray contents;
    QByteArray next;
    qsizetype count = 0;
    const auto &objects = *m_buckets.constFind(bucket);
    QString last;
    for (auto it = objects.begin(); it != objects.end(); ++it) {
        if (!it.key().startsWith(asked[QStringLiteral("prefix")]) || (!after.isEmpty() && it.key() <= after))
            continue;
        if (count == pageSize) {
            next = "<NextContinuationToken>" + last.toHtmlEscaped().toUtf8() + "</NextContinuationToken>";
            break;
        }
        ++count;
        last = it.key();
        contents += "<Contents><Key>" + it.key().toHtmlEscaped().toUtf8() + "</Key><Generation>" +
                    QByteArray::number(it->generation) + "</Generation><ETag>" + etagOf(*it) + "</ETag><Size>" +
                    QByteArray::number(it->content.size()) + "</Size></Contents>";
    }
    return "<?xml version='1.0' encoding='UTF-8'?><ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'>"
           "<IsTruncated>" +
           QByteArray(next.isEmpty() ? "false" : "true") + "</IsTruncated>" + contents + next + "</ListBucketResult>";
}

PeerAnswer GoogleStoragePeer::got(const QString &bucket, const GoogleCall &call) const
{
    const QString name = call.read.path[QStringLiteral("object")];
    const auto &objects = *m_buckets.constFind(bucket);
    const auto object = objects.constFind(name);
    if (object == objects.constEnd())
        return refusal(call, 404, "No such object: " + bucket.toUtf8() + '/' + name.toUtf8(), "notFound");
    const QByteArray generation = QByteArray::number(object->generation);
    if (call.read.has(QStringLiteral("ifGenerationMatch")) &&
        call.read.value(QStringLiteral("ifGenerationMatch")).toLatin1() != generation) {
        return refusal(call, 412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet");
    }
    if (call.read.value(QStringLiteral("ifGenerationNotMatch")).toLatin1() == generation)
        return PeerAnswer::of(304);
    if (call.read.value(QStringLiteral("alt")) != u"media")
        return googleJson(metadata(bucket, name, *object), call);
    QList<QByteArray> fields{"Content-Type: text/csv", "x-goog-generation: " + generation, "x-goog-metageneration: 1",
                             "ETag: \"CJ" + generation + "EAE=\""};
    // Without the request's leave Google unpacks by itself; a client of ours always gives it.
    if (!object->encoding.isEmpty())
        fields.append("Content-Encoding: " + object->encoding);
    return PeerAnswer::of(200, object->content, fields);
}

} // namespace idstore::test
