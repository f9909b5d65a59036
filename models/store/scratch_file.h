// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArrayView>
#include <QTemporaryFile>

#include <memory>

namespace idstore {

/// Bytes that need a place on the disk for a while: a file without a name where the system has such, so that neither
/// an abandoned object nor a killed process leaves anything behind. Used by one thread at a time; may move between
/// threads. Errors: those of fileError().
class ScratchFile
{
public:
    /// `folder` is on the file system that the file will stay on.
    static Result<std::unique_ptr<ScratchFile>> create(const QString &folder);

    /// Appends.
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    /// Appends the next bytes of `source`, some MiB, and says how many; 0 at its end. `source` is open, unbuffered.
    [[nodiscard]] Result<qint64> append(QFile &source);
    /// Empties the file, for bytes that come once more.
    [[nodiscard]] Result<void> restart();
    /// Waits until the bytes are on the disk. May take seconds for a large file.
    [[nodiscard]] Result<void> sync();
    /// Gives the file its name and keeps it. The object is done afterwards.
    [[nodiscard]] Result<void> moveTo(const QString &path);

    [[nodiscard]] qint64 size() const { return m_size; }
    /// A path by which the file can be read in this process while the object lives.
    [[nodiscard]] QString readablePath() const;

private:
    explicit ScratchFile(const QString &fileTemplate);

    /// Lets the system start to put what was appended on the disk, so that sync() finds little left to do.
    void startWriting(qint64 bytes);

    QTemporaryFile m_file;
    qint64 m_size = 0;
};

} // namespace idstore
