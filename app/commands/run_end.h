// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"

#include <QMetaObject>
#include <QSemaphore>
#include <QString>

#include <memory>

namespace idstore {
class Engine;
}

namespace idstore::commands {

/// Waits for the end of a run: told by the engine where that is in this process, so that nobody asks again and again
/// while the processors are wanted for the run itself. Used by one thread; the engine must outlive it.
class RunEnd
{
public:
    /// `engine` null: the run is another process's, and pauses are just that.
    RunEnd(Engine *engine, const QString &runId);
    ~RunEnd();
    Q_DISABLE_COPY_MOVE(RunEnd)

    /// Whether the engine tells of the end.
    [[nodiscard]] bool isTold() const { return static_cast<bool>(m_connection); }
    /// Returns after `ms`, or sooner when the run has ended or `cancel` is set.
    void pause(qint64 ms, const CancelToken &cancel);

private:
    std::shared_ptr<QSemaphore> m_ended = std::make_shared<QSemaphore>();
    QMetaObject::Connection m_connection;
};

} // namespace idstore::commands
