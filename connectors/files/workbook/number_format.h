// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace idstore {

/// What a spreadsheet's number format makes of a number.
enum class NumberKind {
    Number, ///< percent and currency as well: the value itself is what is stored
    Date, ///< a day, perhaps with a time
    Time, ///< a time of day
    Elapsed, ///< hours that may pass 24
};

/// Of a format code (ECMA-376-1, 18.8.31), judged by its first section.
[[nodiscard]] NumberKind numberKind(std::string_view formatCode);
/// Of a number format id that needs no code (ECMA-376-1, 18.8.30, with the East Asian ones).
[[nodiscard]] NumberKind builtInNumberKind(unsigned id);

/// A serial date as ISO 8601 text: 2024-05-01, 2024-05-01T08:30:00, 08:30:00, 27:15:00, with milliseconds where there
/// are any. Nothing for numbers that are no date in that system.
[[nodiscard]] std::optional<std::string> serialText(double serial, NumberKind kind, bool from1904);

/// The shortest text that is this number, without exponent where that is readable.
[[nodiscard]] std::string numberText(double number);
/// A number as it is written in a file: digits stay as they are, others become numberText().
[[nodiscard]] std::string numberText(std::string_view written);

/// An ISO 8601 date and time without the midnight that spreadsheet programs add to days, and without empty fractions.
[[nodiscard]] std::string tidyIsoText(std::string_view text);

} // namespace idstore
