// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/progress_line.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace idstore::commands {

QString durationText(qint64 seconds)
{
    const qint64 hours = seconds / 3600;
    const QLatin1Char zero('0');
    if (hours > 0)
        return QStringLiteral("%1:%2:%3").arg(hours).arg(seconds / 60 % 60, 2, 10, zero).arg(seconds % 60, 2, 10, zero);
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, zero);
}

QString progressText(const QString &label, const QJsonObject &progress)
{
    const QLocale locale;
    QStringList parts;
    const qint64 rows = progress.value(QLatin1StringView("rows")).toInteger();
    parts.append(QCoreApplication::translate("ProgressLine", "%1 rows").arg(locale.toString(rows)));
    if (progress.value(QLatin1StringView("phase")).toString() == QStringLiteral("finishing")) {
        parts.append(QCoreApplication::translate("ProgressLine", "finishing"));
    } else {
        const double rate = progress.value(QLatin1StringView("rows_per_second")).toDouble();
        if (rate >= 1) {
            parts.append(
                QCoreApplication::translate("ProgressLine", "%1 rows/s").arg(locale.toString(std::llround(rate))));
        }
        const QJsonValue left = progress.value(QLatin1StringView("seconds_left"));
        if (left.isDouble()) {
            parts.append(QCoreApplication::translate("ProgressLine", "%1 left")
                             .arg(durationText(std::llround(std::ceil(left.toDouble())))));
        }
    }
    return label + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

QString uploadText(const QString &label, qint64 sent, qint64 total)
{
    const QLocale locale;
    return QCoreApplication::translate("ProgressLine", "%1: %2 of %3 sent")
        .arg(label, locale.formattedDataSize(sent, 1, QLocale::DataSizeSIFormat),
             locale.formattedDataSize(total, 1, QLocale::DataSizeSIFormat));
}

} // namespace idstore::commands
