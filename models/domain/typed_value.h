// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/temporal_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace idstore {

/// Reads texts as the types a column can have. Strict, free of locales, and nothing is ever guessed: what has two
/// readings has none. Pure functions over UTF-8, nothing allocated but in the keys; any thread. Spaces around a value
/// are of no account. What is read:
///
///     Integer    [+-]digits, of any length
///     Number     [+-]digits with one decimal point and an exponent if there is one (E5, e-3); a comma is never read,
///     as
///                it separates decimals here and thousands there
///     Boolean    true/false, yes/no, y/n, t/f, on/off, 1/0; any case
///     Date       2024-03-05 (also with / or .), 20240305, 5 Mar 2024, 5-Mar-2024, March 5, 2024, Tue, 5 Mar 2024 with
///                English month names; 05.03.2024, 5/3/2024, 5-3-2024 with the day or month that the DateOrder says
///                first, and without one only where both orders give the same day or one gives none. Two-digit
///                years are never read: their century is not known.
///     Timestamp  a date; or a date, "T" or spaces, 10:11[:12[.123456789]] with AM/PM if there is one, then Z, UTC,
///     GMT,
///                +02, +0200 or +02:00 if the zone is known. Without a zone it is compared as UTC.

struct TimestampValue
{
    std::int64_t seconds = 0; ///< since 1970-01-01T00:00:00, in UTC where the zone is known
    std::int32_t nanoseconds = 0; ///< 0..999'999'999
    std::optional<int> zoneMinutes = {}; ///< east of UTC as written
    bool hasTime = false; ///< false: a date alone

    bool operator==(const TimestampValue &) const = default;
};

[[nodiscard]] std::optional<bool> readBoolean(std::string_view text);
[[nodiscard]] std::optional<DayNumber> readDate(std::string_view text, DateOrder order);
[[nodiscard]] std::optional<TimestampValue> readTimestamp(std::string_view text, DateOrder order);

/// Whether `text` (not empty) has a value of `type`; every text has one of ColumnType::Text.
[[nodiscard]] bool isReadable(std::string_view text, ColumnType type, DateOrder order);

/// Appends bytes that compare (memcmp, a shorter one first) as the values do. False, with nothing appended, when `text`
/// cannot be read as `type`. Texts compare without regard to case and accents of Latin letters, then by those. Keys are
/// cut at maxSortKeyBytes.
[[nodiscard]] bool appendSortKey(std::string &key, std::string_view text, ColumnType type, DateOrder order);
inline constexpr std::size_t maxSortKeyBytes = 1024;

/// `text` as a JSON value of the type, appended: numbers of up to 15 significant digits as they are written, true or
/// false, dates and timestamps as ISO 8601 strings. False, with nothing appended, where that is not possible without
/// loss: the caller writes the text as received.
[[nodiscard]] bool appendTypedJson(std::string &json, std::string_view text, ColumnType type, DateOrder order);

} // namespace idstore
