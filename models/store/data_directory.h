// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"

#include <QString>

#include <map>
#include <memory>
#include <set>
#include <utility>

namespace idstore {

/// The folder everything is kept in, held by this process alone until the object goes:
///
///     lock                          held while a process works here
///     catalog.db                    sources, runs, tokens
///     datasets/src_01/3.db          rows of source 1, third generation
///     datasets/src_01/3.*.order     its rows sorted by a column: a cache
///     uploads/src_01/leads.csv      the file as uploaded
///     uploads/.staging/             uploads under way; emptied at the start
///     vault/                        encrypted credentials
///
/// Immutable after opening; thread-safe.
class DataDirectory
{
public:
    /// Makes the folder when missing (mode 0700) and locks it. Errors: Conflict "data_directory_in_use",
    /// Unavailable "network_share" and "not_writable".
    static Result<std::unique_ptr<DataDirectory>> open(const QString &path);
    ~DataDirectory();
    DataDirectory(const DataDirectory &) = delete;
    DataDirectory &operator=(const DataDirectory &) = delete;

    /// True while some process (this one included) holds the folder's lock.
    static bool isInUse(const QString &path);
    /// SQLite's locks do not work on shares: names such as "nfs4", "cifs" or "fuse.sshfs".
    static bool isNetworkFileSystem(QByteArrayView type);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString catalogPath() const;
    [[nodiscard]] QString datasetFolder(SourceId source) const;
    [[nodiscard]] QString datasetPath(SourceId source, qint64 generation) const;
    [[nodiscard]] QString uploadFolder(SourceId source) const;
    [[nodiscard]] QString stagingFolder() const;
    [[nodiscard]] QString vaultFolder() const;

    /// Bytes of everything in the folder.
    [[nodiscard]] qint64 bytesOnDisk() const;

    /// Removes what no catalog row speaks of: half-built generations, uploads that were
    /// replaced or cut off, data of deleted sources.
    /// `sources`: each with the name of its upload, or none.
    void removeOrphans(const std::map<SourceId, QString> &sources,
                       const std::set<std::pair<SourceId, qint64>> &generations) const;

private:
    DataDirectory(QString path, int lockHandle);

    QString m_path;
    int m_lockHandle;
};

/// Waits until a file's or folder's bytes are on the disk.
[[nodiscard]] Result<void> syncToDisk(const QString &path);

/// The error for a file operation that failed with `systemError` (errno): StorageFull when the disk is, otherwise
/// Internal "io_error".
[[nodiscard]] Error fileError(const QString &path, int systemError);

} // namespace idstore
