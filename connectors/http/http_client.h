// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"
#include "connectors/http/retry_policy.h"
#include "connectors/http/url_rules.h"
#include "models/base/cancel_token.h"

#include <QDateTime>

#include <functional>
#include <memory>

namespace idstore {
class RunLog;
}

namespace idstore::http {

struct ClientSettings
{
    QString caFile; ///< PEM; trusted instead of the system's authorities. Empty: the system's
    QString proxy; ///< as of models/domain/proxy_setting.h; empty: as the environment says (http_proxy, no_proxy, …)
    PlainHttp plainHttp = PlainHttp::LoopbackOnly;
    bool allowPrivateNetwork = true; ///< false: addresses of isPrivateAddress() are refused when connecting
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds silence{30'000}; ///< without a byte for so long the server is given up
    RetryPolicy retry;
};

/// Who is waiting for the client, and how to reach them.
struct ClientWatcher
{
    CancelToken cancel = {};
    RunLog *log = nullptr; ///< not owned; may be null
    /// Called when the client starts to wait before another attempt, with the time it will wait until (UTC), and with
    /// a null time when it goes on.
    std::function<void(const QDateTime &until)> waiting = {};
};

/// The one way out over HTTP (RFC 9110; HTTP/2 where the server offers it), on libcurl. Blocking, for a thread of its
/// own; keeps connections open between requests; not thread-safe.
///
/// TLS is always verified. Redirects are followed by the request's own leave only, never from https to http, and
/// secrets stay with the origin they were meant for. Passing failures are tried again, waiting as the server asks or
/// with full jitter. Cancellation ends every wait within about 100 ms.
///
/// Errors (kind Source unless said): "host_not_found", "connection_refused", "connection_failed", "connection_lost",
/// "timed_out", "certificate_not_trusted", "tls_failed", "proxy_failed", "private_address_refused", "answer_too_large",
/// "bad_answer", "too_many_redirects", "ca_file_unreadable", those of url_rules.h, "cancelled" (Cancelled), and
/// whatever the authorizer, the sink or the body gave. A status of 400 or more is an answer and no error.
class Client
{
public:
    Client(ClientSettings settings, ClientWatcher watcher);
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    /// The answer with its body in memory.
    [[nodiscard]] Result<Response> send(const Request &request);
    /// The same, with the body of a 2xx answer going into `sink`; other bodies are kept in the answer.
    [[nodiscard]] Result<Response> receive(const Request &request, Sink &sink);

private:
    class Transfer;

    [[nodiscard]] Result<Response> exchange(const Request &request, Sink *sink);
    [[nodiscard]] Result<Response> followRedirects(const Request &request, Sink *sink);
    [[nodiscard]] Result<void> wait(std::chrono::milliseconds time);

    ClientSettings m_settings;
    ClientWatcher m_watcher;
    std::unique_ptr<Transfer> m_transfer;
};

} // namespace idstore::http
