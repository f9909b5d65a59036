// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
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

/// isPlainDecimal() for more than eight bytes.
[[nodiscard]] bool isLongDecimal(std::string_view value);

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

/// How many bytes have their high bit set, of a word of nothing but high bits.
constexpr int countBytes(std::uint64_t highBitsOnly)
{
    return static_cast<int>((highBitsOnly >> 7) * everyByte(1) >> 56);
}

inline constexpr std::uint64_t highBits = everyByte(0x80);

/// The high bit of each byte that is zero; of bytes below 0x80.
inline std::uint64_t zeroBytes(std::uint64_t word)
{
    return ~(word + everyByte(0x7F)) & highBits;
}

/// The high bit of each byte from `first` to `last`; of bytes below 0x80.
inline std::uint64_t bytesBetween(std::uint64_t word, std::uint64_t first, std::uint64_t last)
{
    return (word + everyByte(0x80 - first)) & ~(word + everyByte(0x7F - last)) & highBits;
}

inline std::uint64_t digitBytes(std::uint64_t word)
{
    return bytesBetween(word, '0', '9');
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
inline bool isPlainDecimal(std::string_view value)
{
    if (value.front() == '-')
        value.remove_prefix(1);
    if (value.empty() || (value.front() == '0' && value.size() > 1 && value[1] != '.'))
        return false;
    if (value.size() > 8)
        return isLongDecimal(value);
    // The point is made a digit, and then all must be digits.
    const std::uint64_t head = headOf(value);
    if ((head & highBits) != 0)
        return false;
    const std::uint64_t point = zeroBytes(head ^ everyByte('.'));
    const std::uint64_t filled = head ^ (point >> 7) * ('.' ^ '0');
    // One point, neither at the start nor at the end; or none.
    const std::uint64_t last = std::uint64_t{0x80} << (64 - 8 * value.size());
    return (point & (point - 1)) == 0 && (point >> 63) == 0 && point != last && areDigitsBehind(filled, value);
}

enum class IsoForm { Other, Date, TimestampLocal, TimestampUtc };

/// 2024-03-05, 2024-03-05T10:11:12 (or with a space), the same with Z. Other: none of these, or a date so close to the
/// end of its month that somebody has to look at the calendar.
inline IsoForm isoForm(std::string_view value, std::uint64_t head)
{
    constexpr std::size_t dateSize = 10;
    constexpr std::size_t localSize = 19;
    const std::size_t size = value.size();
    if (size != dateSize && size != localSize && size != localSize + 1)
        return IsoForm::Other;
    // The form is taken off by XOR, which leaves the digits' values and zeros for the marks; what is added then turns
    // over the high bit of every byte that is larger than may stand there.
    const std::uint64_t year = head ^ 0x3030'3030'2D30'302D; // "0000-00-"
    const std::uint64_t date = loadWord(value.data() + 2) ^ 0x3030'2D30'302D'3030; // "00-00-00"
    std::uint64_t wrong = (year | (year + 0x7676'7676'7F7E'767F)) | (date | (date + 0x7676'7F7E'767F'7C76));
    const std::uint64_t month = (date >> 32 & 0xFF) * 10 + (date >> 24 & 0xFF);
    const std::uint64_t day = (date >> 8 & 0xFF) * 10 + (date & 0xFF);
    const std::uint64_t lastDay = month == 2 ? 28 : 30;
    if (size == dateSize) {
        const bool isDate = (wrong & highBits) == 0 && month - 1 < 12 && day - 1 < lastDay && year >> 32 != 0;
        return isDate ? IsoForm::Date : IsoForm::Other;
    }
    const std::uint64_t time = loadWord(value.data() + 11) ^ 0x3030'3A30'303A'3030; // "00:00:00"
    wrong |= time | (time + 0x7D76'7F7A'767F'7A76);
    const std::uint64_t hour = (time >> 56) * 10 + (time >> 48 & 0xFF);
    const char parting = value[dateSize];
    const bool isTime = (wrong & highBits) == 0 && month - 1 < 12 && day - 1 < lastDay && year >> 32 != 0 &&
                        hour < 24 && (parting == 'T' || parting == ' ');
    if (!isTime)
        return IsoForm::Other;
    if (size == localSize)
        return IsoForm::TimestampLocal;
    return value[localSize] == 'Z' ? IsoForm::TimestampUtc : IsoForm::Other;
}

/// Digits in groups, as phone numbers and postal codes have them: begins with +, ( or a digit, ends with a digit,
/// holds digits, spaces, + ( ) - / and * alone, up to 24 bytes and at least so many digits.
inline bool isDigitGroups(std::string_view value, std::uint64_t head, int fewestDigits)
{
    constexpr std::size_t longest = 24;
    const std::size_t size = value.size();
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const char first = value.front();
    if (size > longest || (!isDigit(first) && first != '+' && first != '(') || !isDigit(value.back()))
        return false;
    // Digits, spaces and ( to 9 but , and .
    const auto isGroupWord = [](std::uint64_t word) {
        const std::uint64_t allowed = bytesBetween(word, '(', '9') | zeroBytes(word ^ everyByte(' '));
        const std::uint64_t commaOrPoint = zeroBytes((word | everyByte(2)) ^ everyByte('.'));
        return (word & highBits) == 0 && (allowed & ~commaOrPoint) == highBits;
    };
    if (size < 8) {
        // Spaces in place of what is not there.
        const std::uint64_t word = head | everyByte(' ') >> (8 * size);
        return isGroupWord(word) && countBytes(digitBytes(word)) >= fewestDigits;
    }
    if (!isGroupWord(head))
        return false;
    int digits = countBytes(digitBytes(head));
    if (size > 16) {
        const std::uint64_t word = loadWord(value.data() + 8);
        if (!isGroupWord(word))
            return false;
        digits += countBytes(digitBytes(word));
    }
    if (size > 8) {
        // The last eight bytes, of which some may have been seen.
        const std::uint64_t word = loadWord(value.data() + size - 8);
        if (!isGroupWord(word))
            return false;
        const std::uint64_t unseen = size % 8 == 0 ? ~std::uint64_t{0} : ~std::uint64_t{0} >> (64 - 8 * (size % 8));
        digits += countBytes(digitBytes(word) & unseen);
    }
    return digits >= fewestDigits;
}

} // namespace idstore
