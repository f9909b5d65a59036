// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/ssh/private_key.h"
#include "connectors/ssh/socket_watch.h"
#include "connectors/ssh/ssh_errors.h"
#include "connectors/ssh/tcp_connection.h"

#include <libssh/sftp.h>

#include <memory>
#include <utility>

namespace idstore::ssh {

/// Where and as whom.
struct Login
{
    QString host;
    quint16 port = 22;
    QString username;
    QString hostKeySha256; ///< the pinned fingerprint, "SHA256:" and "=" optional; empty: none yet
    Secret password; ///< used when there is no key
    Key key;
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds silence{30'000}; ///< without a byte for so long the server is given up
};

/// A signed-in SSH connection (RFC 4251 to 4254) with an SFTP channel, on libssh; blocking, for one thread.
///
/// The server's key is compared with the pinned one before anything about the user is sent. Nothing outside the request
/// has a say: no agent, no configuration or key files, no known_hosts. Every wait ends when the token is cancelled and
/// when the server stays silent.
///
/// Errors: those of TcpConnection and ssh_errors.h; Cancelled.
class Session
{
public:
    static Result<std::unique_ptr<Session>> open(const Login &login, const CancelToken &cancel);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] sftp_session sftp() const { return m_sftp; }
    /// Calls what waits for the server.
    template <typename Function>
    auto call(Function &&function)
    {
        const SocketWatch::Call waiting(*m_watch);
        return std::forward<Function>(function)();
    }
    /// What a failed SFTP operation on `path` means.
    [[nodiscard]] Error sftpError(const QString &path) const;

private:
    Session() = default;

    [[nodiscard]] Result<void> connect(const Login &login, const CancelToken &cancel, const char *hostKeyTypes);
    /// A server with several keys shows the best first, and people may have been told any: connects anew for the other
    /// kinds, and stays with the one that is pinned. False when there is none.
    [[nodiscard]] bool findPinnedKey(const Login &login, const CancelToken &cancel, const QString &shownType);
    [[nodiscard]] Result<void> signIn(const Login &login);
    [[nodiscard]] Result<int> signInByQuestions(const Login &login);
    [[nodiscard]] Result<void> openSftp();
    [[nodiscard]] Result<HostKey> hostKey() const;
    /// Why the connection stands no more.
    [[nodiscard]] Error broken() const;
    void close();

    QString m_host;
    std::unique_ptr<TcpConnection> m_connection;
    std::unique_ptr<SocketWatch> m_watch;
    ssh_session m_session = nullptr;
    sftp_session m_sftp = nullptr;
};

} // namespace idstore::ssh
