// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/retry_policy.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace idstore::http {

std::chrono::milliseconds RetryPolicy::delay(int failed, double chance) const
{
    const double bound = std::min(static_cast<double>(longestDelay.count()),
                                  std::ldexp(static_cast<double>(firstDelay.count()), std::max(0, failed - 1)));
    return std::chrono::milliseconds(std::llround(bound * std::clamp(chance, 0.0, 1.0)));
}

bool isTransientStatus(int status)
{
    constexpr auto transient = std::to_array({408, 425, 429, 500, 502, 503, 504});
    return std::ranges::find(transient, status) != transient.end();
}

std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView value, const QDateTime &now)
{
    const QByteArray text = value.trimmed().toByteArray();
    bool isNumber = false;
    const qlonglong seconds = text.toLongLong(&isNumber);
    if (isNumber) {
        constexpr qlonglong most = 10LL * 365 * 24 * 3600; // further away than anybody waits; keeps the sum in range
        return seconds < 0 ? std::nullopt : std::optional(std::chrono::seconds(std::min(seconds, most)));
    }
    // IMF-fixdate, the one form that servers may send.
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(date)));
}

} // namespace idstore::http
