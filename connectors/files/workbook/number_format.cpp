// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace idstore {

namespace {

constexpr std::int64_t msPerDay = 86'400'000;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// With zeros in front up to `width` digits.
void appendDigits(std::string &to, std::int64_t number, std::size_t width)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const auto length = static_cast<std::size_t>(end - digits.data());
    to.append(width - std::min(width, length), '0');
    to.append(digits.data(), length);
}

std::string clock(std::int64_t ms)
{
    const std::int64_t seconds = ms / 1000;
    std::string text;
    appendDigits(text, seconds / 3600, 2);
    text += ':';
    appendDigits(text, seconds / 60 % 60, 2);
    text += ':';
    appendDigits(text, seconds % 60, 2);
    if (ms % 1000 != 0) {
        text += '.';
        appendDigits(text, ms % 1000, 3);
    }
    return text;
}

} // namespace

NumberKind numberKind(std::string_view code)
{
    bool days = false;
    bool months = false;
    bool hours = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';')
            break;
        if (c == '"') {
            const auto end = code.find('"', i + 1);
            if (end == std::string_view::npos)
                break;
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const auto end = code.find(']', i);
            if (end == std::string_view::npos)
                break;
            const std::string_view inside = code.substr(i + 1, end - i - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
                return NumberKind::Elapsed;
            i = end;
        } else if ((c == 'G' || c == 'g') && code.size() - i >= 7) {
            // "General" has letters that mean something elsewhere.
            std::string word(code.substr(i, 7));
            for (char &letter : word)
                letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
            if (word == "general")
                i += 6;
        } else if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') {
            days = true;
        } else if (c == 'm' || c == 'M') {
            months = true;
        } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
            hours = true;
        }
    }
    if (days || (months && !hours))
        return NumberKind::Date;
    return hours ? NumberKind::Time : NumberKind::Number;
}

NumberKind builtInNumberKind(unsigned id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return NumberKind::Date;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
        return NumberKind::Time;
    return id == 46 ? NumberKind::Elapsed : NumberKind::Number;
}

std::optional<std::string> serialText(double serial, NumberKind kind, bool from1904)
{
    constexpr double lastDay = 2958466; // the year 9999 ends
    if (kind == NumberKind::Number || !std::isfinite(serial) || std::abs(serial) >= lastDay)
        return std::nullopt;
    std::int64_t ms = std::llround(serial * static_cast<double>(msPerDay));
    if (kind == NumberKind::Elapsed)
        return ms < 0 ? "-" + clock(-ms) : clock(ms);
    if (ms < 0)
        return std::nullopt;
    if (ms < msPerDay && (kind == NumberKind::Time || !from1904))
        return clock(ms);

    std::int64_t day = ms / msPerDay;
    ms %= msPerDay;
    using namespace std::chrono;
    sys_days epoch = from1904 ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
    if (!from1904) {
        // The 1900 system has a 29 February 1900, which never was.
        if (day == 60)
            return std::nullopt;
        if (day < 60)
            ++day;
    }
    const year_month_day date(epoch + days(day));
    if (static_cast<int>(date.year()) > 9999)
        return std::nullopt;
    std::string result;
    appendDigits(result, static_cast<int>(date.year()), 4);
    result += '-';
    appendDigits(result, static_cast<unsigned>(date.month()), 2);
    result += '-';
    appendDigits(result, static_cast<unsigned>(date.day()), 2);
    if (ms != 0)
        result += 'T' + clock(ms);
    return result;
}

std::string numberText(double number)
{
    std::array<char, 64> text{};
    const double size = std::abs(number);
    const bool readable = number == 0 || (size >= 1e-7 && size < 1e21);
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number == 0 ? 0 : number,
                                   readable ? std::chars_format::fixed : std::chars_format::scientific);
    return {text.data(), end.ptr};
}

std::string numberText(std::string_view written)
{
    std::size_t digits = 0;
    std::size_t others = 0;
    std::size_t points = 0;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (isDigit(written[i]))
            ++digits;
        else if (written[i] == '.')
            ++points;
        else if (!(written[i] == '-' && i == 0))
            ++others;
    }
    const bool plain = others == 0 && (points == 0 || (points == 1 && digits <= 15 && written.back() != '0'));
    if (plain && digits > 0)
        return std::string(written);
    double number = 0;
    const auto parsed = std::from_chars(written.data(), written.data() + written.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != written.data() + written.size() || !std::isfinite(number))
        return std::string(written);
    return numberText(number);
}

std::string tidyIsoText(std::string_view text)
{
    const auto point = text.find('.');
    if (point != std::string_view::npos && text.find_first_not_of('0', point + 1) == std::string_view::npos)
        text = text.substr(0, point);
    if (text.ends_with("T00:00:00"))
        text.remove_suffix(9);
    return std::string(text);
}

} // namespace idstore
