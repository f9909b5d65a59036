// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"

namespace idstore::http {

/// What an answer that is no success means where the system says nothing of its own. Source errors: "unauthorized"
/// (401), "forbidden" (403), "not_found" (404, 410), "rate_limited" (429), "server_failed" (5xx),
/// "unexpected_status". `fileName`: what was asked for, for people.
[[nodiscard]] Error statusError(const Response &answer, const QString &fileName);

} // namespace idstore::http
