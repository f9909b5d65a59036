// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <string>
#include <vector>

namespace idstore {

/// Columns for a table of `count` columns without a header: column_1, column_2, ...
[[nodiscard]] Columns generatedColumns(int count);

/// Columns for the cells of a header row. Whitespace around a name goes; a blank one becomes "column_3" after its
/// place, generated; a repeated one "email_2". Names are unique in any case ("Email" and "email" are the same, as to
/// SQLite), names that stand in the header once are never changed, and the same header always gives the same names.
/// Bytes that are no UTF-8 are shown as \xNN, a NUL is left out. Pure functions; any thread.
[[nodiscard]] Columns columnsFromHeader(const std::vector<std::string> &cells);

/// Adds a row of a header of several rows to the names so far: a name in several rows reads from top to bottom. Pure
/// function; any thread.
void addHeaderRow(std::vector<std::string> &names, const std::vector<std::string> &row);

/// Whether the first of some rows names the columns. Files have headers unless something speaks against it: a date,
/// number or e-mail address in the first row where the rows below have the same.
[[nodiscard]] bool firstRowIsHeader(const std::vector<std::vector<std::string>> &rows);

} // namespace idstore
