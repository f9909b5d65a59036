// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/decimal_text.h"

#include "models/domain/temporal_text.h"

#include <algorithm>

namespace idstore {

namespace {

std::string_view takeDigits(std::string_view &text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

bool takeSign(std::string_view &text, bool &isNegative)
{
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return false;
    isNegative = text.front() == '-';
    text.remove_prefix(1);
    return true;
}

} // namespace

std::size_t DecimalText::significantDigits() const
{
    const std::size_t first = whole.find_first_not_of('0');
    if (first != std::string_view::npos)
        return whole.size() - first + fraction.size();
    const std::size_t behind = fraction.find_first_not_of('0');
    return behind == std::string_view::npos ? 0 : fraction.size() - behind;
}

std::optional<DecimalText> readDecimal(std::string_view text)
{
    text = trimmed(text);
    DecimalText number;
    number.hasSign = takeSign(text, number.isNegative);
    number.whole = takeDigits(text);
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        number.hasPoint = true;
        number.fraction = takeDigits(text);
    }
    if (number.whole.empty() && number.fraction.empty())
        return std::nullopt;
    if (text.empty())
        return number;
    if (text.front() != 'e' && text.front() != 'E')
        return std::nullopt;
    text.remove_prefix(1);
    bool isNegative = false;
    takeSign(text, isNegative);
    const std::string_view digits = takeDigits(text);
    constexpr std::size_t longestExponent = 4;
    if (digits.empty() || digits.size() > longestExponent || !text.empty())
        return std::nullopt;
    for (const char digit : digits)
        number.exponent = number.exponent * 10 + (digit - '0');
    if (isNegative)
        number.exponent = -number.exponent;
    number.hasExponent = true;
    return number;
}

// Two digits a byte behind a head of five bytes that holds sign and size. Trailing zeros are left out, so that equal
// numbers have equal keys. Negative numbers are the complement, with a last byte that makes the longer one the smaller.
void appendDecimalKey(std::string &key, const DecimalText &number)
{
    const std::size_t digitCount = number.whole.size() + number.fraction.size();
    const auto digitAt = [&](std::size_t i) {
        return static_cast<unsigned>(
            (i < number.whole.size() ? number.whole[i] : number.fraction[i - number.whole.size()]) - '0');
    };
    std::size_t first = 0;
    while (first < digitCount && digitAt(first) == 0)
        ++first;
    std::size_t end = digitCount;
    while (end > first && digitAt(end - 1) == 0)
        --end;
    constexpr char zero = '\x80';
    if (first == end) {
        key.push_back(zero);
        return;
    }
    // Where the point is, counted from the first digit: 123.4 has 3, 0.01 has -1.
    const std::int64_t magnitude =
        static_cast<std::int64_t>(number.whole.size()) - static_cast<std::int64_t>(first) + number.exponent;
    const unsigned char flip = number.isNegative ? 0xFF : 0;
    const auto put = [&](unsigned byte) { key.push_back(static_cast<char>(static_cast<unsigned char>(byte) ^ flip)); };
    key.push_back(number.isNegative ? '\x7F' : '\x81');
    const auto biased = static_cast<std::uint32_t>(magnitude + 0x8000'0000LL);
    for (const int shift : {24, 16, 8, 0})
        put(biased >> shift & 0xFF);
    for (std::size_t i = first; i < end; i += 2)
        put(digitAt(i) * 10 + (i + 1 < end ? digitAt(i + 1) : 0) + 1);
    if (number.isNegative)
        key.push_back('\xFF');
}

} // namespace idstore
