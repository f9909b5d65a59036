// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace idstore {

enum class RunPhase { Starting, Reading, Finishing, Waiting };
/// What the time left was computed from; said wherever the time left is shown.
enum class EstimateBasis { None, FileSize, CountedRows, FirstPage, LastRun };

/// "starting", "reading", "finishing", "waiting".
[[nodiscard]] QString toString(RunPhase phase);
/// "none", "file_size", "counted_rows", "first_page", "last_run".
[[nodiscard]] QString toString(EstimateBasis basis);

/// A sample of a run under way. Sampled from atomics by whoever shows it, about four times a second.
struct Progress
{
    RunPhase phase = RunPhase::Starting;
    qint64 rows = 0; ///< read so far, rejected ones included
    qint64 bytes = 0; ///< of the source, read so far
    std::optional<qint64> totalRows;
    std::optional<qint64> totalBytes;
    double rowsPerSecond = 0; ///< smoothed over the last seconds
    std::optional<double> secondsLeft;
    EstimateBasis basis = EstimateBasis::None;
    std::optional<QDateTime> waitingUntil; ///< with Waiting
    QDateTime lastAdvance; ///< when rows or bytes last grew (UTC): "no answer for 1 min" is derived from it

    /// 0..1 when a total is known.
    [[nodiscard]] std::optional<double> fraction() const;
};

} // namespace idstore
