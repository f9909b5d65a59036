// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace idstore {

// Forms of values that are no numbers although digits make them up. `value` is not empty. Pure functions; any thread.

/// "1,234.50", "1.234,50", "12,5", "1'234", "1.234.567": digits in groups, and no way to be sure which sign parts what.
[[nodiscard]] bool isGroupedNumber(std::string_view value);
/// "1E10", "12e5": a code that some programs take for a number of many digits.
[[nodiscard]] bool isExponentCode(std::string_view value);
/// "1.23E+15": what a spreadsheet leaves of a long number.
[[nodiscard]] bool isSpreadsheetExponent(std::string_view value);
/// "2-Mar", "12-Mar", "Mar-02": what a spreadsheet makes of codes such as 2-3, MAR2 or MAR-02.
[[nodiscard]] bool isDayOfYear(std::string_view value);
/// "DE89 3704 0044 0532 0130 00": country, check digits, account (ISO 13616), in groups or not.
[[nodiscard]] bool isAccountNumber(std::string_view value);

} // namespace idstore
