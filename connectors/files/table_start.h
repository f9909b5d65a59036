// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/cell_kind.h"

#include <cstddef>
#include <string>
#include <vector>

namespace idstore {

using SampledRows = std::vector<std::vector<std::string>>;

/// Where the table begins in the rows at the front of a file.
struct TableStart
{
    std::size_t preambleRows = 0; ///< titles, notes and rows of nothing before the table
    std::size_t headerRows = 0; ///< of the rows after those, how many name the columns; 0: none does
};

/// Titles and notes stand before a table as rows that fill hardly any of its columns, or begin with '#'. Further
/// header rows are those that have words, each another one, in every column that holds numbers, dates or addresses
/// below. Pure function; any thread.
[[nodiscard]] TableStart findTableStart(const SampledRows &rows);

/// How many of the first rows of a table name its columns. Pure function; any thread.
[[nodiscard]] std::size_t headerRowsOf(const SampledRows &table);

/// How many fields most rows have; the larger number where two are as frequent.
[[nodiscard]] std::size_t usualLength(const SampledRows &rows);

/// The kind that at least eight in ten of the filled cells of a column have from row `from` on; Empty when none is
/// filled, Other when there is no such kind.
[[nodiscard]] CellKind usualKind(const SampledRows &rows, std::size_t from, std::size_t column);

} // namespace idstore
