// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/services/token_service.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace idstore {

// What an endpoint sees of HTTP (RFC 9110): values, no sockets. Thread-safe to copy.

struct HttpHeader
{
    QByteArray name; ///< lower-case in requests
    QByteArray value;

    bool operator==(const HttpHeader &) const = default;
};

/// The decoded name=value pairs of a query, in the order sent.
using QueryItems = QList<std::pair<QString, QString>>;

/// An admitted request: framing, host, token and scope have been checked.
struct HttpRequest
{
    QByteArray method; ///< HEAD arrives as GET
    QString path; ///< decoded
    QList<QString> arguments; ///< what stands for the {names} of the route's pattern, decoded
    QueryItems query;
    QByteArray body;
    Principal principal; ///< null user on public routes
    CancelToken cancel; ///< set when the client has left
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = {}; ///< empty: no content
    QByteArray body = {};
    QList<HttpHeader> headers = {}; ///< beyond content type, length and those that every answer carries
};

/// "Not Found" for 404; never empty for statuses the server sends.
[[nodiscard]] QByteArray reasonPhrase(int status);

/// The translation context of the sentences that clients are shown.
struct ServerText
{
    Q_DECLARE_TR_FUNCTIONS(Server)
};

} // namespace idstore
