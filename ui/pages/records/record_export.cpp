// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_export.h"

#include "ui/async/async_runner.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

namespace {

Error cannotWrite(const QSaveFile &file, qint64 wanted)
{
    const QFileInfo target(file.fileName());
    const QStorageInfo storage(target.absolutePath());
    Error error;
    error.cause = file.errorString();
    if (file.error() == QFileDevice::ResourceError ||
        (storage.isValid() && storage.bytesAvailable() >= 0 && storage.bytesAvailable() < wanted)) {
        error.kind = ErrorKind::StorageFull;
        error.code = QStringLiteral("disk_full");
        error.message =
            QCoreApplication::translate("RecordExport", "There is no space left for %1.").arg(target.fileName());
        error.remedy = QCoreApplication::translate(
            "RecordExport", "Free some space or choose a folder on another disk, then export again.");
    } else {
        error.kind = ErrorKind::Unavailable;
        error.code = QStringLiteral("cannot_write");
        error.message = QCoreApplication::translate("RecordExport", "%1 cannot be written: %2.")
                            .arg(target.fileName(), file.errorString());
        error.remedy = QCoreApplication::translate("RecordExport", "Choose another folder or file name.");
    }
    return error;
}

} // namespace

Result<qint64> writeExport(const RecordExport::OpenStream &open, const QString &path, const CancelToken &cancel,
                           std::atomic<qint64> &written)
{
    IDS_TRY(stream, open());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(file, 0);
    qint64 total = 0;
    while (true) {
        if (cancel.isCancelled()) {
            return Error{ErrorKind::Cancelled,
                         QStringLiteral("cancelled"),
                         QCoreApplication::translate("RecordExport", "The export was cancelled."),
                         {},
                         {},
                         {}};
        }
        IDS_TRY(block, stream->next());
        if (block.isEmpty())
            break;
        if (file.write(block) != block.size())
            return cannotWrite(file, block.size());
        total += block.size();
        written.store(total, std::memory_order_relaxed);
    }
    if (!file.commit())
        return cannotWrite(file, 1);
    return total;
}

RecordExport::RecordExport(AsyncRunner &async, QObject *parent)
    : QObject(parent)
    , m_async(async)
{
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_written->load()); });
}

RecordExport::~RecordExport()
{
    m_cancel.cancel();
}

void RecordExport::start(OpenStream open, const QString &path)
{
    if (m_running)
        return;
    m_running = true;
    m_path = path;
    m_cancel = CancelToken();
    m_written = std::make_shared<std::atomic<qint64>>(0);
    m_timer.start();
    Q_EMIT progressed(0);
    m_async.run(
        this,
        [open = std::move(open), path, cancel = m_cancel, written = m_written] {
            return writeExport(open, path, cancel, *written);
        },
        [this](const Result<qint64> &result) {
            m_running = false;
            m_timer.stop();
            Q_EMIT finished(result);
        });
}

void RecordExport::cancel()
{
    m_cancel.cancel();
}

} // namespace idstore
