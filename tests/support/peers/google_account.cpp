// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/google_account.h"

#include <QJsonDocument>

#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace idstore::test {

namespace {

constexpr char audience[] = "https://oauth2.googleapis.com/token";
constexpr char keyId[] = "3f9a1c";

QByteArray fromBase64Url(const QByteArray &part)
{
    return QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
}

/// One for the whole program: making one takes a while.
EVP_PKEY *key()
{
    static const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> made(EVP_RSA_gen(2048), &EVP_PKEY_free);
    if (!made)
        qFatal("no RSA key for a test's service account");
    return made.get();
}

bool isSigned(const QByteArray &data, const QByteArray &signature)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const auto *const bytes = reinterpret_cast<const unsigned char *>(data.constData());
    const auto *const given = reinterpret_cast<const unsigned char *>(signature.constData());
    return EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key(), nullptr) == 1 &&
           EVP_DigestVerify(context.get(), given, static_cast<std::size_t>(signature.size()), bytes,
                            static_cast<std::size_t>(data.size())) == 1;
}

} // namespace

QByteArray GoogleAccount::privateKey() const
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> buffer(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(buffer.get(), key(), nullptr, nullptr, 0, nullptr, nullptr);
    char *text = nullptr;
    const long length = BIO_get_mem_data(buffer.get(), &text);
    return QByteArray(text, length);
}

QJsonObject GoogleAccount::keyFile() const
{
    return {{QStringLiteral("type"), QStringLiteral("service_account")},
            {QStringLiteral("project_id"), QStringLiteral("contacts-1")},
            {QStringLiteral("private_key_id"), QLatin1StringView(keyId)},
            {QStringLiteral("private_key"), QString::fromLatin1(privateKey())},
            {QStringLiteral("client_email"), email()},
            {QStringLiteral("client_id"), QStringLiteral("104711")},
            {QStringLiteral("token_uri"), QLatin1StringView(audience)}};
}

QStringList GoogleAccount::assertionProblems(const QByteArray &jwt, const QString &scope, const QDateTime &now) const
{
    const QList<QByteArray> parts = jwt.split('.');
    if (parts.size() != 3)
        return {QStringLiteral("Invalid JWT: not three parts")};
    QStringList problems;
    const auto check = [&problems](bool good, const char *what) {
        if (!good)
            problems.append(QLatin1StringView(what));
    };
    const QJsonObject header = QJsonDocument::fromJson(fromBase64Url(parts[0])).object();
    check(header[QLatin1StringView("alg")].toString() == u"RS256", "Invalid JWT: alg");
    check(header[QLatin1StringView("typ")].toString() == u"JWT", "Invalid JWT: typ");
    check(header[QLatin1StringView("kid")].toString() == QLatin1StringView(keyId), "Invalid JWT: kid");
    check(isSigned(parts[0] + '.' + parts[1], fromBase64Url(parts[2])), "Invalid JWT Signature.");
    const QJsonObject claims = QJsonDocument::fromJson(fromBase64Url(parts[1])).object();
    check(claims[QLatin1StringView("iss")].toString() == email(), "Invalid JWT: iss");
    check(claims[QLatin1StringView("scope")].toString() == scope, "Invalid JWT: scope");
    check(claims[QLatin1StringView("aud")].toString() == QLatin1StringView(audience), "Invalid JWT: aud");
    const qint64 issued = claims[QLatin1StringView("iat")].toInteger(-1);
    const qint64 expires = claims[QLatin1StringView("exp")].toInteger(-1);
    constexpr qint64 hour = 3600;
    constexpr qint64 toleratedSkew = 300;
    check(qAbs(now.toSecsSinceEpoch() - issued) <= toleratedSkew && expires > issued && expires - issued <= hour,
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat "
          "and exp values in the JWT claim.");
    return problems;
}

} // namespace idstore::test
