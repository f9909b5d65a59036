// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace idstore {

namespace {

constexpr int secondsPerMinute = 60;
constexpr int secondsPerHour = 3600;

} // namespace

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString formatBytes(qint64 bytes)
{
    constexpr qint64 megabyte = 1'000'000;
    const int decimals = bytes < megabyte ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString formatRate(double rowsPerSecond)
{
    // Three figures say all there is to say about a rate.
    double rounded = std::round(rowsPerSecond);
    if (rounded >= 1000) {
        const double step = std::pow(10.0, std::floor(std::log10(rounded)) - 2);
        rounded = std::round(rounded / step) * step;
    }
    return QCoreApplication::translate("Format", "%1 rows/s").arg(formatCount(static_cast<qint64>(rounded)));
}

QString formatTimeLeft(double seconds)
{
    const auto whole = static_cast<qint64>(std::ceil(std::max(0.0, seconds)));
    if (whole < 2 * secondsPerMinute)
        return QCoreApplication::translate("Format", "%1 s left").arg(formatCount(whole));
    if (whole < 2 * secondsPerHour)
        return QCoreApplication::translate("Format", "%1 min left").arg(formatCount(whole / secondsPerMinute));
    return QCoreApplication::translate("Format", "%1 h %2 min left")
        .arg(formatCount(whole / secondsPerHour), formatCount(whole % secondsPerHour / secondsPerMinute));
}

QString formatOutlook(const Progress &progress, const QDateTime &now)
{
    const qint64 silent = progress.lastAdvance.isValid() ? progress.lastAdvance.secsTo(now) : 0;
    if (progress.phase == RunPhase::Reading && silent >= secondsPerMinute)
        return QCoreApplication::translate("Format", "No answer for %1 min")
            .arg(formatCount(silent / secondsPerMinute));
    return progress.secondsLeft ? formatTimeLeft(*progress.secondsLeft) : QString();
}

QString formatDuration(qint64 milliseconds)
{
    const qint64 whole = milliseconds / 1000;
    if (milliseconds < 10'000)
        return QCoreApplication::translate("Format", "%1 s")
            .arg(QLocale().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1));
    if (whole < 2 * secondsPerMinute)
        return QCoreApplication::translate("Format", "%1 s").arg(formatCount(whole));
    if (whole < secondsPerHour)
        return QCoreApplication::translate("Format", "%1 min %2 s")
            .arg(formatCount(whole / secondsPerMinute), formatCount(whole % secondsPerMinute));
    return QCoreApplication::translate("Format", "%1 h %2 min")
        .arg(formatCount(whole / secondsPerHour), formatCount(whole % secondsPerHour / secondsPerMinute));
}

QString formatPercent(double fraction)
{
    // Rounded down: 100 % is shown when all of it is there.
    return QCoreApplication::translate("Format", "%1 %")
        .arg(formatCount(static_cast<qint64>(std::floor(std::clamp(fraction, 0.0, 1.0) * 100.0))));
}

QString formatTime(QTime time)
{
    // Some locales' short format has seconds; nobody needs them beside a date.
    static const QRegularExpression seconds(QStringLiteral("[:.]ss"));
    const QLocale locale;
    return locale.toString(time, locale.timeFormat(QLocale::ShortFormat).remove(seconds));
}

QString formatMoment(const QDateTime &utc, const QDateTime &now)
{
    if (!utc.isValid())
        return QCoreApplication::translate("Format", "never");
    const qint64 age = utc.secsTo(now);
    if (age >= 0 && age < secondsPerMinute)
        return QCoreApplication::translate("Format", "just now");
    if (age >= 0 && age < secondsPerHour)
        return age < 2 * secondsPerMinute
                   ? QCoreApplication::translate("Format", "1 minute ago")
                   : QCoreApplication::translate("Format", "%1 minutes ago").arg(age / secondsPerMinute);
    return formatShortMoment(utc, now);
}

QString formatShortMoment(const QDateTime &utc, const QDateTime &now)
{
    if (!utc.isValid())
        return QCoreApplication::translate("Format", "never");
    const QDateTime local = utc.toLocalTime();
    const QDate today = now.toLocalTime().date();
    const QLocale locale;
    if (local.date() == today)
        return formatTime(local.time());
    if (local.date().year() == today.year())
        return locale.toString(local.date(), QCoreApplication::translate("Format", "ddd d MMM", "day and month"));
    return locale.toString(local.date(), QLocale::ShortFormat);
}

QString formatExactMoment(const QDateTime &utc)
{
    if (!utc.isValid())
        return {};
    return QCoreApplication::translate("Format", "%1 UTC")
        .arg(utc.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

QString columnTypeName(ColumnType type)
{
    switch (type) {
    case ColumnType::Text:
        return QCoreApplication::translate("Format", "Text");
    case ColumnType::Integer:
        return QCoreApplication::translate("Format", "Whole number");
    case ColumnType::Number:
        return QCoreApplication::translate("Format", "Number");
    case ColumnType::Boolean:
        return QCoreApplication::translate("Format", "Yes or no");
    case ColumnType::Date:
        return QCoreApplication::translate("Format", "Date");
    case ColumnType::Timestamp:
        return QCoreApplication::translate("Format", "Date and time");
    }
    return {};
}

QString runTriggerName(RunTrigger trigger)
{
    switch (trigger) {
    case RunTrigger::Api:
        return QCoreApplication::translate("Format", "Started by a script");
    case RunTrigger::Gui:
        return QCoreApplication::translate("Format", "Started in this window");
    case RunTrigger::Schedule:
        return QCoreApplication::translate("Format", "Started by its schedule");
    case RunTrigger::Cli:
        return QCoreApplication::translate("Format", "Started from the command line");
    }
    return {};
}

QString estimateBasisSentence(EstimateBasis basis)
{
    switch (basis) {
    case EstimateBasis::FileSize:
        return QCoreApplication::translate("Format", "Time left is estimated from the size of the file.");
    case EstimateBasis::CountedRows:
        return QCoreApplication::translate("Format", "Time left is estimated from the counted rows.");
    case EstimateBasis::FirstPage:
        return QCoreApplication::translate("Format", "Time left is estimated from the total the first page told.");
    case EstimateBasis::LastRun:
        return QCoreApplication::translate("Format", "Time left is estimated from the last run.");
    case EstimateBasis::None:
        break;
    }
    return QCoreApplication::translate("Format", "The total is not known yet.");
}

} // namespace idstore
