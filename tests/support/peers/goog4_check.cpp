// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/goog4_check.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

#include <algorithm>

namespace idstore::test {

namespace {

QByteArray hmac(const QByteArray &key, const QByteArray &message)
{
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
}

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

/// The parts of the query as they came, in the order of their bytes.
QByteArray sortedQuery(const QByteArray &query)
{
    QList<QByteArray> parts = query.split('&');
    std::ranges::sort(parts);
    return parts.join('&');
}

} // namespace

QByteArray goog4Problem(const PeerRequest &request, const QByteArray &accessId, const QByteArray &secret,
                        const QDateTime &now)
{
    static const QRegularExpression form(
        QStringLiteral("^GOOG4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([a-z0-9-]+)/storage/goog4_request, ?"
                       "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$"));
    const auto match = form.match(QString::fromLatin1(request.header("Authorization")));
    if (!match.hasMatch())
        return "AuthorizationHeaderMalformed";
    if (match.captured(1).toLatin1() != accessId)
        return "InvalidAccessKeyId";
    const QByteArray day = match.captured(2).toLatin1();
    const QByteArray region = match.captured(3).toLatin1();
    const QByteArray date = request.header("x-goog-date");
    QDateTime time = QDateTime::fromString(QString::fromLatin1(date), QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    time.setTimeSpec(Qt::UTC);
    constexpr qint64 toleratedSkew = 15 * 60;
    if (!time.isValid() || !date.startsWith(day) || qAbs(time.secsTo(now)) > toleratedSkew)
        return "RequestTimeTooSkewed";

    const QList<QByteArray> names = match.captured(4).toLatin1().split(';');
    QByteArray fields;
    for (const QByteArray &name : names)
        fields += name + ':' + request.header(name).simplified() + '\n';
    // All fields of Google's own have to be signed, and the host.
    for (const auto &[name, value] : request.headers) {
        if (name.toLower().startsWith("x-goog-") && !names.contains(name.toLower()))
            return "SignatureDoesNotMatch";
    }
    if (!names.contains("host") || !std::ranges::is_sorted(names))
        return "SignatureDoesNotMatch";

    const QByteArray payload = request.header("x-goog-content-sha256");
    if (payload != sha256Hex(request.body))
        return "SignatureDoesNotMatch";
    const qsizetype mark = request.target.indexOf('?');
    const QByteArray path = mark < 0 ? request.target : request.target.left(mark);
    const QByteArray query = mark < 0 ? QByteArray() : request.target.mid(mark + 1);
    const QByteArray canonical = request.method + '\n' + path + '\n' + sortedQuery(query) + '\n' + fields + '\n' +
                                 names.join(';') + '\n' + payload;
    const QByteArray scope = day + '/' + region + "/storage/goog4_request";
    const QByteArray toSign = "GOOG4-HMAC-SHA256\n" + date + '\n' + scope + '\n' + sha256Hex(canonical);
    const QByteArray key = hmac(hmac(hmac(hmac("GOOG4" + secret, day), region), "storage"), "goog4_request");
    return hmac(key, toSign).toHex() == match.captured(5).toLatin1() ? QByteArray() : "SignatureDoesNotMatch";
}

} // namespace idstore::test
