// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/secret_vault.h"

#include "models/store/data_directory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QMutexLocker>
#include <QSaveFile>

#include <cerrno>
#include <memory>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace idstore {

namespace {

// File layout: magic, 12 bytes nonce, 16 bytes tag, ciphertext.
constexpr char magic[] = "IDSV1";
constexpr int magicSize = 5;
constexpr int nonceSize = 12;
constexpr int tagSize = 16;
constexpr int keySize = 32;
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char *bytes(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

const unsigned char *bytes(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

Error damaged(const QString &cause)
{
    return {ErrorKind::Internal,
            QStringLiteral("vault_damaged"),
            QCoreApplication::translate("SecretVault", "The stored credentials cannot be read."),
            QCoreApplication::translate("SecretVault", "Enter the credentials of this source again."),
            cause,
            {}};
}

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly) || file.write(content) != content.size() ||
        !file.commit()) {
        return fileError(path, errno);
    }
    return {};
}

} // namespace

SecretVault::SecretVault(QString folder)
    : m_folder(std::move(folder))
{}

QString SecretVault::pathOf(SourceId source) const
{
    return m_folder + u'/' + source.toString() + QStringLiteral(".vault");
}

Result<Secret> SecretVault::key(bool create) const
{
    const QString path = m_folder + QStringLiteral("/key");
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray key = file.readAll();
        if (key.size() != keySize)
            return damaged(QStringLiteral("key file has %1 bytes").arg(key.size()));
        return Secret(std::move(key));
    }
    if (!create || file.exists())
        return damaged(QStringLiteral("key file: ") + file.errorString());
    QByteArray key(keySize, Qt::Uninitialized);
    if (RAND_bytes(bytes(key), keySize) != 1)
        return damaged(QStringLiteral("no randomness"));
    if (!QDir().mkpath(m_folder))
        return fileError(m_folder, errno);
    QFile::setPermissions(m_folder, ownerOnly | QFile::ExeOwner);
    IDS_CHECK(writeFile(path, key));
    return Secret(std::move(key));
}

Result<void> SecretVault::store(SourceId source, const Secret &value)
{
    const QMutexLocker locker(&m_mutex);
    IDS_TRY(secretKey, key(true));
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    if (RAND_bytes(bytes(nonce), nonceSize) != 1)
        return damaged(QStringLiteral("no randomness"));

    const QByteArray owner = source.toString().toUtf8();
    const QByteArray &plain = value.reveal();
    QByteArray cipher(plain.size(), Qt::Uninitialized);
    QByteArray tag(tagSize, Qt::Uninitialized);
    int length = 0;
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool encrypted =
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(secretKey.reveal()), bytes(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &length, bytes(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), bytes(cipher), &length, bytes(plain), static_cast<int>(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), bytes(cipher) + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, tag.data()) == 1;
    if (!encrypted)
        return damaged(QStringLiteral("encryption failed"));
    return writeFile(pathOf(source), QByteArray(magic, magicSize) + nonce + tag + cipher);
}

Result<Secret> SecretVault::load(SourceId source) const
{
    const QMutexLocker locker(&m_mutex);
    QFile file(pathOf(source));
    if (!file.exists())
        return Secret();
    if (!file.open(QIODevice::ReadOnly))
        return damaged(file.errorString());
    const QByteArray content = file.readAll();
    if (content.size() < magicSize + nonceSize + tagSize || !content.startsWith(magic))
        return damaged(QStringLiteral("not a vault file"));
    IDS_TRY(secretKey, key(false));

    const QByteArray owner = source.toString().toUtf8();
    const QByteArray nonce = content.mid(magicSize, nonceSize);
    QByteArray tag = content.mid(magicSize + nonceSize, tagSize);
    const QByteArray cipher = content.mid(magicSize + nonceSize + tagSize);
    QByteArray plain(cipher.size(), Qt::Uninitialized);
    int length = 0;
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool decrypted =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(secretKey.reveal()), bytes(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &length, bytes(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), bytes(plain), &length, bytes(cipher), static_cast<int>(cipher.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), bytes(plain) + length, &length) == 1;
    Secret value(std::move(plain));
    if (!decrypted)
        return damaged(QStringLiteral("authentication failed"));
    return value;
}

Result<void> SecretVault::remove(SourceId source)
{
    const QMutexLocker locker(&m_mutex);
    QFile file(pathOf(source));
    if (file.exists() && !file.remove())
        return damaged(file.errorString());
    return {};
}

} // namespace idstore
