// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"

#include <QElapsedTimer>
#include <QMutex>

#include <atomic>

namespace idstore {

/// Where a run stands. The pipeline adds to atomics; whoever shows it takes samples, from any thread.
class RunProgress
{
public:
    RunProgress();

    void setPhase(RunPhase phase) { m_phase.store(phase, std::memory_order_relaxed); }
    /// The reader waits for its source until then (UTC); a null time: it goes on.
    void setWaiting(const QDateTime &until);
    void setTotals(std::optional<qint64> rows, std::optional<qint64> bytes, EstimateBasis basis);
    /// Rows stored and set aside since the last call, and bytes of the source read so far.
    void advance(qint64 rows, qint64 rejected, qint64 sourceBytes);

    /// Counts that add up, for a full load under way.
    [[nodiscard]] RunCounts counts() const;
    [[nodiscard]] Progress sample() const;

private:
    struct Rate
    {
        qint64 atMs = 0; ///< of the last measurement
        qint64 rows = 0;
        qint64 bytes = 0;
        double rowsPerSecond = 0;
        double bytesPerSecond = 0;
    };

    void measureRate(qint64 nowMs, qint64 rows, qint64 bytes) const;

    std::atomic<RunPhase> m_phase = RunPhase::Starting;
    std::atomic<qint64> m_rows = 0;
    std::atomic<qint64> m_rejected = 0;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<qint64> m_totalRows = -1;
    std::atomic<qint64> m_totalBytes = -1;
    std::atomic<EstimateBasis> m_basis = EstimateBasis::None;
    std::atomic<qint64> m_lastAdvanceMs = 0; ///< UTC, since the epoch
    std::atomic<qint64> m_waitingUntilMs = 0; ///< the same; 0: does not wait

    QElapsedTimer m_clock;
    mutable QMutex m_rateMutex;
    mutable Rate m_rate;
};

} // namespace idstore
