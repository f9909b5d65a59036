// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QByteArrayView>

namespace idstore {

// The cryptography of the vault: AES-256-GCM (NIST SP 800-38D) with 96-bit nonces, and scrypt (RFC 7914) for
// passphrases. Pure functions but for randomness. Errors: Internal "vault_damaged".

inline constexpr int vaultKeySize = 32;

/// A new random key.
[[nodiscard]] Result<Secret> newVaultKey();

/// Nonce, tag and ciphertext, with a fresh nonce; `owner` is authenticated along.
[[nodiscard]] Result<QByteArray> encrypted(const Secret &key, const QByteArray &owner, const Secret &plain);
[[nodiscard]] Result<Secret> decrypted(const Secret &key, const QByteArray &owner, const QByteArray &sealed);

/// The vault's key under a key made from a passphrase: "IDSK1", the cost of scrypt (log2 N, r, p), 16 bytes of salt,
/// and encrypted(). opened() answers "vault_passphrase_wrong" (Unauthenticated) when the passphrase is another.
[[nodiscard]] Result<QByteArray> sealedKey(const Secret &key, const Secret &passphrase);
[[nodiscard]] Result<Secret> openedKey(const QByteArray &sealed, const Secret &passphrase);

/// "vault_damaged".
[[nodiscard]] Error vaultDamaged(const QString &cause);

} // namespace idstore
