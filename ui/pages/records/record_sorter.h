// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/record_service.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace idstore {

class AsyncRunner;

/// Has the rows of a source sorted on a worker thread, with progress, so that the table can be given the order once it
/// is there. One order at a time: another one, cancel() and destroying it stop the one under way. Lives on the window's
/// thread.
class RecordSorter final : public QObject
{
    Q_OBJECT

public:
    using Progress = std::function<void(double)>;
    using Prepare = std::function<Result<void>(const CancelToken &, const Progress &)>;

    explicit RecordSorter(AsyncRunner &async, QObject *parent = nullptr);
    ~RecordSorter() override;

    /// `prepare` is called on a worker thread.
    void start(Prepare prepare);
    /// finished() does not come then.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    /// 0 to 1; a few times a second.
    void progressed(double part);
    void finished(const idstore::Result<void> &result);

private:
    AsyncRunner &m_async;
    QTimer m_timer;
    CancelToken m_cancel;
    std::shared_ptr<std::atomic<double>> m_part;
    quint64 m_round = 0; ///< answers of an earlier round are ignored
    bool m_running = false;
};

} // namespace idstore
