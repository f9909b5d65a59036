// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/secret_store.h"

#include <QMutex>
#include <QString>

namespace idstore {

/// Credentials at rest, encrypted: one file a source, AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce a write
/// and the source's id as additional data, under one random key. The key is kept beside them in a file of mode 0600
/// ("key"), or encrypted under a passphrase ("key.sealed", vault_key.h): going from one to the other leaves the
/// credentials as they are. Files are replaced atomically. Thread-safe.
class SecretVault final : public SecretStore
{
public:
    /// Where the key is to be.
    enum class KeyPlace { File, Passphrase };

    /// `folder` is made with mode 0700, the key file on first use.
    explicit SecretVault(QString folder);

    /// Opens the vault with a passphrase, and seals a key that was in a file; with KeyPlace::File puts the key into a
    /// file instead. Errors: Unauthenticated "vault_passphrase_wrong", InvalidInput "vault_passphrase_empty", and those
    /// of files.
    [[nodiscard]] Result<void> unlock(const Secret &passphrase, KeyPlace place = KeyPlace::Passphrase);
    /// Unavailable ("vault_locked") when the key is under a passphrase that was not given.
    [[nodiscard]] Result<void> checkUnlocked() const;

    [[nodiscard]] Result<void> store(SourceId source, const Secret &value) override;
    /// Internal ("vault_damaged") when a file does not decrypt; "vault_locked".
    [[nodiscard]] Result<Secret> load(SourceId source) const override;
    [[nodiscard]] Result<void> remove(SourceId source) override;

private:
    [[nodiscard]] Result<Secret> key(bool create) const;
    [[nodiscard]] Result<Secret> keyFromFile() const;
    [[nodiscard]] Result<void> makeFolder() const;
    [[nodiscard]] QString keyPath() const;
    [[nodiscard]] QString sealedKeyPath() const;
    [[nodiscard]] QString pathOf(SourceId source) const;

    QString m_folder;
    mutable QMutex m_mutex;
    Secret m_key; ///< once unlocked with a passphrase
};

} // namespace idstore
