// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/stall_probe.h"

#include "models/base/logging.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <utility>

namespace idstore {

namespace {

using namespace std::chrono_literals;

constexpr auto interval = 5ms;
constexpr auto limit = 50ms;
constexpr auto writeEvery = 1s;

} // namespace

StallProbe::StallProbe(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &StallProbe::tick);
    m_timer.start();
}

StallProbe::~StallProbe()
{
    write();
}

void StallProbe::tick()
{
    const auto now = Clock::now();
    if (m_turns++ == 0) {
        // The loop has only begun to turn.
        m_began = now;
        m_lastWrite = now;
    } else {
        const auto late = now - m_lastTick - interval;
        m_longest = std::max<std::chrono::duration<double, std::milli>>(m_longest, late);
        if (late > limit)
            ++m_overLimit;
    }
    m_lastTick = now;
    if (now - m_lastWrite >= writeEvery) {
        write();
        m_lastWrite = now;
        m_lastTick = Clock::now(); // the probe's own writing is not the window's
    }
}

void StallProbe::write()
{
    const std::chrono::duration<double> age = m_lastTick - m_began;
    const QJsonObject figures{{QStringLiteral("max_ms"), m_longest.count()},
                              {QStringLiteral("over_50_ms"), m_overLimit},
                              {QStringLiteral("turns"), m_turns},
                              {QStringLiteral("seconds"), age.count()}};
    // No QSaveFile: its fsync would be the longest stall of all. Renaming keeps readers from half a file.
    QFile file(m_path + QStringLiteral(".part"));
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(figures).toJson(QJsonDocument::Compact) + '\n') > 0;
    file.close();
    if (!isWritten ||
        std::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(m_path).constData()) != 0)
        qCWarning(logApp).noquote() << "cannot write the stall figures to" << m_path;
}

} // namespace idstore
