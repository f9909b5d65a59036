// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/value_shapes.h"

#include "models/domain/temporal_text.h"

#include <algorithm>

namespace idstore {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isDigit);
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

} // namespace

bool isGroupedNumber(std::string_view value)
{
    if (!value.empty() && value.front() == '-')
        value.remove_prefix(1);
    if (value.empty() || !isDigit(value.front()) || !isDigit(value.back()))
        return false;
    std::size_t points = 0;
    std::size_t others = 0;
    std::size_t group = 0;
    bool areThousands = true;
    for (const char c : value) {
        if (isDigit(c)) {
            ++group;
            continue;
        }
        if (group == 0 || (c != '.' && c != ',' && c != '\''))
            return false;
        areThousands = areThousands && group <= 3 && (points + others == 0 || group == 3);
        points += c == '.' ? 1 : 0;
        others += c == '.' ? 0 : 1;
        group = 0;
    }
    return others > 0 ? group > 0 : points > 1 && areThousands && group == 3;
}

bool isExponentCode(std::string_view value)
{
    const std::size_t mark = value.find_first_of("eE");
    return mark != std::string_view::npos && mark > 0 && mark + 1 < value.size() && areDigits(value.substr(0, mark)) &&
           areDigits(value.substr(mark + 1));
}

bool isSpreadsheetExponent(std::string_view value)
{
    constexpr std::size_t ending = 4; // E+15
    if (value.size() <= ending || !isDigit(value[value.size() - 1]) || !isDigit(value[value.size() - 2]) ||
        value[value.size() - 3] != '+' || (value[value.size() - 4] | 0x20) != 'e') {
        return false;
    }
    // Smaller ones fit in a cell as they are.
    if (value[value.size() - 2] == '0')
        return false;
    const std::string_view head = value.substr(0, value.size() - ending);
    return isDigit(head.front()) &&
           (head.size() == 1 || (head.size() > 2 && head[1] == '.' && areDigits(head.substr(2))));
}

bool isDayOfYear(std::string_view value)
{
    const std::size_t dash = value.find('-');
    if (dash == std::string_view::npos)
        return false;
    const std::string_view before = value.substr(0, dash);
    const std::string_view after = value.substr(dash + 1);
    const auto isShort = [](std::string_view text) {
        return (text.size() == 1 || text.size() == 2) && areDigits(text);
    };
    return (isShort(before) && after.size() == 3 && monthOfName(after) != 0) ||
           (before.size() == 3 && isShort(after) && monthOfName(before) != 0);
}

bool isAccountNumber(std::string_view value)
{
    constexpr std::size_t shortest = 15;
    constexpr std::size_t longest = 42; // 34 in groups of four
    if (value.size() < shortest || value.size() > longest || !isUpper(value[0]) || !isUpper(value[1]) ||
        !isDigit(value[2]) || !isDigit(value[3])) {
        return false;
    }
    std::size_t count = 0;
    for (const char c : value) {
        if (c != ' ' && !isDigit(c) && !isUpper(c))
            return false;
        count += c == ' ' ? 0 : 1;
    }
    return count >= shortest;
}

} // namespace idstore
