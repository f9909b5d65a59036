// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/file_copy.h"

#include "models/store/data_directory.h"

#include <QByteArray>
#include <QFile>

#include <cerrno>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace idstore {

namespace {

constexpr qint64 blockBytes = 16LL * 1024 * 1024;

/// One block. False: there is no more.
Result<bool> copyBlock(QFile &source, QFile &target)
{
    IDS_TRY(copied, copyWithinSystem(source, target));
    if (copied)
        return *copied > 0;
    const QByteArray block = source.read(blockBytes);
    if (source.error() != QFileDevice::NoError)
        return fileError(source.fileName(), errno);
    if (target.write(block) != block.size())
        return fileError(target.fileName(), errno);
    return !block.isEmpty();
}

Result<void> copyBlocks(QFile &source, QFile &target, const CancelToken &cancel)
{
    for (;;) {
        if (cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        IDS_TRY(more, copyBlock(source, target));
        if (!more)
            return {};
    }
}

} // namespace

Result<std::optional<qint64>> copyWithinSystem(QFile &source, QFile &target)
{
#ifdef Q_OS_LINUX
    const ssize_t copied = ::copy_file_range(source.handle(), nullptr, target.handle(), nullptr, blockBytes, 0);
    if (copied >= 0)
        return std::optional<qint64>(copied);
    // Between file systems, or on one that has no such call.
    if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return fileError(target.fileName(), errno);
#else
    Q_UNUSED(source)
    Q_UNUSED(target)
#endif
    return std::optional<qint64>();
}

Result<void> copyFile(const QString &from, const QString &to, const CancelToken &cancel)
{
    // Unbuffered: the system's call and ours work on the same position.
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fileError(from, errno);
    QFile target(to);
    if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return fileError(to, errno);
    auto copied = copyBlocks(source, target, cancel);
    target.close();
    if (!copied)
        QFile::remove(to);
    return copied;
}

} // namespace idstore
