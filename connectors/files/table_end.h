// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/cell_kind.h"
#include "connectors/files/csv_tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// The lines below a table that are no rows of it: totals, "End of report", "(12 rows)". They are known by their text,
/// so that wherever such a line comes up it is recognised, whoever reads that part of the file. Immutable.
class TableEnd
{
public:
    TableEnd() = default;
    explicit TableEnd(std::vector<std::string> lines)
        : m_lines(std::move(lines))
    {}

    /// Whether `raw` is one of them, as it stands in the file without its line end.
    [[nodiscard]] bool holds(std::string_view raw) const
    {
        for (const std::string &line : m_lines) {
            if (line == raw)
                return true;
        }
        return false;
    }
    [[nodiscard]] const std::vector<std::string> &lines() const { return m_lines; }

private:
    std::vector<std::string> m_lines;
};

/// Looks at the end of a table of two columns or more. From the last row upwards, at most ten are no rows of it: a line
/// with nothing but words in its first cell, where the column holds something else, or behind a blank line, or such as
/// people close reports with; and a word for a total with numbers in columns of numbers and gaps where no row has any.
/// `tail`: the last text of the file, UTF-8, from the start of a line on. `kinds`: the usual kind of each column.
/// Pure function; any thread.
[[nodiscard]] TableEnd findTableEnd(std::string_view tail, const CsvSyntax &syntax, const std::vector<CellKind> &kinds);

} // namespace idstore
