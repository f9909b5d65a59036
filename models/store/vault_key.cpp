// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/vault_key.h"

#include <QCoreApplication>

#include <memory>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace idstore {

namespace {

constexpr int nonceSize = 12;
constexpr int tagSize = 16;
constexpr int saltSize = 16;
const QByteArray magic = "IDSK1";
const QByteArray keyOwner = "vault key";

/// 32 MiB and about a tenth of a second: what RFC 7914 has for interactive use, doubled.
constexpr int costLog2 = 15;
constexpr int blockSize = 8;
constexpr int parallel = 1;
/// Of what is read from a file: no more than 1 GiB.
constexpr int highestCostLog2 = 20;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char *bytes(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

const unsigned char *bytes(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

Result<QByteArray> randomBytes(int size)
{
    QByteArray random(size, Qt::Uninitialized);
    if (RAND_bytes(bytes(random), size) != 1)
        return vaultDamaged(QStringLiteral("no randomness"));
    return random;
}

Result<Secret> stretched(const Secret &passphrase, const QByteArray &salt, int log2, int r, int p)
{
    QByteArray key(vaultKeySize, Qt::Uninitialized);
    const QByteArray &text = passphrase.reveal();
    const auto memory = (quint64(128) * static_cast<quint64>(r) << log2) + 1024 * 1024;
    const bool made =
        EVP_PBE_scrypt(text.constData(), static_cast<std::size_t>(text.size()), bytes(salt),
                       static_cast<std::size_t>(salt.size()), quint64(1) << log2, static_cast<quint64>(r),
                       static_cast<quint64>(p), memory, bytes(key), static_cast<std::size_t>(key.size())) == 1;
    Secret stretchedKey(std::move(key));
    if (!made)
        return vaultDamaged(QStringLiteral("scrypt failed"));
    return stretchedKey;
}

} // namespace

Error vaultDamaged(const QString &cause)
{
    return {ErrorKind::Internal,
            QStringLiteral("vault_damaged"),
            QCoreApplication::translate("SecretVault", "The stored credentials cannot be read."),
            QCoreApplication::translate("SecretVault", "Enter the credentials of this source again."),
            cause,
            {}};
}

Result<Secret> newVaultKey()
{
    IDS_TRY(key, randomBytes(vaultKeySize));
    return Secret(std::move(key));
}

Result<QByteArray> encrypted(const Secret &key, const QByteArray &owner, const Secret &plain)
{
    IDS_TRY(nonce, randomBytes(nonceSize));
    const QByteArray &text = plain.reveal();
    QByteArray cipher(text.size(), Qt::Uninitialized);
    QByteArray tag(tagSize, Qt::Uninitialized);
    int length = 0;
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool done =
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(key.reveal()), bytes(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &length, bytes(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), bytes(cipher), &length, bytes(text), static_cast<int>(text.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), bytes(cipher) + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagSize, tag.data()) == 1;
    if (!done)
        return vaultDamaged(QStringLiteral("encryption failed"));
    return QByteArray(nonce + tag + cipher);
}

Result<Secret> decrypted(const Secret &key, const QByteArray &owner, const QByteArray &sealed)
{
    if (sealed.size() < nonceSize + tagSize)
        return vaultDamaged(QStringLiteral("cut off"));
    const QByteArray nonce = sealed.first(nonceSize);
    QByteArray tag = sealed.mid(nonceSize, tagSize);
    const QByteArray cipher = sealed.mid(nonceSize + tagSize);
    QByteArray plain(cipher.size(), Qt::Uninitialized);
    int length = 0;
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const bool done =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(key.reveal()), bytes(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &length, bytes(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), bytes(plain), &length, bytes(cipher), static_cast<int>(cipher.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagSize, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), bytes(plain) + length, &length) == 1;
    Secret value(std::move(plain));
    if (!done)
        return vaultDamaged(QStringLiteral("authentication failed"));
    return value;
}

Result<QByteArray> sealedKey(const Secret &key, const Secret &passphrase)
{
    IDS_TRY(salt, randomBytes(saltSize));
    IDS_TRY(wrapping, stretched(passphrase, salt, costLog2, blockSize, parallel));
    QByteArray head = magic;
    for (const int number : {costLog2, blockSize, parallel})
        head.append(static_cast<char>(number));
    head += salt;
    IDS_TRY(body, encrypted(wrapping, keyOwner + head, key));
    return QByteArray(head + body);
}

Result<Secret> openedKey(const QByteArray &sealed, const Secret &passphrase)
{
    constexpr int costs = 3;
    const qsizetype headSize = magic.size() + costs + saltSize;
    if (!sealed.startsWith(magic) || sealed.size() < headSize)
        return vaultDamaged(QStringLiteral("not a sealed key"));
    const QByteArray head = sealed.first(headSize);
    const auto cost = [&](int which) { return int(static_cast<unsigned char>(head[magic.size() + which])); };
    if (cost(0) < 1 || cost(0) > highestCostLog2 || cost(1) != blockSize || cost(2) != parallel)
        return vaultDamaged(QStringLiteral("cost of the sealed key"));
    IDS_TRY(wrapping, stretched(passphrase, head.last(saltSize), cost(0), cost(1), cost(2)));
    Result<Secret> key = decrypted(wrapping, keyOwner + head, sealed.mid(headSize));
    if (key && key->reveal().size() == vaultKeySize)
        return key;
    return Error{ErrorKind::Unauthenticated,
                 QStringLiteral("vault_passphrase_wrong"),
                 QCoreApplication::translate("SecretVault", "The passphrase does not open the stored credentials."),
                 QCoreApplication::translate("SecretVault", "Give the passphrase that they were protected with "
                                                            "(--vault-passphrase-file)."),
                 {},
                 {}};
}

} // namespace idstore
