// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/store/scratch_file.h"

#include <QByteArrayView>

#include <memory>

class QFile;

namespace idstore {

/// An upload on its way to disk: a scratch file with a limit. Becomes a source through SourceService::createFromFile.
/// Used by one thread at a time; may move between threads. Destroying it discards the bytes.
class StagedUpload
{
public:
    /// `folder` is on the file system the file will stay on; `limit` in bytes.
    static Result<std::unique_ptr<StagedUpload>> create(const QString &folder, qint64 limit);

    /// TooLarge once more than the limit came, StorageFull when the disk is.
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    /// The next bytes of a file that is open, unbuffered; how many, 0 at its end. Errors as of write().
    [[nodiscard]] Result<qint64> append(QFile &source);
    /// Waits until the bytes are on the disk. May take seconds for a large file: call it before a transaction.
    [[nodiscard]] Result<void> sync() { return m_file->sync(); }
    /// Gives the file its name. The object is done afterwards.
    [[nodiscard]] Result<void> moveTo(const QString &path) { return m_file->moveTo(path); }

    [[nodiscard]] qint64 size() const { return m_file->size(); }
    /// A path by which the unfinished file can be read in this process.
    [[nodiscard]] QString readablePath() const { return m_file->readablePath(); }

private:
    StagedUpload(std::unique_ptr<ScratchFile> file, qint64 limit)
        : m_file(std::move(file))
        , m_limit(limit)
    {}

    std::unique_ptr<ScratchFile> m_file;
    qint64 m_limit;
};

/// The error for an upload over the limit, the same wherever it is noticed.
[[nodiscard]] Error uploadTooLarge(qint64 limit);

} // namespace idstore
