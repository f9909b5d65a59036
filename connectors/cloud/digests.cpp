// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/digests.h"

#include <QCoreApplication>

#include <openssl/evp.h>

namespace idstore::cloud {

namespace {

constexpr qsizetype digestSize = 32;

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *bytes(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

} // namespace

Error cryptoFailed(const QString &step)
{
    return {.kind = ErrorKind::Internal,
            .code = QStringLiteral("crypto_failed"),
            .message = QCoreApplication::translate("Digests", "The cryptography library does not work."),
            .remedy = QCoreApplication::translate("Digests", "Reinstall OpenSSL, or see the log."),
            .cause = step,
            .fields = {}};
}

Result<QByteArray> sha256(QByteArrayView data)
{
    QByteArray digest(digestSize, Qt::Uninitialized);
    std::size_t length = 0;
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, data.data(), static_cast<std::size_t>(data.size()), bytes(digest),
                     &length) != 1) {
        return cryptoFailed(QStringLiteral("SHA-256"));
    }
    return digest;
}

Result<Secret> hmacSha256(const Secret &key, QByteArrayView data)
{
    QByteArray code(digestSize, Qt::Uninitialized);
    std::size_t length = 0;
    if (!EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.reveal().constData(),
                   static_cast<std::size_t>(key.reveal().size()), bytes(data), static_cast<std::size_t>(data.size()),
                   bytes(code), static_cast<std::size_t>(code.size()), &length)) {
        return cryptoFailed(QStringLiteral("HMAC-SHA-256"));
    }
    return Secret(std::move(code));
}

} // namespace idstore::cloud
