// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QStringList>

namespace idstore::ssh {

/// A server's key as people compare it.
struct HostKey
{
    QString type; ///< "ssh-ed25519"
    QString sha256; ///< "SHA256:…", as ssh-keygen and sshd show it

    bool operator==(const HostKey &) const = default;
};

// What goes wrong between here and a file on an SSH server, in sentences. Kind Source unless said; pure functions.
// Nothing that the server says is repeated but names of methods.

/// "host_key_unknown": nothing was pinned. `fields` has one entry, "config.host_key_sha256", whose message is the
/// fingerprint that the server showed and nothing else: what to set that field to once a person has agreed.
[[nodiscard]] Error hostKeyUnknown(const QString &host, const HostKey &seen);
/// "host_key_changed": another key than the one pinned.
[[nodiscard]] Error hostKeyChanged(const QString &host, const QString &pinned, const HostKey &seen);

/// "wrong_password", "wrong_key"
[[nodiscard]] Error passwordRefused(const QString &host, const QString &username);
[[nodiscard]] Error keyRefused(const QString &host, const QString &username);
/// "sign_in_method_refused": the server does not take this way in, or wants a further one; `offered` are its own.
[[nodiscard]] Error methodRefused(const QString &host, const QStringList &offered);

/// InvalidInput "private_key_unreadable", "passphrase_missing", "passphrase_wrong"; each names its field.
[[nodiscard]] Error keyUnreadable(bool isPublicKey, bool isPuttyKey);
[[nodiscard]] Error passphraseMissing();
[[nodiscard]] Error passphraseWrong();

/// "bad_answer", "connection_lost", "timed_out", "sftp_refused"
[[nodiscard]] Error notAnSshServer(const QString &host, const QString &cause);
[[nodiscard]] Error connectionLost(const QString &host, const QString &cause);
[[nodiscard]] Error timedOut(const QString &host);
[[nodiscard]] Error sftpRefused(const QString &host, const QString &cause);

/// "not_found", "permission_denied", "path_is_folder", "no_file_matches", "too_many_files", "object_changed",
/// "sftp_failed"
[[nodiscard]] Error pathNotFound(const QString &path);
[[nodiscard]] Error permissionDenied(const QString &path);
[[nodiscard]] Error pathIsFolder(const QString &path);
[[nodiscard]] Error noFileMatches(const QString &pattern);
[[nodiscard]] Error tooManyFiles(const QString &pattern, qint64 most);
[[nodiscard]] Error fileKeepsChanging(const QString &path);
[[nodiscard]] Error sftpFailed(const QString &path, int status);

} // namespace idstore::ssh
