// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/http_answer_parser.h"
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
    QList<QPair<QByteArray, QByteArray>> fields; ///< beyond Host, Connection and Content-Length
    HttpBody *body = nullptr; ///< not owned
    /// Takes the body of a 2xx answer piece by piece; without one it is collected in HttpAnswer::body. An error ends
    /// the exchange.
    std::function<Result<void>(QByteArrayView)> sink;
};

struct HttpAnswer
{
    HttpAnswerHead head;
    QByteArray body;
};

/// HTTP/1.1 to this computer's own REST API: one connection a request, blocking, for a thread of its own without an
/// event loop. Bodies stream both ways in bounded memory. An answer that comes before the request has been sent (a
/// refused upload) is heard.
/// Errors: Unavailable ("instance_gone", "no_answer", "bad_answer"), Cancelled ("cancelled") within about 100 ms, and
/// whatever the body or the sink gave.
class HttpClient
{
public:
    /// `base` is "http://127.0.0.1:8765".
    HttpClient(QUrl base, CancelToken cancel);

    [[nodiscard]] Result<HttpAnswer> send(const HttpRequest &request) const;

private:
    QUrl m_base;
    CancelToken m_cancel;
};

} // namespace idstore::client
