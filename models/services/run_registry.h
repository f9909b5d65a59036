// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/ingest/run_progress.h"

#include <QMutex>
#include <QSemaphore>
#include <QThreadPool>

#include <map>
#include <memory>
#include <optional>

namespace idstore {

/// A run in progress, shared between its thread and whoever watches it.
struct ActiveRun
{
    RunId run;
    CancelToken cancel;
    std::shared_ptr<RunProgress> progress = std::make_shared<RunProgress>();
};

/// The runs of this process that have not ended. Thread-safe; calls never wait for the disk.
class RunRegistry
{
public:
    explicit RunRegistry(int parallelRuns)
        : workSlots(parallelRuns)
    {
        // A waiting run keeps a thread, so that cancelling it is as quick as cancelling a working one.
        threads.setMaxThreadCount(1024);
    }

    [[nodiscard]] std::optional<ActiveRun> find(SourceId source) const
    {
        const QMutexLocker locker(&m_mutex);
        const auto found = m_active.find(source);
        return found == m_active.end() ? std::nullopt : std::optional(found->second);
    }
    void add(SourceId source, ActiveRun run)
    {
        const QMutexLocker locker(&m_mutex);
        m_active.emplace(source, std::move(run));
    }
    void remove(SourceId source)
    {
        const QMutexLocker locker(&m_mutex);
        m_active.erase(source);
    }
    [[nodiscard]] int size() const
    {
        const QMutexLocker locker(&m_mutex);
        return static_cast<int>(m_active.size());
    }
    void cancelAll() const
    {
        const QMutexLocker locker(&m_mutex);
        for (const auto &[source, active] : m_active)
            active.cancel.cancel();
    }

    QSemaphore workSlots; ///< how many runs work at once
    bool closed = false; ///< shutting down: no run starts; guarded by EngineParts::lifecycle
    QThreadPool threads; ///< waits for its threads when it goes

private:
    mutable QMutex m_mutex;
    std::map<SourceId, ActiveRun> m_active;
};

} // namespace idstore
