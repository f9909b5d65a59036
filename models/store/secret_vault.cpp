// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/secret_vault.h"

#include "models/store/data_directory.h"
#include "models/store/vault_key.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QMutexLocker>
#include <QSaveFile>

#include <cerrno>

namespace idstore {

namespace {

// File layout: magic, then what encrypted() makes.
const QByteArray magic = "IDSV1";
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly) || file.write(content) != content.size() ||
        !file.commit()) {
        return fileError(path, errno);
    }
    return {};
}

Error locked()
{
    return {ErrorKind::Unavailable,
            QStringLiteral("vault_locked"),
            QCoreApplication::translate("SecretVault", "The stored credentials are protected by a passphrase."),
            QCoreApplication::translate("SecretVault", "Start with the file that holds it "
                                                       "(--vault-passphrase-file)."),
            {},
            {}};
}

} // namespace

SecretVault::SecretVault(QString folder)
    : m_folder(std::move(folder))
{}

QString SecretVault::pathOf(SourceId source) const
{
    return m_folder + u'/' + source.toString() + QStringLiteral(".vault");
}

QString SecretVault::keyPath() const
{
    return m_folder + QStringLiteral("/key");
}

QString SecretVault::sealedKeyPath() const
{
    return m_folder + QStringLiteral("/key.sealed");
}

Result<void> SecretVault::makeFolder() const
{
    if (!QDir().mkpath(m_folder))
        return fileError(m_folder, errno);
    QFile::setPermissions(m_folder, ownerOnly | QFile::ExeOwner);
    return {};
}

Result<void> SecretVault::unlock(const Secret &passphrase, KeyPlace place)
{
    const QMutexLocker locker(&m_mutex);
    if (passphrase.isEmpty()) {
        return Error{ErrorKind::InvalidInput,
                     QStringLiteral("vault_passphrase_empty"),
                     QCoreApplication::translate("SecretVault", "The passphrase of the stored credentials is empty."),
                     QCoreApplication::translate("SecretVault", "Write one into the file."),
                     {},
                     {}};
    }
    QFile sealed(sealedKeyPath());
    if (sealed.exists()) {
        // Also when a key file is there: a start that was cut off while sealing has left both.
        if (!sealed.open(QIODevice::ReadOnly))
            return vaultDamaged(sealed.errorString());
        IDS_TRY(opened, openedKey(sealed.readAll(), passphrase));
        m_key = std::move(opened);
    } else {
        IDS_TRY(present, key(true));
        m_key = std::move(present);
    }
    IDS_CHECK(makeFolder());
    if (place == KeyPlace::File) {
        IDS_CHECK(writeFile(keyPath(), m_key.reveal()));
        QFile::remove(sealedKeyPath());
        return {};
    }
    if (!sealed.exists()) {
        IDS_TRY(content, sealedKey(m_key, passphrase));
        IDS_CHECK(writeFile(sealedKeyPath(), content));
    }
    QFile plain(keyPath());
    if (plain.exists() && !plain.remove())
        return vaultDamaged(plain.errorString());
    return {};
}

Result<void> SecretVault::checkUnlocked() const
{
    const QMutexLocker locker(&m_mutex);
    if (m_key.isEmpty() && QFile::exists(sealedKeyPath()))
        return locked();
    return {};
}

Result<Secret> SecretVault::keyFromFile() const
{
    QFile file(keyPath());
    if (!file.open(QIODevice::ReadOnly))
        return vaultDamaged(QStringLiteral("key file: ") + file.errorString());
    Secret key(file.readAll());
    if (key.reveal().size() != vaultKeySize)
        return vaultDamaged(QStringLiteral("key file has %1 bytes").arg(key.reveal().size()));
    return key;
}

Result<Secret> SecretVault::key(bool create) const
{
    if (!m_key.isEmpty())
        return m_key.clone();
    if (QFile::exists(sealedKeyPath()))
        return locked();
    if (!create || QFile::exists(keyPath()))
        return keyFromFile();
    IDS_TRY(key, newVaultKey());
    IDS_CHECK(makeFolder());
    IDS_CHECK(writeFile(keyPath(), key.reveal()));
    return std::move(key);
}

Result<void> SecretVault::store(SourceId source, const Secret &value)
{
    const QMutexLocker locker(&m_mutex);
    IDS_TRY(secretKey, key(true));
    IDS_TRY(content, encrypted(secretKey, source.toString().toUtf8(), value));
    return writeFile(pathOf(source), magic + content);
}

Result<Secret> SecretVault::load(SourceId source) const
{
    const QMutexLocker locker(&m_mutex);
    QFile file(pathOf(source));
    if (!file.exists())
        return Secret();
    if (!file.open(QIODevice::ReadOnly))
        return vaultDamaged(file.errorString());
    const QByteArray content = file.readAll();
    if (!content.startsWith(magic))
        return vaultDamaged(QStringLiteral("not a vault file"));
    IDS_TRY(secretKey, key(false));
    return decrypted(secretKey, source.toString().toUtf8(), content.mid(magic.size()));
}

Result<void> SecretVault::remove(SourceId source)
{
    const QMutexLocker locker(&m_mutex);
    QFile file(pathOf(source));
    if (file.exists() && !file.remove())
        return vaultDamaged(file.errorString());
    return {};
}

} // namespace idstore
