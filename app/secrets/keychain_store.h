// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/secret_store.h"

#include <QMutex>
#include <QString>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>

class QObject;

namespace QKeychain {
class Job;
}

namespace idstore {

/// Credentials in the system's keychain, through QtKeychain: the Secret Service on Linux (GNOME Keyring, KWallet), the
/// Keychain on macOS, the Credential Manager on Windows. One entry a source, service "identity-store", named by the
/// data directory's own id (file "keychain-id") and the source's.
///
/// QtKeychain answers by signals: its jobs run on a thread of the store's own, and callers wait for them, which may be
/// as long as a person takes to unlock the keychain. One store a process: QtKeychain has one queue of jobs,
/// which belongs to the thread that used it first. Thread-safe. Errors (Unavailable): "keychain_locked",
/// "keychain_refused", "keychain_unavailable", "keychain_timeout".
class KeychainStore final : public SecretStore
{
public:
    /// Whether this session has a keychain to ask. Asks the message bus, not the keychain; may take a moment.
    [[nodiscard]] static bool isAvailable();

    explicit KeychainStore(QString dataDirectory, std::chrono::milliseconds timeLimit = std::chrono::minutes(1));
    ~KeychainStore() override;

    [[nodiscard]] Result<void> store(SourceId source, const Secret &value) override;
    [[nodiscard]] Result<Secret> load(SourceId source) const override;
    [[nodiscard]] Result<void> remove(SourceId source) override;

private:
    struct Answer;

    [[nodiscard]] Result<QString> keyOf(SourceId source) const;
    /// Makes a job on the store's thread, runs it and waits; `take` sees the finished job.
    [[nodiscard]] Result<void> run(const std::function<std::unique_ptr<QKeychain::Job>()> &make,
                                   const std::function<void(QKeychain::Job &)> &take = {}) const;

    QString m_dataDirectory;
    std::chrono::milliseconds m_timeLimit;
    mutable QMutex m_mutex; ///< the id
    mutable QString m_id;
    QThread m_thread;
    std::unique_ptr<QObject> m_context; ///< lives on m_thread
};

} // namespace idstore
