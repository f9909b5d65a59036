// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"

#include <QDateTime>
#include <QString>

namespace idstore {

/// How the window says numbers, times and the domain's words: by locale, short, in plain words. Pure functions.

[[nodiscard]] QString formatCount(qint64 count);
/// "412 KB", "4.1 GB"; 1 KB is 1000 bytes.
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "92,400 rows/s".
[[nodiscard]] QString formatRate(double rowsPerSecond);
/// "37 s left", "4 min left", "2 h 10 min left".
[[nodiscard]] QString formatTimeLeft(double seconds);
/// How long a run will still take; "No answer for 2 min" when nothing has come for a minute; empty when unknown.
[[nodiscard]] QString formatOutlook(const Progress &progress, const QDateTime &now);
/// "0.4 s", "37 s", "4 min 10 s".
[[nodiscard]] QString formatDuration(qint64 milliseconds);
/// "65 %"; the space and the sign by locale.
[[nodiscard]] QString formatPercent(double fraction);

/// Hours and minutes by locale.
[[nodiscard]] QString formatTime(QTime time);
/// Near now relative ("just now", "12 minutes ago"), today the time, else the date: for labels.
[[nodiscard]] QString formatMoment(const QDateTime &utc, const QDateTime &now);
/// For table columns: "13:42" today, "Fri 10 Apr" this year, else the date; "never" for a null time.
[[nodiscard]] QString formatShortMoment(const QDateTime &utc, const QDateTime &now);
/// The exact time in UTC, for tooltips.
[[nodiscard]] QString formatExactMoment(const QDateTime &utc);

/// "Text", "Whole number", ...
[[nodiscard]] QString columnTypeName(ColumnType type);
/// "Started in this window", ...
[[nodiscard]] QString runTriggerName(RunTrigger trigger);
/// What the time left was computed from, as a sentence.
[[nodiscard]] QString estimateBasisSentence(EstimateBasis basis);

} // namespace idstore
