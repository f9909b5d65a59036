// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>

namespace idstore {

/// Measures how long the event loop of its thread did not turn: a timer is due every few milliseconds, and what it
/// comes late is a stall. Writes the figures to a file every second and when destroyed, as JSON:
///
///     {"max_ms": 12.4, "over_50_ms": 0, "turns": 18234, "seconds": 91.2}
///
/// For the benchmarks; costs a wake-up every 5 ms, so it is made only when IDENTITY_STORE_STALL_PROBE names a file.
class StallProbe : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    explicit StallProbe(QString path, QObject *parent = nullptr);
    ~StallProbe() override;

private:
    void tick();
    void write();

    QString m_path;
    QTimer m_timer;
    Clock::time_point m_began;
    Clock::time_point m_lastTick;
    Clock::time_point m_lastWrite;
    std::chrono::duration<double, std::milli> m_longest{0};
    qint64 m_overLimit = 0;
    qint64 m_turns = 0;
};

} // namespace idstore
