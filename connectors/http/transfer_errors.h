// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QUrl>

#include <curl/curl.h>

namespace idstore::http {

// What went wrong on the way, in words that say what to do. Pure functions; any thread. The codes are those that
// http_client.h lists.

/// `caFile`: the authorities asked for, if any.
[[nodiscard]] Error transferErrorFor(CURLcode code, const QUrl &url, const QString &caFile);
[[nodiscard]] Error privateAddressError(const QUrl &url);
[[nodiscard]] Error answerTooLargeError(const QUrl &url, qint64 limit);
/// Compressed as no table is.
[[nodiscard]] Error swollenAnswerError(const QUrl &url);

/// Whether trying again may help.
[[nodiscard]] bool isTransient(const Error &error);

} // namespace idstore::http
