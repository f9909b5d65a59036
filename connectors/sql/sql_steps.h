// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

namespace idstore::sql {

/// Reads a first row with a reader, or with none because of an error, and says how far one got on the way to a table:
/// reach the server, sign in, find the table, read one row.
[[nodiscard]] ConnectionReport tryReading(Result<std::unique_ptr<RecordReader>> opened);

} // namespace idstore::sql
