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

/// Writes a whole source to a file on a worker thread. The file appears under its name only once it is whole; until
/// then, and after an error or a cancel, what stood there before stays. One export at a time an object; destroying it
/// cancels. Lives on the window's thread.
class RecordExport final : public QObject
{
    Q_OBJECT

public:
    using OpenStream = std::function<Result<std::unique_ptr<ExportStream>>()>;

    explicit RecordExport(AsyncRunner &async, QObject *parent = nullptr);
    ~RecordExport() override;

    /// `open` is called on the worker thread. Does nothing while an export is under way.
    void start(OpenStream open, const QString &path);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] const QString &path() const { return m_path; }

Q_SIGNALS:
    /// Bytes written so far; four times a second.
    void progressed(qint64 bytes);
    /// Bytes of the finished file, or why there is none: Cancelled, StorageFull ("disk_full"), Unavailable
    /// ("cannot_write") or what the store says.
    void finished(const idstore::Result<qint64> &bytes);

private:
    AsyncRunner &m_async;
    QTimer m_timer;
    QString m_path;
    CancelToken m_cancel;
    std::shared_ptr<std::atomic<qint64>> m_written;
    bool m_running = false;
};

/// What RecordExport does on its thread: the stream into the file at `path`, all or nothing.
[[nodiscard]] Result<qint64> writeExport(const RecordExport::OpenStream &open, const QString &path,
                                         const CancelToken &cancel, std::atomic<qint64> &written);

} // namespace idstore
