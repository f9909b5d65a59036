// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"

#include <QString>

#include <optional>

class QFile;

namespace idstore {

/// Copies a file block by block, within the file system where that can be done (so that systems that share blocks
/// between files copy nothing at all). `to` is made new; after an error nothing is left of it. Not synced to the disk.
/// Blocks; any thread. Errors: "storage_full", "io_error", Cancelled.
[[nodiscard]] Result<void> copyFile(const QString &from, const QString &to, const CancelToken &cancel);
/// The next 16 MiB of `source` to where `target` stands, without passing through this process: bytes copied, 0 at the
/// end. Nothing where the system cannot do that, as between file systems. Both files are open, unbuffered or not used
/// by QFile's own functions meanwhile. Errors: those of fileError().
[[nodiscard]] Result<std::optional<qint64>> copyWithinSystem(QFile &source, QFile &target);

} // namespace idstore
