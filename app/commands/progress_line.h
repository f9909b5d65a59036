// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace idstore::commands {

/// "people.csv: 1,234,567 rows, 812,000 rows/s, 0:12 left" from the `progress` object of a source or run
/// (rows, rows_per_second, seconds_left, phase). What is not known is left out.
[[nodiscard]] QString progressText(const QString &label, const QJsonObject &progress);

/// The same for an upload: "people.csv: 120 MB of 2.0 GB sent".
[[nodiscard]] QString uploadText(const QString &label, qint64 sent, qint64 total);

/// "0:07", "12:30", "3:05:00".
[[nodiscard]] QString durationText(qint64 seconds);

} // namespace idstore::commands
