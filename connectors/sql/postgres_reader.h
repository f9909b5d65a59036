// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

namespace idstore::sql {

/// Reads a table or view of PostgreSQL in one snapshot: all rows through COPY, those from a mark on row by row, with
/// the mark as a parameter. Values are the server's texts without loss: numbers with all digits, times as ISO 8601
/// (with zone: in UTC, ending in Z) to the microsecond, bytea as base64, booleans as true and false, arrays and
/// composite values as PostgreSQL writes them. Holds about one batch. InvalidInput ("invalid_input") for names that are
/// no names, before any connection; else errors of PostgresConnection, "table_not_found", "column_not_found".
[[nodiscard]] Result<std::unique_ptr<RecordReader>> openPostgresReader(const ReadRequest &request);

} // namespace idstore::sql
