// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace idstore {

/// What a cell looks like, to judge whether a guess at delimiters or headers makes sense; never used to change it.
enum class CellKind {
    Empty,
    Year, ///< 1900..2099: data as often as a heading
    Number, ///< signs, separators, percent and currency included
    Date,
    Time,
    Timestamp,
    Email,
    Url,
    Boolean,
    Identifier, ///< letters and digits in one piece, both present: "AB-1234"
    Words, ///< letters, spaces and ordinary punctuation
    Other, ///< anything else, such as what a wrong delimiter or quote leaves
};

/// Pure function; any thread. Looks at a bounded part of a long cell.
[[nodiscard]] CellKind cellKind(std::string_view utf8);

/// Kinds that headings practically never have.
[[nodiscard]] bool isDataKind(CellKind kind);

} // namespace idstore
