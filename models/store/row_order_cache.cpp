// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/row_order_cache.h"

#include "models/store/data_directory.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <cerrno>

namespace idstore {

namespace {

/// Removes the orders asked for longest ago; a thread that still reads one keeps its file open.
void removeOldest(const QString &folder, const QString &siblings, qsizetype kept)
{
    const QFileInfoList files = QDir(folder).entryInfoList({siblings}, QDir::Files, QDir::Time);
    for (qsizetype i = kept; i < files.size(); ++i)
        QFile::remove(files[i].filePath());
}

void touch(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
}

} // namespace

Result<std::unique_ptr<RowOrder>> RowOrderCache::take(const QString &path, const QString &siblings,
                                                      const CancelToken &cancel, const Build &build)
{
    constexpr unsigned long patienceMs = 50;
    QMutexLocker locker(&m_mutex);
    while (m_building.contains(path)) {
        if (cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        m_ended.wait(&m_mutex, patienceMs);
    }
    if (std::unique_ptr<RowOrder> order = RowOrder::open(path)) {
        touch(path);
        return order;
    }
    m_building.insert(path);
    locker.unlock();
    const Result<void> built = build();
    locker.relock();
    m_building.remove(path);
    // Whoever waits finds the file, or builds it in its turn when this one was cancelled.
    m_ended.wakeAll();
    IDS_CHECK(built);
    std::unique_ptr<RowOrder> order = RowOrder::open(path);
    removeOldest(QFileInfo(path).path(), siblings, maxOrders);
    if (!order)
        return fileError(path, ENOENT);
    return order;
}

} // namespace idstore
