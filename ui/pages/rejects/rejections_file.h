// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/itemmodels/rejection_table_model.h"

namespace idstore {

/// Writes every rejection the loader gives to a CSV file (RFC 4180, UTF-8): line, column, reason, text. All or nothing;
/// the result is how many were written. Any thread.
[[nodiscard]] Result<qint64> writeRejections(const RejectionTableModel::PageLoader &loader, const QString &path);

} // namespace idstore
