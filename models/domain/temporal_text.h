// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace idstore {

/// Days since 1970-01-01, negative before it. Years 1 to 9999.
using DayNumber = std::int32_t;

struct CivilDate
{
    int year = 0;
    int month = 0;
    int day = 0;
};

/// The date of a day in the proleptic Gregorian calendar.
[[nodiscard]] CivilDate civilDate(DayNumber day);

/// What a text says of a day and perhaps a time, before anybody has decided whether its day or its month comes first.
/// Where the text itself decides (2024-03-05, 5 Mar 2024), both readings are the same.
struct TemporalText
{
    std::optional<DayNumber> dayFirst;
    std::optional<DayNumber> monthFirst;
    bool hasTwoDigitYear = false; ///< then there are no days: the century is not known
    bool isCompact = false; ///< 20240305, which may as well be a number
    bool hasTime = false;
    std::int32_t secondOfDay = 0;
    std::int32_t nanoseconds = 0;
    std::optional<int> zoneMinutes; ///< east of UTC
};

/// Nothing when `text` is neither a date nor a timestamp of the forms listed in typed_value.h, whatever the order.
/// Pure function; any thread; allocates nothing.
[[nodiscard]] std::optional<TemporalText> readTemporal(std::string_view text);

/// `text` without the spaces and tabs around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The number of an English month, 1..12, from its name or the first three letters of it; any case. 0: none.
[[nodiscard]] int monthOfName(std::string_view name);

} // namespace idstore
