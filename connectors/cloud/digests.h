// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QByteArray>

namespace idstore::cloud {

// What the signatures of the stores are made of. Thread-safe; an error ("crypto_failed", Internal) means a broken
// OpenSSL and nothing else.

/// SHA-256 (FIPS 180-4), 32 bytes.
[[nodiscard]] Result<QByteArray> sha256(QByteArrayView data);
/// HMAC with SHA-256 (RFC 2104), 32 bytes. Secret, since it may itself be a key.
[[nodiscard]] Result<Secret> hmacSha256(const Secret &key, QByteArrayView data);
/// What went wrong last in OpenSSL, as "crypto_failed".
[[nodiscard]] Error cryptoFailed(const QString &step);

} // namespace idstore::cloud
