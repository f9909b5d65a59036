// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"

#include <QString>

namespace idstore {

// How runs are put into words, the same on every page. Numbers, dates and times by locale. Pure functions.

/// "Running", "Completed", "Failed", "Cancelled".
[[nodiscard]] QString runStatusWord(RunStatus status);
/// Who started it, for a column: "You", "API", "Schedule", "Command line".
[[nodiscard]] QString runTriggerWord(RunTrigger trigger);
/// When a run started, always with its time: "today 13:42", "yesterday 09:12", "Fri 10 Apr 13:42", "10 Apr 2025 13:42".
/// Both in any time zone; shown in local time.
[[nodiscard]] QString startedText(const QDateTime &moment, const QDateTime &now);
/// "3,482 rows", "1 row".
[[nodiscard]] QString rowsText(qint64 rows);
/// "6,418,200 of 9,812,450 · 92,400 rows/s · 37 s left", as far as it is known.
[[nodiscard]] QString runProgressText(const Progress &progress);
/// "4,818 read = 1,204 new + 3,318 changed + 289 same + 7 set aside".
[[nodiscard]] QString countsText(const RunCounts &counts);

} // namespace idstore
