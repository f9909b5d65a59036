// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace idstore {

/// Cooperative cancellation: copies share one flag. Whoever works polls `isCancelled()` at least a few times a
/// second and returns ErrorKind::Cancelled. Cancelling is final. Thread-safe.
class CancelToken
{
public:
    void cancel() const { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_flag->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace idstore
