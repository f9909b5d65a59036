// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/store/scratch_file.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace idstore {

/// A file of a remote store.
struct RemoteFile
{
    QString name; ///< what the store calls it: a key, a path, an address
    QString version = {}; ///< an ETag, a generation, size and time: the content is the same as long as this is. Empty:
                          ///< the store does not tell
    qint64 size = -1; ///< bytes; -1: not known
    QDateTime modified = {}; ///< UTC; null: not known

    bool operator==(const RemoteFile &) const = default;
};

/// A file that was fetched.
struct FetchedFile
{
    std::unique_ptr<ScratchFile> content;
    QString version; ///< of this very content
    bool whole = true; ///< false: cut off after the sample that was asked for
};

/// Where table files are kept: one object for one run or preview, on one thread. Errors are of kind Source, each with
/// the way out, or Cancelled.
class RemoteStore
{
public:
    virtual ~RemoteStore() = default;

    /// The files that the source's config means, in reading order; "no_file_matches" rather than none.
    [[nodiscard]] virtual Result<QList<RemoteFile>> list() = 0;

    /// The file's content in `scratch`, all of one version: a file that changes meanwhile is fetched anew. Nothing when
    /// the store says that it is still `knownVersion` (never for an empty one). At least `sampleBytes` of it when set.
    [[nodiscard]] virtual Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                                                   std::unique_ptr<ScratchFile> scratch,
                                                                   std::optional<qint64> sampleBytes) = 0;
};

} // namespace idstore
