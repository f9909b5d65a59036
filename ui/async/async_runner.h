// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace idstore {

/// Keeps the disk off the window's thread: runs work on a small pool and hands the result to a continuation on the
/// thread the runner lives on. Made once by the window; outlives everybody who uses it. Destroying it waits for the
/// work under way and drops the continuations.
///
///     async.run(this, [&engine, id] { return engine.sources().get(user, id); },
///               [this](Result<Source> found) { show(found); });
///
/// The work must not touch widgets nor `this`; capture what it needs by value. The continuation does not run when
/// `context` has been destroyed meanwhile. Neither may throw.
class AsyncRunner : public QObject
{
    Q_OBJECT

public:
    explicit AsyncRunner(QObject *parent = nullptr)
        : QObject(parent)
    {
        m_pool.setMaxThreadCount(threads);
    }
    ~AsyncRunner() override { m_pool.waitForDone(); }

    template <typename Work, typename Continuation>
    void run(QObject *context, Work work, Continuation continuation)
    {
        m_pool.start([this, guard = QPointer<QObject>(context), work = std::move(work),
                      continuation = std::move(continuation)]() mutable {
            using Value = std::invoke_result_t<Work &>;
            if constexpr (std::is_void_v<Value>) {
                work();
                deliver([guard, continuation = std::move(continuation)]() mutable {
                    if (guard)
                        continuation();
                });
            } else {
                auto value = std::make_shared<Value>(work());
                deliver([guard, value, continuation = std::move(continuation)]() mutable {
                    if (guard)
                        continuation(std::move(*value));
                });
            }
        });
    }

private:
    static constexpr int threads = 4;

    template <typename Function>
    void deliver(Function function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }

    QThreadPool m_pool;
};

} // namespace idstore
