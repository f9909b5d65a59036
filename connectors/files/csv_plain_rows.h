// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_row_intake.h"

#include <string>

namespace idstore {

/// The quick way through rows about which there is nothing to say: as many fields as columns, quotes where RFC 4180
/// puts them, not the header again, nothing from below the table. It never judges: at the first row that is not plain
/// it stops, and CsvTokenizer with CsvRowIntake go on; they would store plain rows just the same. Used by one thread at
/// a time.
class CsvPlainRows
{
public:
    /// `table` must outlive it.
    explicit CsvPlainRows(const CsvTable &table);

    /// Whether this table can have plain rows at all.
    [[nodiscard]] bool areKnown() const { return m_known; }

    /// Stores rows from `from` on, which starts one, and counts `line` on. Returns where the first row starts that is
    /// not plain or has no line end before `end`. The text must be valid UTF-8, and RowBatch::overread bytes behind it
    /// readable.
    const char *take(const char *from, const char *end, RowBatch &batch, std::int64_t &line) const;

    /// Where the last row ends in [from, end), which starts one, before the first quote that is out of place; `from`
    /// when no row ends there. Only line feeds count as ends of rows.
    [[nodiscard]] static const char *lastRowEnd(const CsvSyntax &syntax, const char *from, const char *end);

private:
    class Fields;

    /// Whether the row that has just got its last cell may be the header again.
    [[nodiscard]] bool isHeader(const RowBatch &batch) const;

    const CsvTable &m_table;
    bool m_known = false;
    // A row that repeats the header repeats this name.
    int m_toldColumn = -1;
    std::string m_toldName;
};

} // namespace idstore
