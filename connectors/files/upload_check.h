// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace idstore {

/// Looks at the first bytes of an uploaded file, whatever its name says. InvalidInput with the field "file" and the
/// code "empty_file", "not_a_table", or one of workbook_errors, with what the file is and what to do, when it is
/// nothing that can be read as a table. Reads a bounded part of the file; any thread.
[[nodiscard]] Result<void> checkUploadedFile(const QString &path, const QString &originalName);

} // namespace idstore
