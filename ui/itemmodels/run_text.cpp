// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/run_text.h"

#include "ui/text/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace idstore {

QString runStatusWord(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return QCoreApplication::translate("RunText", "Running");
    case RunStatus::Completed:
        return QCoreApplication::translate("RunText", "Completed");
    case RunStatus::Failed:
        return QCoreApplication::translate("RunText", "Failed");
    case RunStatus::Cancelled:
        return QCoreApplication::translate("RunText", "Cancelled");
    }
    return {};
}

QString runTriggerWord(RunTrigger trigger)
{
    switch (trigger) {
    case RunTrigger::Api:
        return QCoreApplication::translate("RunText", "API");
    case RunTrigger::Gui:
        return QCoreApplication::translate("RunText", "You");
    case RunTrigger::Schedule:
        return QCoreApplication::translate("RunText", "Schedule");
    case RunTrigger::Cli:
        return QCoreApplication::translate("RunText", "Command line");
    }
    return {};
}

QString startedText(const QDateTime &moment, const QDateTime &now)
{
    if (!moment.isValid())
        return QStringLiteral("\u2014");
    const QLocale locale;
    const QDateTime local = moment.toLocalTime();
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    const QDate today = now.toLocalTime().date();
    const qint64 days = local.date().daysTo(today);
    if (days == 0)
        return QCoreApplication::translate("RunText", "today %1", "a time of day").arg(time);
    if (days == 1)
        return QCoreApplication::translate("RunText", "yesterday %1", "a time of day").arg(time);
    const QString format = local.date().year() == today.year()
                               ? QCoreApplication::translate("RunText", "ddd d MMM", "date format: a day this year")
                               : QCoreApplication::translate("RunText", "d MMM yyyy", "date format: an earlier year");
    return QCoreApplication::translate("RunText", "%1 %2", "a day and a time of day")
        .arg(locale.toString(local.date(), format), time);
}

QString rowsText(qint64 rows)
{
    if (rows == 1)
        return QCoreApplication::translate("RunText", "1 row");
    // Plural forms are chosen by an int; the form of two thousand million serves for more.
    constexpr qint64 largestPlural = 2'000'000'000;
    // A name of its own: lupdate of Qt 6.4 never ends on a '::' in this place.
    const int plural = int(std::min(rows, largestPlural));
    return QCoreApplication::translate("RunText", "%1 rows", nullptr, plural).arg(formatCount(rows));
}

QString runProgressText(const Progress &progress)
{
    QStringList parts;
    if (progress.totalRows) {
        parts.append(QCoreApplication::translate("RunText", "%1 of %2", "rows read of all rows")
                         .arg(formatCount(progress.rows), formatCount(*progress.totalRows)));
    } else {
        parts.append(rowsText(progress.rows));
    }
    if (progress.waitingUntil) {
        const QTime time = progress.waitingUntil->toLocalTime().time();
        parts.append(QCoreApplication::translate("RunText", "continues %1", "a time of day")
                         .arg(QLocale().toString(time, QLocale::ShortFormat)));
    } else {
        if (progress.rowsPerSecond >= 1)
            parts.append(formatRate(progress.rowsPerSecond));
        const QString outlook = formatOutlook(progress, QDateTime::currentDateTimeUtc());
        if (!outlook.isEmpty())
            parts.append(outlook);
    }
    return parts.join(QStringLiteral(" \u00B7 "));
}

QString countsText(const RunCounts &counts)
{
    QString text = QCoreApplication::translate("RunText", "%1 read = %2 new + %3 changed + %4 same + %5 set aside")
                       .arg(formatCount(counts.read), formatCount(counts.added), formatCount(counts.changed),
                            formatCount(counts.unchanged), formatCount(counts.rejected));
    if (counts.removed > 0)
        text += QCoreApplication::translate("RunText", "; %1 removed").arg(formatCount(counts.removed));
    return text;
}

} // namespace idstore
