// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace idstore {

/// A queue of at most `capacity` items between one producer and one consumer; either side may close it. Thread-safe.
template <typename T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity(capacity)
    {}

    /// Waits for room. False when the queue was closed; the item is gone then.
    bool push(T item)
    {
        std::unique_lock lock(m_mutex);
        m_roomOrClosed.wait(lock, [&] { return m_closed || m_items.size() < m_capacity; });
        if (m_closed)
            return false;
        m_items.push_back(std::move(item));
        m_itemOrClosed.notify_one();
        return true;
    }

    /// Waits at most `patience` for an item. Nothing after a timeout, or when the queue is closed and empty.
    std::optional<T> pop(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_itemOrClosed.wait_for(lock, patience, [&] { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        T item = std::move(m_items.front());
        m_items.pop_front();
        m_roomOrClosed.notify_one();
        return item;
    }

    /// No further push succeeds; what is inside can still be popped.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_roomOrClosed.notify_all();
        m_itemOrClosed.notify_all();
    }

    [[nodiscard]] bool isDrained() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable m_roomOrClosed;
    std::condition_variable m_itemOrClosed;
    std::deque<T> m_items;
    bool m_closed = false;
};

} // namespace idstore
