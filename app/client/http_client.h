// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"
#include "models/base/cancel_token.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QUrl>

#include <functional>

namespace idstore::client {

/// A request body of known size that is produced piece by piece, so that it never has to be in memory as a whole.
class HttpBody
{
public:
    virtual ~HttpBody() = default;
    [[nodiscard]] virtual qint64 size() const = 0;
    /// The next piece, about 64 KiB; never empty before `size()` bytes have been given.
    [[nodiscard]] virtual Result<QByteArray> next() = 0;
};

struct HttpRequest
{
    QByteArray method = "GET";
    QByteArray target; ///< path and query, percent-encoded
    http::Headers fields; ///< beyond those of every request; never a secret
    http::Authorizer authorizer;
    HttpBody *body = nullptr; ///< not owned
    /// Takes the body of a 2xx answer piece by piece; without one it is collected in the answer. An error ends the
    /// exchange.
    std::function<Result<void>(QByteArrayView)> sink;
};

/// http::Client to this computer's own REST API: never through a proxy, each request once and on a connection of its
/// own. Blocking, for a thread of its own. An answer that comes before the request has been sent (a refused upload) is
/// heard.
/// Errors: Unavailable ("instance_gone", "no_answer", "bad_answer"), Cancelled ("cancelled") within about 100 ms, and
/// whatever the body or the sink gave.
class HttpClient
{
public:
    /// `base` is "http://127.0.0.1:8765".
    HttpClient(QUrl base, CancelToken cancel);

    [[nodiscard]] Result<http::Response> send(const HttpRequest &request) const;

private:
    QUrl m_base;
    CancelToken m_cancel;
};

} // namespace idstore::client
