// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/scratch_file.h"

#include "models/store/data_directory.h"
#include "models/store/file_copy.h"

#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace idstore {

Result<std::unique_ptr<ScratchFile>> ScratchFile::create(const QString &folder)
{
    std::unique_ptr<ScratchFile> scratch(new ScratchFile(folder + QStringLiteral("/scratch-XXXXXX")));
    if (!scratch->m_file.open())
        return fileError(folder, errno);
    return scratch;
}

ScratchFile::ScratchFile(const QString &fileTemplate)
    : m_file(fileTemplate)
{}

Result<void> ScratchFile::write(QByteArrayView bytes)
{
    // Straight to the descriptor: QFile would buffer, and hide errno.
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.handle(), bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return fileError(m_file.fileTemplate(), errno);
        }
        bytes = bytes.sliced(written);
        m_size += written;
    }
    return {};
}

Result<qint64> ScratchFile::append(QFile &source)
{
    constexpr qint64 blockBytes = 1024 * 1024;
    IDS_TRY(copied, copyWithinSystem(source, m_file));
    if (copied) {
        m_size += *copied;
        startWriting(*copied);
        return *copied;
    }
    const QByteArray block = source.read(blockBytes); // once the other way has not worked, it never does
    if (source.error() != QFileDevice::NoError)
        return fileError(source.fileName(), errno);
    IDS_CHECK(write(block));
    return qint64(block.size());
}

void ScratchFile::startWriting(qint64 bytes)
{
#ifdef Q_OS_LINUX
    ::sync_file_range(m_file.handle(), m_size - bytes, bytes, SYNC_FILE_RANGE_WRITE);
#else
    Q_UNUSED(bytes)
#endif
}

Result<void> ScratchFile::restart()
{
    if (::ftruncate(m_file.handle(), 0) != 0 || ::lseek(m_file.handle(), 0, SEEK_SET) != 0)
        return fileError(m_file.fileTemplate(), errno);
    m_size = 0;
    return {};
}

Result<void> ScratchFile::sync()
{
    if (::fsync(m_file.handle()) != 0)
        return fileError(m_file.fileTemplate(), errno);
    return {};
}

Result<void> ScratchFile::moveTo(const QString &path)
{
    IDS_CHECK(sync());
    if (!m_file.rename(path))
        return fileError(path, errno);
    m_file.setAutoRemove(false);
    ::fchmod(m_file.handle(), S_IRUSR | S_IWUSR);
    m_file.close();
    return syncToDisk(QFileInfo(path).path());
}

QString ScratchFile::readablePath() const
{
    // fileName() would give the nameless file a name, and so leave it behind when the process is killed.
    const QString byHandle = QStringLiteral("/proc/self/fd/%1").arg(m_file.handle());
    return QFileInfo::exists(byHandle) ? byHandle : m_file.fileName();
}

} // namespace idstore
