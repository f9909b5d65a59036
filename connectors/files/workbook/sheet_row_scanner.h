// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// A row of a worksheet (ECMA-376-1, 18.3.1.73) as it is written. The views point into the text that was scanned.
struct ScannedRow
{
    struct Cell
    {
        std::string_view reference;
        std::string_view style;
        std::string_view type;
        std::string_view value; ///< of v, or of the one t of an inline string; empty when there is none
        bool hasEntities = false; ///< the value: use appendWithoutEntities()
    };
    std::string_view number; ///< empty when the row does not say
    std::vector<Cell> cells;
};

enum class RowScan {
    Taken,
    Incomplete, ///< the text ends too early; again with more of it
    Unusual, ///< anything but a row in the form that spreadsheet programs write, right or wrong: for an XML parser
};

/// Looks whether `text` begins with a row (after white space), and takes that apart. Says Taken only for well-formed
/// XML of which a parser would say the same: elements c, f, v and is/t without prefixes, attributes in double quotes,
/// the five predefined entities, valid UTF-8. `length` is then how much of the text it takes. The scannerPadding bytes
/// behind the text must be readable and zero. Pure function; any thread.
inline constexpr std::size_t scannerPadding = 16;
[[nodiscard]] RowScan scanSheetRow(std::string_view text, ScannedRow &row, std::size_t &length);

/// Appends a scanned value with &amp; &lt; &gt; &quot; and &apos; resolved.
void appendWithoutEntities(std::string_view value, std::string &to);

} // namespace idstore
