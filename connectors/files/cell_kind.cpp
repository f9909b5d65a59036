// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/cell_kind.h"

#include <algorithm>
#include <array>
#include <string>

namespace idstore {

namespace {

constexpr std::size_t longestLook = 200;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool equalsFolded(std::string_view text, std::string_view lower)
{
    return std::ranges::equal(text, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

/// The text with every run of digits as its length: "2024-05-17" is "4-2-2". Empty when it has other letters.
std::string shapeOf(std::string_view text)
{
    std::string shape;
    for (std::size_t i = 0; i < text.size();) {
        if (isDigit(text[i])) {
            std::size_t run = 0;
            for (; i < text.size() && isDigit(text[i]); ++i)
                ++run;
            shape.push_back(run < 10 ? static_cast<char>('0' + run) : '9');
        } else {
            shape.push_back(text[i++]);
        }
    }
    return shape;
}

bool isDate(std::string_view text)
{
    const std::string shape = shapeOf(text);
    if (shape.size() != 5 || shape[1] != shape[3] || (shape[1] != '-' && shape[1] != '/' && shape[1] != '.'))
        return false;
    const auto isShort = [](char c) { return c == '1' || c == '2'; };
    if (!isShort(shape[2]))
        return false;
    return (shape[0] == '4' && isShort(shape[4])) || (isShort(shape[0]) && (shape[4] == '4' || shape[4] == '2'));
}

bool isTime(std::string_view text)
{
    if (text.ends_with('Z'))
        text.remove_suffix(1);
    else if (const auto zone = text.find_first_of("+-"); zone != std::string_view::npos && zone > 4)
        text = text.substr(0, zone);
    const std::string shape = shapeOf(text);
    if (shape.size() < 3 || (shape[0] != '1' && shape[0] != '2') || shape[1] != ':' || shape[2] != '2')
        return false;
    if (shape.size() == 3)
        return true;
    return shape[3] == ':' && shape.size() > 4 && shape[4] == '2' &&
           (shape.size() == 5 || (shape.size() == 7 && (shape[5] == '.' || shape[5] == ',')));
}

bool isNumber(std::string_view text)
{
    if (text.ends_with('%'))
        text.remove_suffix(1);
    for (const std::string_view currency : {"$", "€", "£", "¥"}) {
        if (text.starts_with(currency))
            text.remove_prefix(currency.size());
        else if (text.ends_with(currency))
            text.remove_suffix(currency.size());
    }
    text = trimmed(text);
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    if (!text.empty() && text.front() == '$')
        text.remove_prefix(1);
    if (text.empty() || !(isDigit(text.front()) || (text.size() > 1 && text.front() == '.' && isDigit(text[1]))))
        return false;
    bool sawExponent = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isDigit(c))
            continue;
        const bool nextIsDigit = i + 1 < text.size() && isDigit(text[i + 1]);
        if ((c == '.' || c == ',' || c == '\'') && nextIsDigit && !sawExponent)
            continue;
        const bool signedExponent =
            i + 2 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') && isDigit(text[i + 2]);
        if ((c == 'e' || c == 'E') && !sawExponent && (nextIsDigit || signedExponent)) {
            sawExponent = true;
            i += signedExponent ? 1 : 0;
            continue;
        }
        return false;
    }
    return true;
}

bool isYear(std::string_view text)
{
    return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && isDigit(text[2]) &&
           isDigit(text[3]);
}

bool isEmail(std::string_view text)
{
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos)
        return false;
    const auto domain = text.substr(at + 1);
    const auto dot = domain.rfind('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size() &&
           text.find_first_of(" \t,;|\"'<>()\n\r") == std::string_view::npos;
}

bool isUrl(std::string_view text)
{
    return (text.starts_with("http://") || text.starts_with("https://")) &&
           text.find_first_of(" \t\"<>\n\r") == std::string_view::npos;
}

bool isBoolean(std::string_view text)
{
    constexpr auto words = std::to_array<std::string_view>({"true", "false", "yes", "no"});
    return std::ranges::any_of(words, [text](std::string_view word) { return equalsFolded(text, word); });
}

CellKind kindOfWords(std::string_view text)
{
    constexpr std::string_view ordinary = " _-.,:;/()&'!?+#*%@=\n\r\"";
    bool digits = false;
    bool letters = false;
    bool spaces = false;
    for (const char c : text) {
        if (isDigit(c))
            digits = true;
        else if (isLetter(c))
            letters = true;
        else if (ordinary.find(c) == std::string_view::npos)
            return CellKind::Other;
        else if (c == ' ')
            spaces = true;
    }
    // A cell that begins or ends with a quote or a separator is what a wrong guess leaves.
    constexpr std::string_view leftovers = "\"',;|\t";
    if (leftovers.find(text.front()) != std::string_view::npos || leftovers.find(text.back()) != std::string_view::npos)
        return CellKind::Other;
    // Separators without a space after them are columns that were not split.
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if ((text[i] == ';' || text[i] == ',') && text[i + 1] != ' ' && text[i + 1] != '\n')
            return CellKind::Other;
    }
    if (digits && letters && !spaces)
        return CellKind::Identifier;
    return letters || digits ? CellKind::Words : CellKind::Other;
}

} // namespace

CellKind cellKind(std::string_view utf8)
{
    const std::string_view text = trimmed(utf8);
    if (text.empty())
        return CellKind::Empty;
    if (text.size() > longestLook)
        return kindOfWords(text.substr(0, longestLook));
    if (isYear(text))
        return CellKind::Year;
    if (isNumber(text))
        return CellKind::Number;
    if (isDigit(text.front())) {
        if (isDate(text))
            return CellKind::Date;
        if (isTime(text))
            return CellKind::Time;
        if (const auto gap = text.find_first_of("T ");
            gap != std::string_view::npos && isDate(text.substr(0, gap)) && isTime(text.substr(gap + 1)))
            return CellKind::Timestamp;
    }
    if (isEmail(text))
        return CellKind::Email;
    if (isUrl(text))
        return CellKind::Url;
    if (isBoolean(text))
        return CellKind::Boolean;
    return kindOfWords(text);
}

bool isDataKind(CellKind kind)
{
    switch (kind) {
    case CellKind::Number:
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Email:
    case CellKind::Url:
        return true;
    case CellKind::Empty:
    case CellKind::Year:
    case CellKind::Boolean:
    case CellKind::Identifier:
    case CellKind::Words:
    case CellKind::Other:
        break;
    }
    return false;
}

} // namespace idstore
