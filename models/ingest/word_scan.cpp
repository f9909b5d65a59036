// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/word_scan.h"

namespace idstore {

namespace {

constexpr std::uint64_t highBits = everyByte(0x80);

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The high bit of each byte that is zero; of bytes below 0x80.
std::uint64_t zeroBytes(std::uint64_t word)
{
    return ~(word + everyByte(0x7F)) & highBits;
}

/// The high bit of each byte from `first` to `last`; of bytes below 0x80.
std::uint64_t bytesBetween(std::uint64_t word, std::uint64_t first, std::uint64_t last)
{
    return (word + everyByte(0x80 - first)) & ~(word + everyByte(0x7F - last)) & highBits;
}

std::uint64_t digitBytes(std::uint64_t word)
{
    return bytesBetween(word, '0', '9');
}

/// Whether all eight bytes may stand in groups of digits: digits, spaces and ( ) * + - /, which is ( to 9 but , and .
bool isGroupWord(std::uint64_t word)
{
    const std::uint64_t allowed = bytesBetween(word, '(', '9') | zeroBytes(word ^ everyByte(' '));
    const std::uint64_t commaOrPoint = zeroBytes((word | everyByte(2)) ^ everyByte('.'));
    return (word & highBits) == 0 && (allowed & ~commaOrPoint) == highBits;
}

bool isShortDecimal(std::string_view value)
{
    // The point is made a digit, and then all must be digits.
    const std::uint64_t head = headOf(value);
    if ((head & highBits) != 0)
        return false;
    const std::uint64_t point = zeroBytes(head ^ everyByte('.'));
    if (point == 0)
        return areDigitsBehind(head, value);
    const std::uint64_t filled = head ^ (point >> 7) * ('.' ^ '0');
    const auto position = static_cast<std::size_t>(std::countl_zero(point)) / 8;
    return (point & (point - 1)) == 0 && position > 0 && position + 1 < value.size() && areDigitsBehind(filled, value);
}

bool isLongDecimal(std::string_view value)
{
    constexpr std::size_t longestWhole = 15;
    std::size_t point = value.size();
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '.' && point == value.size())
            point = i;
        else if (!isDigit(value[i]))
            return false;
    }
    return point > 0 && point <= longestWhole && point + 1 != value.size();
}

} // namespace

bool isPlainDecimal(std::string_view value)
{
    if (value.front() == '-')
        value.remove_prefix(1);
    if (value.empty() || (value.front() == '0' && value.size() > 1 && value[1] != '.'))
        return false;
    return value.size() <= 8 ? isShortDecimal(value) : isLongDecimal(value);
}

IsoForm isoForm(std::string_view value)
{
    constexpr std::size_t dateSize = 10;
    constexpr std::size_t localSize = 19;
    const std::size_t size = value.size();
    if (size != dateSize && size != localSize && size != localSize + 1)
        return IsoForm::Other;
    const char *bytes = value.data();
    const auto twoDigits = [](const char *at) { return (at[0] - '0') * 10 + (at[1] - '0'); };

    constexpr std::uint64_t yearMonthMarks = 0x0000'0000'FF00'00FF;
    const std::uint64_t yearMonth = loadWord(bytes); // "2024-03-"
    if ((yearMonth & yearMonthMarks) != (everyByte('-') & yearMonthMarks) ||
        !isDigitWord((yearMonth & ~yearMonthMarks) | (everyByte('0') & yearMonthMarks)) ||
        yearMonth >> 32 == everyByte('0') >> 32 || !isDigit(bytes[8]) || !isDigit(bytes[9])) {
        return IsoForm::Other;
    }
    const int month = twoDigits(bytes + 5);
    const int day = twoDigits(bytes + 8);
    if (month < 1 || month > 12 || day < 1 || day > (month == 2 ? 28 : 30))
        return IsoForm::Other;
    if (size == dateSize)
        return IsoForm::Date;

    constexpr std::uint64_t timeMarks = 0x0000'FF00'00FF'0000;
    const std::uint64_t time = loadWord(bytes + 11); // "10:11:12"
    if ((bytes[10] != 'T' && bytes[10] != ' ') || (time & timeMarks) != (everyByte(':') & timeMarks) ||
        !isDigitWord((time & ~timeMarks) | (everyByte('0') & timeMarks)) || twoDigits(bytes + 11) > 23 ||
        bytes[14] > '5' || bytes[17] > '5') {
        return IsoForm::Other;
    }
    if (size == localSize)
        return IsoForm::TimestampLocal;
    return bytes[localSize] == 'Z' ? IsoForm::TimestampUtc : IsoForm::Other;
}

bool isDigitGroups(std::string_view value, int fewestDigits)
{
    constexpr std::size_t longest = 24;
    const std::size_t size = value.size();
    const char first = value.front();
    if (size > longest || (!isDigit(first) && first != '+' && first != '(') || !isDigit(value.back()))
        return false;
    if (size < 8) {
        // Spaces in place of what is not there.
        const std::uint64_t word = headOf(value) | everyByte(' ') >> (8 * size);
        return isGroupWord(word) && std::popcount(digitBytes(word)) >= fewestDigits;
    }
    int digits = 0;
    std::size_t position = 0;
    for (; position + 8 <= size; position += 8) {
        const std::uint64_t word = loadWord(value.data() + position);
        if (!isGroupWord(word))
            return false;
        digits += std::popcount(digitBytes(word));
    }
    if (position < size) {
        const std::uint64_t word = loadWord(value.data() + size - 8);
        if (!isGroupWord(word))
            return false;
        const std::uint64_t unseen = ~std::uint64_t{0} >> (8 * (8 - (size - position)));
        digits += std::popcount(digitBytes(word) & unseen);
    }
    return digits >= fewestDigits;
}

} // namespace idstore
