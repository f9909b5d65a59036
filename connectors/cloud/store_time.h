// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace idstore::cloud {

// Times as stores write them, in UTC; invalid when the text is none.

/// ISO 8601: "2026-01-02", "2026-01-02T03:04Z", "2026-01-02T03:04:05.678Z". UTC unless it says otherwise.
[[nodiscard]] QDateTime isoTime(const QString &text);
/// An HTTP date (RFC 9110, section 5.6.7): "Fri, 02 Jan 2026 03:04:05 GMT".
[[nodiscard]] QDateTime httpTime(const QByteArray &text);
/// The same, written.
[[nodiscard]] QByteArray toHttpTime(const QDateTime &time);

} // namespace idstore::cloud
