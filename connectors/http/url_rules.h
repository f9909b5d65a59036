// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QUrl>

namespace idstore::http {

// What a client may do with an address. Pure functions; any thread.

/// Same scheme, host and port: the boundary that secrets do not cross (RFC 6454).
[[nodiscard]] bool sameOrigin(const QUrl &a, const QUrl &b);

/// Whether the host is this computer by its name or literal address ("localhost", 127.0.0.0/8, ::1).
[[nodiscard]] bool isLoopbackHost(const QUrl &url);

/// Whether plain http may be spoken with anybody, or with this computer only.
enum class PlainHttp { LoopbackOnly, Anywhere };

/// Source errors: "bad_url", "url_has_password", "plain_http_refused".
[[nodiscard]] Result<void> checkUrl(const QUrl &url, PlainHttp plainHttp);

/// Where an answer from `from` with this Location field leads. Source errors: "redirect_refused" for a field that is
/// no http(s) address or that would leave https; and those of checkUrl().
[[nodiscard]] Result<QUrl> redirectTarget(const QUrl &from, const QByteArray &location, PlainHttp plainHttp);

/// An address for logs and messages: without user information and fragment, and with the values of query items that
/// are known to be secret (signatures, tokens, keys) replaced by "…".
[[nodiscard]] QString redacted(const QUrl &url);

} // namespace idstore::http
