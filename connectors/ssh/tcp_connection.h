// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"

#include <chrono>
#include <memory>

namespace idstore::ssh {

/// A TCP connection, made by libcurl, which looks names up without blocking and tries all addresses of a host. Owns
/// the socket, which stays valid (and its number unused by others) as long as the object is there. Never through a
/// proxy: those of the environment are for HTTP.
class TcpConnection
{
public:
    /// Errors: "host_not_found", "connection_refused", "timed_out", "connection_failed" (Source), Cancelled.
    static Result<std::unique_ptr<TcpConnection>> open(const QString &host, quint16 port,
                                                       std::chrono::milliseconds timeLimit, const CancelToken &cancel);
    ~TcpConnection();
    TcpConnection(const TcpConnection &) = delete;
    TcpConnection &operator=(const TcpConnection &) = delete;

    [[nodiscard]] int socket() const { return m_socket; }

private:
    TcpConnection();

    [[nodiscard]] Result<int> perform(const CancelToken &cancel);

    void *m_multi; ///< CURLM; keeps the socket
    void *m_easy; ///< CURL; in it for good, or it would forget which socket is its own
    int m_socket = -1;
};

} // namespace idstore::ssh
