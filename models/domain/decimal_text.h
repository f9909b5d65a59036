// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace idstore {

/// A number written in decimal, taken apart and not converted: digits of any count, nothing lost. Its views are into
/// the text it was read from.
struct DecimalText
{
    bool isNegative = false;
    bool hasSign = false;
    bool hasPoint = false;
    bool hasExponent = false;
    std::string_view whole; ///< digits before the point
    std::string_view fraction; ///< digits behind it
    std::int32_t exponent = 0; ///< -9999..9999

    [[nodiscard]] bool isInteger() const { return !hasPoint && !hasExponent; }
    /// Digits from the first that is not 0.
    [[nodiscard]] std::size_t significantDigits() const;
};

/// Nothing when `text`, spaces around it aside, is not [+-]digits[.digits][E[+-]digits]. Pure; allocates nothing.
[[nodiscard]] std::optional<DecimalText> readDecimal(std::string_view text);

/// Appends bytes that compare (memcmp, a shorter one first) as the numbers do: 1, 1.0 and 10E-1 are the same.
void appendDecimalKey(std::string &key, const DecimalText &number);

} // namespace idstore
