// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace idstore::http {

/// When and how long to wait before a request is sent again.
struct RetryPolicy
{
    int attempts = 6; ///< the first one included
    std::chrono::milliseconds firstDelay{1000}; ///< the most before the second attempt; doubles with each further one
    std::chrono::milliseconds longestDelay{60'000}; ///< of the doubling
    std::chrono::milliseconds longestRetryAfter{15 * 60'000}; ///< a server that asks for more is not waited for

    /// Full jitter: anything from nothing to the exponential bound, so that clients that failed together do not return
    /// together. `failed`: attempts made so far, 1 or more. `chance`: 0 to 1.
    [[nodiscard]] std::chrono::milliseconds delay(int failed, double chance) const;
};

/// Passing conditions of a server: 408, 425, 429, 500, 502, 503, 504.
[[nodiscard]] bool isTransientStatus(int status);

/// The time to wait that a Retry-After field asks for (RFC 9110, section 10.2.3): seconds, or a date.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView value, const QDateTime &now);

} // namespace idstore::http
