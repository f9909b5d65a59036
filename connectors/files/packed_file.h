// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/store/scratch_file.h"

#include <QString>

#include <memory>

namespace idstore {

// Files that hold another file: gzip (RFC 1952, with its members one after another) and ZIP archives that are no
// workbook.

enum class Packing { None, Gzip, Zip };

/// By content. None also when the file cannot be read, as reading it says why. An office document is a ZIP archive
/// that is not meant to be unpacked.
[[nodiscard]] Packing packingOf(const QString &path);

/// Whether there is a table inside, as far as the table of contents of a ZIP archive tells. Errors as of unpack().
[[nodiscard]] Result<void> checkPackedTable(const QString &path, Packing packing);

struct UnpackLimits
{
    qint64 bytes = 64LL * 1024 * 1024 * 1024; ///< unpacked
    /// Unpacked to packed beyond 64 MiB: tables reach about 100, bombs 1000.
    qint64 ratio = 250;
};

/// The file inside, unpacked into `folder`. Of a ZIP archive: its only table, which is its only file or the only one
/// with the name of a table (.csv, .tsv, .txt, .xlsx, .ods, ...). Errors (Source): "archive_damaged",
/// "archive_encrypted", "archive_too_large", "archive_without_table", "archive_with_several_tables"; Cancelled;
/// and those of ScratchFile.
[[nodiscard]] Result<std::unique_ptr<ScratchFile>> unpack(const QString &path, Packing packing, const QString &folder,
                                                          const CancelToken &cancel, const UnpackLimits &limits = {});

} // namespace idstore
