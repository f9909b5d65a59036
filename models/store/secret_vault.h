// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <QMutex>
#include <QString>

namespace idstore {

/// Credentials at rest, encrypted: one file a source, AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce a write
/// and the source's id as additional data, under a random key kept beside it in a file of mode 0600. Files are
/// replaced atomically. Thread-safe.
class SecretVault
{
public:
    /// `folder` is made with mode 0700, the key file on first use.
    explicit SecretVault(QString folder);

    [[nodiscard]] Result<void> store(SourceId source, const Secret &value);
    /// An empty secret when none is stored. Internal ("vault_damaged") when a file does not decrypt.
    [[nodiscard]] Result<Secret> load(SourceId source) const;
    [[nodiscard]] Result<void> remove(SourceId source);

private:
    [[nodiscard]] Result<Secret> key(bool create) const;
    [[nodiscard]] QString pathOf(SourceId source) const;

    QString m_folder;
    mutable QMutex m_mutex;
};

} // namespace idstore
