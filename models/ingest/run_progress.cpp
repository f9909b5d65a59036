// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/run_progress.h"

#include <QTimeZone>

#include <cmath>

namespace idstore {

namespace {

constexpr qint64 shortestMeasurementMs = 200;
/// The rate shown follows the last few seconds: after this many milliseconds a change counts for two thirds.
constexpr double smoothingMs = 3000;

std::optional<qint64> known(qint64 total)
{
    return total < 0 ? std::nullopt : std::optional(total);
}

} // namespace

RunProgress::RunProgress()
{
    m_clock.start();
    m_lastAdvanceMs = QDateTime::currentMSecsSinceEpoch();
}

void RunProgress::setWaiting(const QDateTime &until)
{
    m_waitingUntilMs.store(until.isNull() ? 0 : until.toMSecsSinceEpoch(), std::memory_order_relaxed);
}

void RunProgress::setTotals(std::optional<qint64> rows, std::optional<qint64> bytes, EstimateBasis basis)
{
    m_totalRows = rows.value_or(-1);
    m_totalBytes = bytes.value_or(-1);
    m_basis = basis;
}

void RunProgress::advance(qint64 rows, qint64 rejected, qint64 sourceBytes)
{
    m_rows.fetch_add(rows, std::memory_order_relaxed);
    m_rejected.fetch_add(rejected, std::memory_order_relaxed);
    m_bytes.store(sourceBytes, std::memory_order_relaxed);
    m_lastAdvanceMs.store(QDateTime::currentMSecsSinceEpoch(), std::memory_order_relaxed);
}

RunCounts RunProgress::counts() const
{
    RunCounts counts;
    counts.added = m_rows;
    counts.rejected = m_rejected;
    counts.read = counts.added + counts.rejected;
    counts.bytes = m_bytes;
    return counts;
}

void RunProgress::measureRate(qint64 nowMs, qint64 rows, qint64 bytes) const
{
    const qint64 passed = nowMs - m_rate.atMs;
    if (passed < shortestMeasurementMs)
        return;
    const double perSecond = 1000.0 / static_cast<double>(passed);
    const double rowRate = static_cast<double>(rows - m_rate.rows) * perSecond;
    const double byteRate = static_cast<double>(bytes - m_rate.bytes) * perSecond;
    // The first measurement stands as it is.
    const double weight = m_rate.atMs == 0 ? 1.0 : 1.0 - std::exp(-static_cast<double>(passed) / smoothingMs);
    m_rate.rowsPerSecond += weight * (rowRate - m_rate.rowsPerSecond);
    m_rate.bytesPerSecond += weight * (byteRate - m_rate.bytesPerSecond);
    m_rate.atMs = nowMs;
    m_rate.rows = rows;
    m_rate.bytes = bytes;
}

Progress RunProgress::sample() const
{
    Progress progress;
    progress.phase = m_phase;
    progress.rows = m_rows + m_rejected;
    progress.bytes = m_bytes;
    progress.totalRows = known(m_totalRows);
    progress.totalBytes = known(m_totalBytes);
    if (const qint64 until = m_waitingUntilMs; until != 0) {
        progress.phase = RunPhase::Waiting;
        progress.waitingUntil = QDateTime::fromMSecsSinceEpoch(until, Qt::UTC);
    }
    progress.lastAdvance = QDateTime::fromMSecsSinceEpoch(m_lastAdvanceMs, Qt::UTC);

    const QMutexLocker locker(&m_rateMutex);
    measureRate(m_clock.elapsed(), progress.rows, progress.bytes);
    progress.rowsPerSecond = m_rate.rowsPerSecond;
    const auto left = [](std::optional<qint64> total, qint64 done, double rate) -> std::optional<double> {
        if (!total || rate <= 0)
            return std::nullopt;
        return std::max(0.0, static_cast<double>(*total - done) / rate);
    };
    progress.secondsLeft = progress.totalRows ? left(progress.totalRows, progress.rows, m_rate.rowsPerSecond)
                                              : left(progress.totalBytes, progress.bytes, m_rate.bytesPerSecond);
    if (progress.secondsLeft)
        progress.basis = m_basis;
    return progress;
}

} // namespace idstore
