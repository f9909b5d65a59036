// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/aws_signature.h"

#include "connectors/cloud/digests.h"
#include "connectors/cloud/percent_encoding.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AwsSignature)
};

/// What the dialects call things.
struct Terms
{
    QByteArray algorithm;
    QByteArray keyPrefix; ///< before the secret, in the first step of the key's derivation
    QByteArray terminator; ///< of the scope
    QByteArray headerPrefix;
};

Terms terms(SigningScope::Dialect dialect)
{
    if (dialect == SigningScope::Dialect::Google)
        return {"GOOG4-HMAC-SHA256", "GOOG4", "goog4_request", "x-goog-"};
    return {"AWS4-HMAC-SHA256", "AWS4", "aws4_request", "x-amz-"};
}

/// Of the stores; other services do without both the hash in a field and the untouched path.
bool isStorage(const SigningScope &scope)
{
    return scope.dialect == SigningScope::Dialect::Google || scope.service == "s3";
}

QByteArray normalisedPath(const QByteArray &path)
{
    QList<QByteArray> kept;
    const QList<QByteArray> segments = path.split('/');
    for (const QByteArray &segment : segments) {
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
        } else if (!segment.isEmpty() && segment != ".") {
            kept.append(segment);
        }
    }
    QByteArray normal = '/' + kept.join('/');
    if (!kept.isEmpty() && path.endsWith('/'))
        normal += '/';
    return normal;
}

QByteArray canonicalPath(const QByteArray &path, const SigningScope &scope)
{
    if (path.isEmpty())
        return "/";
    // Decoded first, since a client may have left characters bare that the canonical form encodes.
    return encodedPath(isStorage(scope) ? decoded(path) : normalisedPath(path));
}

QByteArray canonicalQuery(const QByteArray &query)
{
    QueryItems items = queryItems(query);
    for (auto &[name, value] : items) {
        name = encodedPart(name);
        value = encodedPart(value);
    }
    std::sort(items.begin(), items.end());
    QByteArray canonical;
    for (const auto &[name, value] : items) {
        if (!canonical.isEmpty())
            canonical += '&';
        canonical += name + '=' + value;
    }
    return canonical;
}

using FieldMap = std::map<QByteArray, QByteArray>;

void addField(FieldMap &fields, const QByteArray &name, const QByteArray &value)
{
    QByteArray &field = fields[name.toLower()];
    if (!field.isNull())
        field += ',';
    field += value.simplified();
}

QByteArray joinedNames(const FieldMap &fields)
{
    QByteArray names;
    for (const auto &[name, value] : fields) {
        if (!names.isEmpty())
            names += ';';
        names += name;
    }
    return names;
}

Result<Secret> signingKey(const AccessKey &key, const Terms &terms, const QByteArray &day, const SigningScope &scope)
{
    const Secret start(terms.keyPrefix + key.secret.reveal());
    IDS_TRY(ofDay, hmacSha256(start, day));
    IDS_TRY(ofRegion, hmacSha256(ofDay, scope.region));
    IDS_TRY(ofService, hmacSha256(ofRegion, scope.service));
    return hmacSha256(ofService, terms.terminator);
}

/// Nothing that could end the header field that it is written into, or split the scope.
bool isPlain(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Error invalid(const QString &code, const QString &field, const QString &message)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = code,
            .message = message,
            .remedy = Words::tr("Copy it again from where it was issued."),
            .cause = {},
            .fields = {{field, message}}};
}

Result<void> checkInput(const AccessKey &key, const SigningScope &scope)
{
    const bool google = scope.dialect == SigningScope::Dialect::Google;
    const QString code = QStringLiteral("access_key_malformed");
    if (!isPlain(key.id.toUtf8()) || key.id.contains(u'/')) {
        return invalid(
            code, google ? QStringLiteral("credentials.hmac_access_id") : QStringLiteral("credentials.access_key_id"),
            Words::tr("The access key ID contains characters that no access key ID has."));
    }
    if (key.secret.isEmpty() || !isPlain(key.secret.reveal())) {
        return invalid(
            code, google ? QStringLiteral("credentials.hmac_secret") : QStringLiteral("credentials.secret_access_key"),
            Words::tr("The secret of the access key is empty or contains spaces or line breaks."));
    }
    if (!isPlain(key.sessionToken.reveal())) {
        return invalid(code, QStringLiteral("credentials.session_token"),
                       Words::tr("The session token contains spaces or line breaks."));
    }
    if (scope.region.isEmpty() || !isPlain(scope.region) || scope.region.contains('/')) {
        return invalid(QStringLiteral("region_malformed"), QStringLiteral("config.region"),
                       Words::tr("The region is empty or contains characters that no region has."));
    }
    return {};
}

} // namespace

RequestToSign RequestToSign::of(const QByteArray &method, const QUrl &url, const http::Headers &headers)
{
    RequestToSign request;
    request.method = method;
    request.host = url.host(QUrl::FullyEncoded).toLatin1();
    if (request.host.contains(':'))
        request.host = '[' + request.host + ']';
    const int ownPort = url.scheme() == u"https" ? 443 : 80;
    if (url.port(ownPort) != ownPort)
        request.host += ':' + QByteArray::number(url.port());
    request.path = url.path(QUrl::FullyEncoded).toLatin1();
    request.query = url.query(QUrl::FullyEncoded).toLatin1();
    request.headers = headers;
    return request;
}

AwsSignature::AwsSignature(AccessKey key, SigningScope scope)
    : m_key(std::move(key))
    , m_scope(std::move(scope))
{}

Result<http::SecretHeaders> AwsSignature::sign(const RequestToSign &request, const QDateTime &now) const
{
    http::SecretHeaders added;
    if (m_key.isAnonymous())
        return added;
    IDS_CHECK(checkInput(m_key, m_scope));

    const Terms words = terms(m_scope.dialect);
    const QByteArray time = now.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'").toLatin1();
    const QByteArray day = time.left(time.indexOf('T'));
    QByteArray payloadHash = request.payloadHash;
    if (payloadHash.isEmpty()) {
        IDS_TRY(hash, sha256({}));
        payloadHash = hash.toHex();
    }

    FieldMap fields;
    for (const http::Header &header : request.headers)
        addField(fields, header.name, header.value);
    fields["host"] = request.host;
    const auto add = [&](const QByteArray &name, Secret value) {
        fields[name] = value.reveal();
        added.emplace_back(name, std::move(value));
    };
    add(words.headerPrefix + "date", Secret(time));
    if (isStorage(m_scope))
        add(words.headerPrefix + "content-sha256", Secret(payloadHash));
    if (!m_key.sessionToken.isEmpty())
        add(words.headerPrefix + "security-token", m_key.sessionToken.clone());

    QByteArray canonical =
        request.method + '\n' + canonicalPath(request.path, m_scope) + '\n' + canonicalQuery(request.query) + '\n';
    for (const auto &[name, value] : fields)
        canonical += name + ':' + value + '\n';
    const QByteArray names = joinedNames(fields);
    canonical += '\n' + names + '\n' + payloadHash;

    const QByteArray scope = day + '/' + m_scope.region + '/' + m_scope.service + '/' + words.terminator;
    // It holds the session token.
    const Secret canonicalRequest(std::move(canonical));
    IDS_TRY(canonicalHash, sha256(canonicalRequest.reveal()));
    const QByteArray toSign = words.algorithm + '\n' + time + '\n' + scope + '\n' + canonicalHash.toHex();
    IDS_TRY(key, signingKey(m_key, words, day, m_scope));
    IDS_TRY(signature, hmacSha256(key, toSign));
    added.emplace_back("authorization",
                       Secret(words.algorithm + " Credential=" + m_key.id.toUtf8() + '/' + scope +
                              ", SignedHeaders=" + names + ", Signature=" + signature.reveal().toHex()));
    return added;
}

} // namespace idstore::cloud
