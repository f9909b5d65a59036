// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/typed_value.h"

#include "models/domain/decimal_text.h"
#include "models/domain/text_sort_key.h"

#include <array>
#include <cstdio>
#include <utility>

namespace idstore {

namespace {

constexpr std::int64_t secondsPerDay = 86'400;
constexpr std::size_t longestBooleanWord = 5;

std::optional<DayNumber> dayOf(const TemporalText &reading, DateOrder order)
{
    switch (order) {
    case DateOrder::DayFirst:
        return reading.dayFirst;
    case DateOrder::MonthFirst:
        return reading.monthFirst;
    case DateOrder::Unknown:
        break;
    }
    if (reading.dayFirst && reading.monthFirst)
        return reading.dayFirst == reading.monthFirst ? reading.dayFirst : std::nullopt;
    return reading.dayFirst ? reading.dayFirst : reading.monthFirst;
}

/// Big-endian with the sign bit turned round, which compares as the numbers do.
template <typename Unsigned>
void appendBigEndian(std::string &key, Unsigned value)
{
    for (int shift = (static_cast<int>(sizeof(Unsigned)) - 1) * 8; shift >= 0; shift -= 8)
        key.push_back(static_cast<char>(value >> shift & 0xFF));
}

void appendTimestampKey(std::string &key, const TimestampValue &value)
{
    appendBigEndian(key, static_cast<std::uint64_t>(value.seconds) ^ (std::uint64_t{1} << 63));
    if (value.nanoseconds > 0)
        appendBigEndian(key, static_cast<std::uint32_t>(value.nanoseconds));
}

bool appendNumberJson(std::string &json, std::string_view text, ColumnType type)
{
    const auto number = readDecimal(text);
    // Only what JSON writes in the very same way, and what every program that reads JSON takes in whole.
    constexpr std::size_t exactDigits = 15;
    constexpr int largestExponent = 290;
    const bool isJson = number && number->hasSign == number->isNegative && !number->whole.empty() &&
                        (number->whole.size() == 1 || number->whole.front() != '0') &&
                        number->hasPoint == !number->fraction.empty() && text.front() != ' ' && text.front() != '\t' &&
                        text.back() != ' ' && text.back() != '\t';
    if (!isJson || number->significantDigits() > exactDigits || std::abs(number->exponent) > largestExponent ||
        (type == ColumnType::Integer && !number->isInteger())) {
        return false;
    }
    json += text;
    return true;
}

void appendDateJson(std::string &json, DayNumber day)
{
    const CivilDate date = civilDate(day);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
    json += text.data();
}

void appendTimeJson(std::string &json, const TimestampValue &value)
{
    const std::int64_t local = value.seconds + std::int64_t{value.zoneMinutes.value_or(0)} * 60;
    const std::int64_t day = local >= 0 ? local / secondsPerDay : -((secondsPerDay - 1 - local) / secondsPerDay);
    const auto second = static_cast<int>(local - day * secondsPerDay);
    appendDateJson(json, static_cast<DayNumber>(day));
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    json += text.data();
    if (value.nanoseconds > 0) {
        std::snprintf(text.data(), text.size(), ".%09d", value.nanoseconds);
        std::string_view fraction(text.data());
        fraction.remove_suffix(fraction.size() - 1 - fraction.find_last_not_of('0'));
        json += fraction;
    }
    if (!value.zoneMinutes)
        return;
    const int zone = *value.zoneMinutes;
    if (zone == 0) {
        json += 'Z';
        return;
    }
    std::snprintf(text.data(), text.size(), "%c%02d:%02d", zone < 0 ? '-' : '+', std::abs(zone) / 60,
                  std::abs(zone) % 60);
    json += text.data();
}

} // namespace

std::optional<bool> readBoolean(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, bool>, 12> words{{{"true", true},
                                                                       {"false", false},
                                                                       {"yes", true},
                                                                       {"no", false},
                                                                       {"y", true},
                                                                       {"n", false},
                                                                       {"t", true},
                                                                       {"f", false},
                                                                       {"on", true},
                                                                       {"off", false},
                                                                       {"1", true},
                                                                       {"0", false}}};
    text = trimmed(text);
    if (text.empty() || text.size() > longestBooleanWord)
        return std::nullopt;
    std::array<char, longestBooleanWord> folded{};
    for (std::size_t i = 0; i < text.size(); ++i)
        folded[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + ('a' - 'A')) : text[i];
    const std::string_view lower(folded.data(), text.size());
    for (const auto &[word, value] : words) {
        if (lower == word)
            return value;
    }
    return std::nullopt;
}

std::optional<DayNumber> readDate(std::string_view text, DateOrder order)
{
    const auto reading = readTemporal(text);
    return reading && !reading->hasTime ? dayOf(*reading, order) : std::nullopt;
}

std::optional<TimestampValue> readTimestamp(std::string_view text, DateOrder order)
{
    const auto reading = readTemporal(text);
    const auto day = reading ? dayOf(*reading, order) : std::nullopt;
    if (!day)
        return std::nullopt;
    const std::int64_t local = *day * secondsPerDay + reading->secondOfDay;
    return TimestampValue{local - std::int64_t{reading->zoneMinutes.value_or(0)} * 60, reading->nanoseconds,
                          reading->zoneMinutes, reading->hasTime};
}

bool isReadable(std::string_view text, ColumnType type, DateOrder order)
{
    switch (type) {
    case ColumnType::Text:
        return true;
    case ColumnType::Integer: {
        const auto number = readDecimal(text);
        return number && number->isInteger();
    }
    case ColumnType::Number:
        return readDecimal(text).has_value();
    case ColumnType::Boolean:
        return readBoolean(text).has_value();
    case ColumnType::Date:
        return readDate(text, order).has_value();
    case ColumnType::Timestamp:
        return readTimestamp(text, order).has_value();
    }
    return false;
}

bool appendSortKey(std::string &key, std::string_view text, ColumnType type, DateOrder order)
{
    const std::size_t start = key.size();
    switch (type) {
    case ColumnType::Text:
        appendTextKey(key, text, maxSortKeyBytes);
        break;
    case ColumnType::Integer:
    case ColumnType::Number: {
        const auto number = readDecimal(text);
        if (!number || (type == ColumnType::Integer && !number->isInteger()))
            return false;
        appendDecimalKey(key, *number);
        break;
    }
    case ColumnType::Boolean: {
        const auto value = readBoolean(text);
        if (!value)
            return false;
        key.push_back(*value ? '\1' : '\0');
        break;
    }
    case ColumnType::Date: {
        const auto day = readDate(text, order);
        if (!day)
            return false;
        appendBigEndian(key, static_cast<std::uint32_t>(*day) ^ 0x8000'0000U);
        break;
    }
    case ColumnType::Timestamp: {
        const auto value = readTimestamp(text, order);
        if (!value)
            return false;
        appendTimestampKey(key, *value);
        break;
    }
    }
    if (key.size() - start > maxSortKeyBytes)
        key.resize(start + maxSortKeyBytes);
    return true;
}

bool appendTypedJson(std::string &json, std::string_view text, ColumnType type, DateOrder order)
{
    if (text.empty())
        return false;
    switch (type) {
    case ColumnType::Text:
        return false;
    case ColumnType::Integer:
    case ColumnType::Number:
        return appendNumberJson(json, text, type);
    case ColumnType::Boolean: {
        const auto value = readBoolean(text);
        if (value)
            json += *value ? "true" : "false";
        return value.has_value();
    }
    case ColumnType::Date: {
        const auto day = readDate(text, order);
        if (!day)
            return false;
        json += '"';
        appendDateJson(json, *day);
        json += '"';
        return true;
    }
    case ColumnType::Timestamp: {
        const auto value = readTimestamp(text, order);
        if (!value)
            return false;
        json += '"';
        if (value->hasTime)
            appendTimeJson(json, *value);
        else
            appendDateJson(json, static_cast<DayNumber>(value->seconds / secondsPerDay));
        json += '"';
        return true;
    }
    }
    return false;
}

} // namespace idstore
