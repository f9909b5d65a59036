// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace idstore {

// Cells looked at eight bytes at a time: the forms that nearly all values of a column of numbers, dates or codes have,
// told by some dozen instructions. No byte outside the cell is read.

constexpr std::uint64_t everyByte(std::uint64_t byte)
{
    return byte * 0x0101'0101'0101'0101U;
}

/// Eight bytes from `bytes`, the first one the most significant.
inline std::uint64_t loadWord(const char *bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

/// The first eight bytes as a number that compares as they do, zeros behind a shorter value. `value` is not empty.
inline std::uint64_t headOf(std::string_view value)
{
    const std::size_t size = value.size();
    const char *bytes = value.data();
    if (size >= 8)
        return loadWord(bytes);
    // Two reads that overlap, or three of a byte each.
    if (size >= 4) {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, bytes, sizeof first);
        std::memcpy(&last, bytes + size - sizeof last, sizeof last);
        if (std::endian::native == std::endian::little) {
            first = __builtin_bswap32(first);
            last = __builtin_bswap32(last);
        }
        return std::uint64_t{first} << 32 | std::uint64_t{last} << (8 * (8 - size));
    }
    const auto byteAt = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(bytes[i])} << (56 - 8 * i);
    };
    return byteAt(0) | byteAt(size / 2) | byteAt(size - 1);
}

inline bool isDigitWord(std::uint64_t word)
{
    constexpr std::uint64_t high = everyByte(0xF0);
    return (word & high) == everyByte('0') && ((word + everyByte(6)) & high) == everyByte('0');
}

/// Whether the value is digits alone; at most 16 of them. `head`: headOf(value).
inline bool areDigitsBehind(std::uint64_t head, std::string_view value)
{
    const std::size_t size = value.size();
    if (size < 8)
        return isDigitWord(head | everyByte('0') >> (8 * size));
    return isDigitWord(head) && (size == 8 || isDigitWord(loadWord(value.data() + size - 8)));
}

/// -?(0|[1-9]digits)(.digits)?, with at most 15 digits before the point: what comes back from a number as it was.
[[nodiscard]] bool isPlainDecimal(std::string_view value);

enum class IsoForm { Other, Date, TimestampLocal, TimestampUtc };

/// 2024-03-05, 2024-03-05T10:11:12 (or with a space), the same with Z. Other: none of these, or a date so close to the
/// end of its month that somebody has to look at the calendar.
[[nodiscard]] IsoForm isoForm(std::string_view value);

/// Digits in groups, as phone numbers and postal codes have them: begins with +, ( or a digit, ends with a digit,
/// holds digits, spaces, + ( ) - / and * alone, up to 24 bytes and at least so many digits.
[[nodiscard]] bool isDigitGroups(std::string_view value, int fewestDigits);

} // namespace idstore
