// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <libssh/libssh.h>

#include <memory>

namespace idstore::ssh {

struct KeyDeleter
{
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using Key = std::unique_ptr<ssh_key_struct, KeyDeleter>;

/// A private key from the text of its file: Ed25519, ECDSA or RSA, as OpenSSH writes it (openssh-key-v1) or as PEM
/// (PKCS #1, SEC 1, PKCS #8), with its passphrase when it is protected. Errors (InvalidInput, naming the field):
/// "private_key_unreadable", "passphrase_missing", "passphrase_wrong".
[[nodiscard]] Result<Key> readPrivateKey(const Secret &text, const Secret &passphrase);

} // namespace idstore::ssh
