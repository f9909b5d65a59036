// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"

#include <QString>

namespace idstore {

/// Copies a file block by block, within the file system where that can be done (so that systems that share blocks
/// between files copy nothing at all). `to` is made new; after an error nothing is left of it. Not synced to the disk.
/// Blocks; any thread. Errors: "storage_full", "io_error", Cancelled.
[[nodiscard]] Result<void> copyFile(const QString &from, const QString &to, const CancelToken &cancel);

} // namespace idstore
