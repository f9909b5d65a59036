// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>

namespace idstore {

/// Runs tasks one after another on a pool that several queues share fairly: a queue goes to the back of the pool's
/// line after each task. Thread-safe; make it with std::make_shared.
class SerialQueue : public std::enable_shared_from_this<SerialQueue>
{
public:
    /// `pool` must outlive the queue's tasks.
    explicit SerialQueue(QThreadPool &pool)
        : m_pool(pool)
    {}

    void enqueue(std::function<void()> task)
    {
        const QMutexLocker lock(&m_mutex);
        m_tasks.push_back(std::move(task));
        if (m_tasks.size() == 1)
            schedule();
    }

private:
    void schedule()
    {
        m_pool.start([self = shared_from_this()] { self->runFirst(); });
    }

    void runFirst()
    {
        std::function<void()> task;
        {
            const QMutexLocker lock(&m_mutex);
            task = std::move(m_tasks.front());
        }
        task();
        task = nullptr; // what it holds goes before the next one starts
        const QMutexLocker lock(&m_mutex);
        m_tasks.pop_front();
        if (!m_tasks.empty())
            schedule();
    }

    QThreadPool &m_pool;
    QMutex m_mutex;
    std::deque<std::function<void()>> m_tasks; ///< the first one is running
};

} // namespace idstore
