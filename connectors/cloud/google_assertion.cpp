// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/google_assertion.h"

#include "connectors/cloud/digests.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleAssertion)
};

constexpr qint64 lifetimeSeconds = 3600;
constexpr char tokenAddressDefault[] = "https://oauth2.googleapis.com/token";
constexpr char grantType[] = "urn:ietf:params:oauth:grant-type:jwt-bearer";

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Buffer = std::unique_ptr<BIO, decltype(&BIO_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Error invalid(const char *code, const QString &message, const QString &remedy, const QString &cause = {})
{
    return {.kind = ErrorKind::InvalidInput,
            .code = QString::fromLatin1(code),
            .message = message,
            .remedy = remedy,
            .cause = cause,
            .fields = {{QStringLiteral("credentials.service_account_json"), message}}};
}

QString makeNewKey()
{
    return Words::tr("Create a key of type JSON for the service account and enter the whole file.");
}

/// Asked for the passphrase of an encrypted key: there is none, and nobody at a terminal to ask.
int noPassphrase(char *, int, int, void *)
{
    return -1;
}

Key rsaKey(const Secret &pem)
{
    const QByteArray &text = pem.reveal();
    const Buffer buffer(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())), &BIO_free);
    Key key(buffer ? PEM_read_bio_PrivateKey(buffer.get(), nullptr, noPassphrase, nullptr) : nullptr, &EVP_PKEY_free);
    if (key && !EVP_PKEY_is_a(key.get(), "RSA"))
        key.reset();
    // What was tried is of no interest, and would turn up as the reason of somebody else's error.
    ERR_clear_error();
    return key;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Error wrongType(const QJsonObject &root)
{
    const QString type = root.value(u"type").toString();
    if (type == u"authorized_user") {
        return invalid("service_account_wrong_type",
                       Words::tr("These are the credentials of a signed-in user, not of a service account."),
                       makeNewKey());
    }
    if (type == u"external_account" || type == u"impersonated_service_account") {
        return invalid("service_account_wrong_type",
                       Words::tr("This file refers to credentials that are kept elsewhere; it holds no key."),
                       makeNewKey());
    }
    if (root.contains(u"installed") || root.contains(u"web")) {
        return invalid("service_account_wrong_type",
                       Words::tr("This is the file of an OAuth client, not the key of a service account."),
                       makeNewKey());
    }
    return invalid("service_account_wrong_type", Words::tr("This JSON is not the key of a service account."),
                   makeNewKey());
}

Error missing(const QString &field)
{
    return invalid("service_account_field_missing",
                   Words::tr("The key of the service account is not complete: it has no %1.").arg(field), makeNewKey(),
                   field);
}

bool isGoogle(const QUrl &address)
{
    const QString host = address.host();
    return address.isValid() && address.scheme() == u"https" && address.userInfo().isEmpty() && address.port() == -1 &&
           (host == u"googleapis.com" || host.endsWith(u".googleapis.com") || host == u"accounts.google.com");
}

} // namespace

Result<ServiceAccount> ServiceAccount::parse(const Secret &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json.reveal().trimmed(), &problem);
    if (!document.isObject()) {
        return invalid("service_account_not_json", Words::tr("This is not a JSON document."), makeNewKey(),
                       problem.error == QJsonParseError::NoError
                           ? QStringLiteral("not an object")
                           : QStringLiteral("%1 at byte %2").arg(problem.errorString()).arg(problem.offset));
    }
    const QJsonObject root = document.object();
    if (root.value(u"type").toString() != u"service_account")
        return wrongType(root);
    for (const QString &field : {QStringLiteral("client_email"), QStringLiteral("private_key")}) {
        if (root.value(field).toString().trimmed().isEmpty())
            return missing(field);
    }

    ServiceAccount account;
    account.m_email = root.value(u"client_email").toString().trimmed();
    account.m_projectId = root.value(u"project_id").toString();
    account.m_keyId = root.value(u"private_key_id").toString();
    account.m_tokenAddress =
        QUrl(root.value(u"token_uri").toString(QString::fromLatin1(tokenAddressDefault)), QUrl::StrictMode);
    if (!isGoogle(account.m_tokenAddress)) {
        return invalid("service_account_token_address",
                       Words::tr("The token_uri of the key is not an address of Google's."), makeNewKey());
    }
    QByteArray pem = root.value(u"private_key").toString().toUtf8();
    // Line breaks that were escaped once more on the way, by a shell or a form.
    pem.replace("\\n", "\n");
    account.m_key = Secret(std::move(pem));
    if (!rsaKey(account.m_key)) {
        return invalid("service_account_key_unreadable",
                       Words::tr("The private key of the service account cannot be read."), makeNewKey());
    }
    return account;
}

Result<Secret> ServiceAccount::assertion(const QStringList &scopes, const QDateTime &now) const
{
    QJsonObject header{{QStringLiteral("alg"), QStringLiteral("RS256")},
                       {QStringLiteral("typ"), QStringLiteral("JWT")}};
    if (!m_keyId.isEmpty())
        header.insert(QStringLiteral("kid"), m_keyId);
    const qint64 issued = now.toSecsSinceEpoch();
    const QJsonObject claims{{QStringLiteral("iss"), m_email},
                             {QStringLiteral("scope"), scopes.join(u' ')},
                             {QStringLiteral("aud"), m_tokenAddress.toString(QUrl::FullyEncoded)},
                             {QStringLiteral("iat"), issued},
                             {QStringLiteral("exp"), issued + lifetimeSeconds}};
    const QByteArray toSign = base64Url(compact(header)) + '.' + base64Url(compact(claims));

    const Key key = rsaKey(m_key);
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const auto *const data = reinterpret_cast<const unsigned char *>(toSign.constData());
    const auto size = static_cast<std::size_t>(toSign.size());
    std::size_t length = 0;
    // RS256 is RSASSA-PKCS1-v1_5 (RFC 7518, section 3.3), which OpenSSL does unless told otherwise.
    if (!key || !context ||
        EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key.get(), nullptr) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, data, size) != 1) {
        return cryptoFailed(QStringLiteral("RS256"));
    }
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length, data, size) != 1)
        return cryptoFailed(QStringLiteral("RS256"));
    signature.truncate(static_cast<qsizetype>(length));
    return Secret(toSign + '.' + base64Url(signature));
}

Secret ServiceAccount::tokenRequestBody(const Secret &assertion)
{
    return Secret("grant_type=" + QByteArray(grantType).toPercentEncoding() +
                  "&assertion=" + assertion.reveal().toPercentEncoding());
}

Result<AccessToken> AccessToken::parse(const QByteArray &json, const QDateTime &now)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    AccessToken access;
    access.token = Secret(root.value(u"access_token").toString().toUtf8());
    const qint64 seconds = root.value(u"expires_in").toInteger(lifetimeSeconds);
    if (access.token.isEmpty() || seconds <= 0 ||
        root.value(u"token_type").toString(QStringLiteral("Bearer")).compare(u"Bearer", Qt::CaseInsensitive) != 0) {
        return Error{.kind = ErrorKind::Source,
                     .code = QStringLiteral("token_unreadable"),
                     .message = Words::tr("Google answered something other than an access token."),
                     .remedy = Words::tr("Try again; if a base URL is set, check it."),
                     .cause = {},
                     .fields = {}};
    }
    access.expiry = now.toUTC().addSecs(seconds);
    return access;
}

} // namespace idstore::cloud
