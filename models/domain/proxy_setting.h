// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace idstore {

// The way out over HTTP as people write it: empty stands for what the system's environment says (http_proxy, no_proxy,
// …), "none" for no proxy at all, and anything else is the address of one, such as "http://proxy.example.org:3128",
// "https://…" or "socks5h://…". Never with a user or a password: the setting is kept and shown as it is.

/// What stands for no proxy at all, whatever the environment says.
[[nodiscard]] QString directProxy();

/// The setting as it is kept, "proxy:3128" with its scheme. Errors: InvalidInput ("proxy_malformed",
/// "proxy_has_password"), field "proxy"; the text itself is not repeated. Any thread.
[[nodiscard]] Result<QString> checkProxy(const QString &text);

} // namespace idstore
