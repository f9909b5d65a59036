// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace idstore::http {

struct Header
{
    QByteArray name; ///< letter case does not matter
    QByteArray value;
};
using Headers = QList<Header>;

/// The value of the last field of that name (letter case ignored); empty when there is none.
[[nodiscard]] QByteArray headerValue(const Headers &headers, QByteArrayView name);

/// Header fields whose values are secrets: they go to the origin of the request only, never to where it redirects,
/// and are never logged.
using SecretHeaders = std::vector<std::pair<QByteArray, Secret>>;

/// Makes the secret fields of a request. Called before every attempt, because signatures carry the time and tokens
/// are renewed.
using Authorizer = std::function<Result<SecretHeaders>()>;

/// `Authorization: Bearer …` (RFC 6750).
[[nodiscard]] Authorizer bearer(const Secret &token);
/// `Authorization: Basic …` (RFC 7617), UTF-8.
[[nodiscard]] Authorizer basic(const QString &user, const Secret &password);
/// One field of another name, such as `X-Api-Key`.
[[nodiscard]] Authorizer secretHeader(const QByteArray &name, const Secret &value);

/// A request body that is sent piece by piece. One thread at a time.
class BodySource
{
public:
    virtual ~BodySource() = default;
    /// Bytes.
    [[nodiscard]] virtual qint64 size() const = 0;
    /// Up to `room` bytes into `data`; 0 only at the end.
    [[nodiscard]] virtual Result<qint64> read(char *data, qint64 room) = 0;
    /// Back to the first byte, for another attempt.
    [[nodiscard]] virtual Result<void> rewind() = 0;
};

struct Request
{
    QByteArray method = "GET";
    QUrl url; ///< http or https, without user information
    Headers headers = {}; ///< never a secret: see `authorizer`
    Authorizer authorizer = {};
    Secret secretQuery = {}; ///< appended to the query as it is ("sig=…"), on the request's own origin only
    QByteArray body = {};
    BodySource *bodySource = nullptr; ///< instead of `body`; not owned
    /// May be sent again after a passing failure. GET, HEAD, PUT and DELETE always may; a POST only when this says so.
    bool repeatable = false;
    int maxRedirects = 0; ///< 0: a redirect is an error. Only GET and HEAD are redirected.
    bool keepsRedirects = false; ///< a redirect is an answer like any other and never followed
    qint64 maxBytes = 64 * 1024 * 1024; ///< of the body, decompressed
    std::chrono::milliseconds timeout{0}; ///< for one attempt as a whole; 0: only silence ends it
};

struct Response
{
    int status = 0;
    Headers headers;
    QUrl url; ///< after redirects
    QByteArray body;

    [[nodiscard]] QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// Takes the body of a 2xx answer as it comes. One thread at a time.
class Sink
{
public:
    virtual ~Sink() = default;
    /// The body of this answer follows. Called once an attempt: what was written before it is void.
    [[nodiscard]] virtual Result<void> begin(const Response &head) = 0;
    /// Decompressed bytes. An error ends the exchange.
    [[nodiscard]] virtual Result<void> write(QByteArrayView bytes) = 0;
};

} // namespace idstore::http
