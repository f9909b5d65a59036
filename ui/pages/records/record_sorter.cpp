// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_sorter.h"

#include "ui/async/async_runner.h"

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

RecordSorter::RecordSorter(AsyncRunner &async, QObject *parent)
    : QObject(parent)
    , m_async(async)
{
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_part->load()); });
}

RecordSorter::~RecordSorter()
{
    m_cancel.cancel();
}

void RecordSorter::start(Prepare prepare)
{
    cancel();
    m_running = true;
    m_cancel = CancelToken();
    m_part = std::make_shared<std::atomic<double>>(0.0);
    m_timer.start();
    m_async.run(
        this,
        [prepare = std::move(prepare), cancel = m_cancel, part = m_part] {
            return prepare(cancel, [part](double done) { part->store(done, std::memory_order_relaxed); });
        },
        [this, round = ++m_round](const Result<void> &result) {
            if (round != m_round)
                return;
            m_running = false;
            m_timer.stop();
            Q_EMIT finished(result);
        });
}

void RecordSorter::cancel()
{
    m_cancel.cancel();
    m_timer.stop();
    ++m_round;
    m_running = false;
}

} // namespace idstore
