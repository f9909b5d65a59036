// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/data_directory.h"

#include "models/base/logging.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QStorageInfo>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace idstore {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DataDirectory", text);
}

QString lockPath(const QString &folder)
{
    return folder + QStringLiteral("/lock");
}

Error notWritable(const QString &path, const QString &cause)
{
    return {ErrorKind::Unavailable,
            QStringLiteral("not_writable"),
            tr("The data folder %1 cannot be written to.").arg(QDir::toNativeSeparators(path)),
            tr("Choose another folder, or give your user permission to write there."),
            cause,
            {}};
}

} // namespace

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    const bool existed = QDir(absolute).exists();
    if (!QDir().mkpath(absolute))
        return notWritable(absolute, QStringLiteral("mkpath failed"));
    if (!existed)
        QFile::setPermissions(absolute, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);

    const QByteArray fileSystem = QStorageInfo(absolute).fileSystemType();
    if (isNetworkFileSystem(fileSystem)) {
        return Error{ErrorKind::Unavailable,
                     QStringLiteral("network_share"),
                     tr("The data folder %1 is on a network share (%2), where a database file can be damaged.")
                         .arg(QDir::toNativeSeparators(absolute), QString::fromLatin1(fileSystem)),
                     tr("Choose a folder on this computer's own disk."),
                     {},
                     {}};
    }

    const int handle = ::open(QFile::encodeName(lockPath(absolute)).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0)
        return notWritable(absolute, QString::fromLocal8Bit(std::strerror(errno)));
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(handle);
        if (reason != EWOULDBLOCK)
            return notWritable(absolute, QString::fromLocal8Bit(std::strerror(reason)));
        return Error{ErrorKind::Conflict,
                     QStringLiteral("data_directory_in_use"),
                     tr("The data folder %1 is already in use by another Identity Store.")
                         .arg(QDir::toNativeSeparators(absolute)),
                     tr("Close the other one first, or choose another data folder."),
                     {},
                     {}};
    }

    std::unique_ptr<DataDirectory> directory(new DataDirectory(absolute, handle));
    QDir(directory->stagingFolder()).removeRecursively();
    for (const QString &folder : {directory->stagingFolder(), QString(absolute + QStringLiteral("/datasets"))}) {
        if (!QDir().mkpath(folder))
            return notWritable(folder, QStringLiteral("mkpath failed"));
    }
    return directory;
}

DataDirectory::DataDirectory(QString path, int lockHandle)
    : m_path(std::move(path))
    , m_lockHandle(lockHandle)
{}

DataDirectory::~DataDirectory()
{
    ::close(m_lockHandle);
}

bool DataDirectory::isInUse(const QString &path)
{
    const int handle = ::open(QFile::encodeName(lockPath(path)).constData(), O_RDWR | O_CLOEXEC);
    if (handle < 0)
        return false;
    const bool taken = ::flock(handle, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(handle);
    return taken;
}

bool DataDirectory::isNetworkFileSystem(QByteArrayView type)
{
    static constexpr std::array shares{
        "nfs",        "nfs4",       "cifs",        "smb3",           "smbfs", "smb2",   "afs",       "ncpfs", "davfs",
        "fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.glusterfs", "ceph",  "lustre", "glusterfs", "gpfs",  "webdav"};
    return std::any_of(shares.begin(), shares.end(), [&](const char *share) { return type == QByteArrayView(share); });
}

QString DataDirectory::catalogPath() const
{
    return m_path + QStringLiteral("/catalog.db");
}

QString DataDirectory::datasetFolder(SourceId source) const
{
    return m_path + QStringLiteral("/datasets/") + source.toString();
}

QString DataDirectory::datasetPath(SourceId source, qint64 generation) const
{
    return datasetFolder(source) + u'/' + QString::number(generation) + QStringLiteral(".db");
}

QString DataDirectory::uploadFolder(SourceId source) const
{
    return m_path + QStringLiteral("/uploads/") + source.toString();
}

QString DataDirectory::stagingFolder() const
{
    return m_path + QStringLiteral("/uploads/.staging");
}

QString DataDirectory::vaultFolder() const
{
    return m_path + QStringLiteral("/vault");
}

qint64 DataDirectory::bytesOnDisk() const
{
    qint64 bytes = 0;
    QDirIterator files(m_path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

void DataDirectory::removeOrphans(const std::map<SourceId, QString> &sources,
                                  const std::set<std::pair<SourceId, qint64>> &generations) const
{
    for (const char *area : {"/datasets", "/uploads"}) {
        QDir folder(m_path + QLatin1StringView(area));
        const QStringList names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &name : names) {
            const auto source = SourceId::parse(name);
            if (source && !sources.contains(*source)) {
                qCInfo(logStore) << "removing data of a source that is gone:" << folder.filePath(name);
                QDir(folder.filePath(name)).removeRecursively();
            }
        }
    }
    for (const auto &[source, upload] : sources) {
        QDir uploads(uploadFolder(source));
        const QStringList kept = uploads.entryList({QStringLiteral("upload*")}, QDir::Files);
        for (const QString &file : kept) {
            if (file != upload) {
                qCInfo(logStore) << "removing a file that was replaced:" << uploads.filePath(file);
                uploads.remove(file);
            }
        }
        QDir folder(datasetFolder(source));
        const QStringList files = folder.entryList(QDir::Files);
        for (const QString &file : files) {
            // "3.db", and SQLite's companions such as "3.db-journal".
            bool isNumber = false;
            const qint64 generation = file.section(u'.', 0, 0).toLongLong(&isNumber);
            // "3.c2-date.order" is complete, with something behind it never became so.
            const bool isCutOff = file.contains(QStringLiteral(".order."));
            if (isNumber && (isCutOff || !generations.contains({source, generation}))) {
                qCInfo(logStore) << "removing half-built rows:" << folder.filePath(file);
                folder.remove(file);
            }
        }
    }
}

Result<void> syncToDisk(const QString &path)
{
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return fileError(path, errno);
    const bool synced = ::fsync(handle) == 0;
    const int reason = errno;
    ::close(handle);
    if (!synced && reason != EINVAL) // EINVAL: a file system without fsync for folders
        return fileError(path, reason);
    return {};
}

Error fileError(const QString &path, int systemError)
{
    const QString cause = path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(systemError));
    // EFBIG: a file size limit set for this process, which has the same cure as a full disk.
    if (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG) {
        return {ErrorKind::StorageFull,
                QStringLiteral("storage_full"),
                tr("There is no space left in the data folder."),
                tr("Free some disk space, or move the data folder to a larger disk, and try again."),
                cause,
                {}};
    }
    return {ErrorKind::Internal,
            QStringLiteral("io_error"),
            tr("A file in the data folder could not be read or written."),
            tr("Check the disk and the permissions of the data folder."),
            cause,
            {}};
}

} // namespace idstore
