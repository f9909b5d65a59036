// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/staged_upload.h"

#include "models/store/data_directory.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace idstore {

Result<std::unique_ptr<StagedUpload>> StagedUpload::create(const QString &folder, qint64 limit)
{
    std::unique_ptr<StagedUpload> upload(new StagedUpload(folder + QStringLiteral("/upload-XXXXXX"), limit));
    if (!upload->m_file.open())
        return fileError(folder, errno);
    return upload;
}

StagedUpload::StagedUpload(const QString &fileTemplate, qint64 limit)
    : m_file(fileTemplate)
    , m_limit(limit)
{}

Result<void> StagedUpload::write(QByteArrayView bytes)
{
    if (bytes.size() > m_limit - m_size)
        return uploadTooLarge(m_limit);
    // Straight to the descriptor: QFile would buffer, and hide errno.
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.handle(), bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return fileError(QStringLiteral("upload"), errno);
        }
        bytes = bytes.sliced(written);
        m_size += written;
    }
    return {};
}

Result<void> StagedUpload::sync()
{
    if (::fsync(m_file.handle()) != 0)
        return fileError(QStringLiteral("upload"), errno);
    return {};
}

Result<void> StagedUpload::moveTo(const QString &path)
{
    IDS_CHECK(sync());
    if (!m_file.rename(path))
        return fileError(path, errno);
    m_file.setAutoRemove(false);
    ::fchmod(m_file.handle(), S_IRUSR | S_IWUSR);
    m_file.close();
    return syncToDisk(QFileInfo(path).path());
}

QString StagedUpload::readablePath() const
{
    // fileName() would give the nameless file a name, and so leave it behind when the process is killed.
    const QString byHandle = QStringLiteral("/proc/self/fd/%1").arg(m_file.handle());
    return QFileInfo::exists(byHandle) ? byHandle : m_file.fileName();
}

Error uploadTooLarge(qint64 limit)
{
    return {ErrorKind::TooLarge,
            QStringLiteral("upload_too_large"),
            QCoreApplication::translate("StagedUpload", "The file is larger than the upload limit of %1.")
                .arg(QLocale::c().formattedDataSize(limit)),
            QCoreApplication::translate("StagedUpload", "Split the file, or raise the limit with --upload-limit."),
            {},
            {}};
}

} // namespace idstore
