// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/column_tally.h"

#include "models/domain/decimal_text.h"
#include "models/domain/typed_value.h"
#include "models/ingest/code_names.h"
#include "models/ingest/value_shapes.h"
#include "models/ingest/word_scan.h"

#include <algorithm>
#include <array>

namespace idstore {

namespace {

/// What every program reads back to the digit: Excel keeps no more, and longer ones are identifiers.
constexpr std::size_t maxIntegerDigits = 15;
constexpr int fewestIdentifierDigits = 5;
constexpr std::size_t longestDigitDate = 12; ///< "05. 03. 2024"
constexpr int booleanCases = 3; ///< yes, YES, Yes

struct BooleanPair
{
    std::string_view whenTrue;
    std::string_view whenFalse;
    bool needsBoth; ///< one of them alone may mean something else: "no" is Norway
};

constexpr std::array<BooleanPair, 5> booleanPairs{
    {{"true", "false", false}, {"yes", "no", true}, {"y", "n", true}, {"t", "f", true}, {"on", "off", true}}};

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

/// The bit of a boolean word in this case, or 0.
std::uint32_t booleanBit(std::string_view value)
{
    constexpr std::size_t longest = 5;
    if (value.empty() || value.size() > longest)
        return 0;
    std::array<char, longest> lower{};
    std::size_t upperCount = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        upperCount += isUpper(value[i]) ? 1 : 0;
        lower[i] = isUpper(value[i]) ? static_cast<char>(value[i] + ('a' - 'A')) : value[i];
    }
    const std::string_view word(lower.data(), value.size());
    int style = 0;
    if (upperCount == value.size())
        style = 1;
    else if (upperCount == 1 && isUpper(value.front()))
        style = 2;
    else if (upperCount > 0)
        return 0;
    for (std::size_t pair = 0; pair < booleanPairs.size(); ++pair) {
        const std::uint32_t bit = std::uint32_t{1} << ((pair * booleanCases + static_cast<std::size_t>(style)) * 2);
        if (word == booleanPairs[pair].whenTrue)
            return bit;
        if (word == booleanPairs[pair].whenFalse)
            return bit << 1;
    }
    return 0;
}

bool hasDay(const TemporalText &reading, DateOrder order)
{
    switch (order) {
    case DateOrder::DayFirst:
        return reading.dayFirst.has_value();
    case DateOrder::MonthFirst:
        return reading.monthFirst.has_value();
    case DateOrder::Unknown:
        break;
    }
    return reading.dayFirst || reading.monthFirst;
}

} // namespace

void NotedValues::keepIfFirst(std::string_view value, std::uint64_t head)
{
    // An example cut short is compared as it was cut.
    std::string_view part = value.substr(0, maxExampleBytes);
    if (part.size() < value.size()) {
        const auto isContinuation = [&](std::size_t i) {
            return (static_cast<unsigned char>(value[i]) & 0xC0) == 0x80;
        };
        while (!part.empty() && isContinuation(part.size()))
            part.remove_suffix(1);
    }
    if (!m_example.empty() && part >= m_example)
        return;
    m_head = head;
    m_example = part;
}

void NotedValues::merge(const NotedValues &other)
{
    m_count += other.m_count;
    if (!other.m_example.empty() && other.m_head <= m_head)
        keepIfFirst(other.m_example, other.m_head);
}

ColumnNote NotedValues::note(const QString &code) const
{
    return {code, m_count, QString::fromStdString(m_example)};
}

void DateOrders::add(std::string_view value, const TemporalText &reading)
{
    if (reading.dayFirst && reading.monthFirst) {
        if (reading.dayFirst != reading.monthFirst)
            ambiguous.add(value);
    } else if (reading.dayFirst) {
        ++dayFirstOnly;
    } else if (reading.monthFirst) {
        monthFirstOnly.add(value);
    }
}

void DateOrders::merge(const DateOrders &other)
{
    dayFirstOnly += other.dayFirstOnly;
    monthFirstOnly.merge(other.monthFirstOnly);
    ambiguous.merge(other.ambiguous);
}

DateOrder DateOrders::decided() const
{
    if (isContradictory())
        return DateOrder::Unknown;
    if (dayFirstOnly > 0)
        return DateOrder::DayFirst;
    return monthFirstOnly.count() > 0 ? DateOrder::MonthFirst : DateOrder::Unknown;
}

void ColumnTally::expect(ColumnType type, DateOrder order)
{
    m_isChosen = true;
    m_chosenType = type;
    m_chosenOrder = order;
}

void ColumnTally::checkChosen(std::string_view value)
{
    if (m_chosenType != ColumnType::Date && m_chosenType != ColumnType::Timestamp) {
        if (!isReadable(value, m_chosenType, m_chosenOrder))
            m_unreadable.add(value);
        return;
    }
    const auto reading = readTemporal(value);
    const bool isRight = reading && (m_chosenType == ColumnType::Timestamp || !reading->hasTime);
    if (isRight)
        m_chosenOrders.add(value, *reading);
    // While the order is open, a date that has two readings is not unreadable; it is asked about.
    if (!isRight || !hasDay(*reading, m_chosenOrder))
        m_unreadable.add(value);
}

inline bool ColumnTally::isUsualInteger(std::string_view value)
{
    if (value.size() > maxIntegerDigits || value.front() == '0')
        return false;
    const std::uint64_t head = headOf(value);
    if (!areDigitsBehind(head, value))
        return false;
    m_integers.add(value, head);
    if (value.size() == 5)
        ++m_fiveDigits;
    else if (value.size() == 3 || value.size() == 4)
        m_shortCodes.add(value, head);
    return true;
}

inline bool ColumnTally::isUsualTemporal(std::string_view value)
{
    const std::uint64_t head = headOf(value);
    switch (isoForm(value, head)) {
    case IsoForm::Date:
        return true;
    case IsoForm::TimestampUtc:
        m_withZone.add(value, head);
        break;
    case IsoForm::TimestampLocal:
        m_withoutZone.add(value, head);
        break;
    case IsoForm::Other:
        return false;
    }
    m_readings &= static_cast<std::uint16_t>(~static_cast<unsigned>(Date));
    return true;
}

inline bool ColumnTally::isUsualIdentifier(std::string_view value)
{
    const std::uint64_t head = headOf(value);
    if (!isDigitGroups(value, head, fewestIdentifierDigits))
        return false;
    if (value.size() <= longestDigitDate) {
        if (readTemporal(value))
            return false;
        const bool isZipPlusFour =
            value.size() == 10 && value[5] == '-' && areDigits(value.substr(0, 5)) && areDigits(value.substr(6));
        if (value.size() == 5 || isZipPlusFour)
            ++m_fiveDigits;
    }
    // Digits alone may be a plain number among the codes.
    if (value.size() <= maxIntegerDigits && value.front() != '0' && areDigitsBehind(head, value))
        m_integers.add(value, head);
    else
        m_identifiers.add(value, head);
    return true;
}

template <typename IsUsual>
std::size_t ColumnTally::addWhile(const Texts &texts, std::size_t row, std::size_t end, const IsUsual &isUsual)
{
    const std::uint16_t readings = m_readings;
    std::int64_t filled = 0;
    for (; row < end && m_readings == readings; ++row) {
        const std::string_view value = texts[row];
        if (value.empty())
            continue;
        ++filled;
        if (isUsual(value)) [[likely]]
            continue;
        lookForDamage(value);
        m_readings &= static_cast<std::uint16_t>(readingsOf(value));
    }
    m_filled += filled;
    return row;
}

std::size_t ColumnTally::addPlainText(const Texts &texts, std::size_t row, std::size_t end)
{
    std::int64_t filled = 0;
    for (; row < end; ++row) {
        const std::string_view value = texts[row];
        filled += value.empty() ? 0 : 1;
        lookForDamage(value);
    }
    m_filled += filled;
    return row;
}

void ColumnTally::addRows(const Texts &texts, std::size_t row, std::size_t end)
{
    if (m_isChosen && m_chosenType != ColumnType::Text) {
        for (std::size_t i = row; i < end; ++i) {
            if (!texts[i].empty())
                checkChosen(texts[i]);
        }
    }
    while (row < end) {
        const auto add = [&](const auto &isUsual) { return addWhile(texts, row, end, isUsual); };
        if (m_readings == 0)
            row = addPlainText(texts, row, end);
        else if (m_readings == AllReadings)
            row = add([](std::string_view) { return false; });
        else if (m_readings & Integer)
            row = add([this](std::string_view value) { return isUsualInteger(value); });
        else if (m_readings & Number)
            row = add([](std::string_view value) { return isPlainDecimal(value); });
        else if (m_readings & Timestamp)
            row = add([this](std::string_view value) { return isUsualTemporal(value); });
        else if (m_readings == Identifier)
            row = add([this](std::string_view value) { return isUsualIdentifier(value); });
        else
            row = add([](std::string_view) { return false; });
    }
}

unsigned ColumnTally::readingsOfDigits(std::string_view digits)
{
    if (digits.size() == 5)
        ++m_fiveDigits;
    if (digits.size() > maxIntegerDigits || (digits.front() == '0' && digits.size() > 1)) {
        m_identifiers.add(digits);
        return Identifier;
    }
    m_integers.add(digits);
    if (digits.size() == 3 || digits.size() == 4)
        m_shortCodes.add(digits);
    return Integer | Number | Identifier | GroupedNumber;
}

unsigned ColumnTally::readingsOfTemporal(std::string_view value)
{
    const auto reading = readTemporal(value);
    if (!reading || value != trimmed(value))
        return 0;
    if (reading->hasTwoDigitYear) {
        m_shortYears.add(value);
        return ShortYear;
    }
    m_orders.add(value, *reading);
    if (!reading->hasTime)
        return Date | Timestamp | ShortYear;
    (reading->zoneMinutes ? m_withZone : m_withoutZone).add(value);
    return Timestamp | ShortYear;
}

unsigned ColumnTally::readingsOf(std::string_view value)
{
    const char first = value.front();
    if (isDigit(first) && areDigits(value))
        return readingsOfDigits(value);
    if (const std::uint32_t word = booleanBit(value)) {
        m_booleanWords |= word;
        return Boolean;
    }
    if (isPlainDecimal(value)) {
        const bool isWhole = value.find('.') == std::string_view::npos;
        return (isWhole && value != "-0" ? unsigned{Integer} : 0U) | Number | GroupedNumber;
    }
    if (const unsigned readings = readingsOfTemporal(value))
        return readings;
    if (isSpreadsheetExponent(value))
        return Identifier; // counted where damage is
    if (isGroupedNumber(value)) {
        m_groupedNumbers.add(value);
        return GroupedNumber;
    }
    const bool isSigned = first == '+' && value.size() > 1 && areDigits(value.substr(1));
    if (isSigned || isExponentCode(value) || isAccountNumber(value)) {
        m_identifiers.add(value);
        return Identifier;
    }
    return isUsualIdentifier(value) ? unsigned{Identifier} : 0U;
}

void ColumnTally::noteDamage(std::string_view value)
{
    if (isSpreadsheetExponent(value))
        m_exponents.add(value);
    else if (isDayOfYear(value))
        m_daysOfYear.add(value);
}

void ColumnTally::merge(const ColumnTally &other)
{
    m_filled += other.m_filled;
    m_readings &= other.m_readings;
    m_booleanWords |= other.m_booleanWords;
    m_fiveDigits += other.m_fiveDigits;
    m_shortCodes.merge(other.m_shortCodes);
    m_integers.merge(other.m_integers);
    m_identifiers.merge(other.m_identifiers);
    m_groupedNumbers.merge(other.m_groupedNumbers);
    m_shortYears.merge(other.m_shortYears);
    m_withZone.merge(other.m_withZone);
    m_withoutZone.merge(other.m_withoutZone);
    m_orders.merge(other.m_orders);
    m_exponents.merge(other.m_exponents);
    m_daysOfYear.merge(other.m_daysOfYear);
    m_unreadable.merge(other.m_unreadable);
    m_chosenOrders.merge(other.m_chosenOrders);
}

bool ColumnTally::isBoolean() const
{
    if (!(m_readings & Boolean))
        return false;
    for (std::size_t pair = 0; pair < booleanPairs.size(); ++pair) {
        for (std::size_t style = 0; style < booleanCases; ++style) {
            const std::uint32_t both = std::uint32_t{3} << ((pair * booleanCases + style) * 2);
            if (m_booleanWords == both)
                return true;
            if ((m_booleanWords & ~both) == 0)
                return !booleanPairs[pair].needsBoth;
        }
    }
    return false; // words of several pairs or cases: "yes" would not come back as "TRUE"
}

ColumnType ColumnTally::inferredType() const
{
    if (m_filled == 0)
        return ColumnType::Text;
    if (m_readings & Integer)
        return ColumnType::Integer;
    if (m_readings & Number)
        return ColumnType::Number;
    if (isBoolean())
        return ColumnType::Boolean;
    if (m_orders.isContradictory())
        return ColumnType::Text;
    if (m_readings & Date)
        return ColumnType::Date;
    return m_readings & Timestamp ? ColumnType::Timestamp : ColumnType::Text;
}

void ColumnTally::describeIdentifiers(Column &column, bool isCodeByName) const
{
    if (isCodeByName) {
        column.notes.append(m_integers.note(QStringLiteral("identifier")));
    } else if (column.inferred == ColumnType::Text && (m_readings & Identifier) && m_identifiers.count() > 0) {
        column.notes.append(m_identifiers.note(QStringLiteral("identifier")));
    }
    // 2138 among 10001: Boston has lost the zero before it.
    const bool holdsPostalCodes =
        column.inferred == ColumnType::Text && (m_readings & Identifier) && isPostalCodeName(column.name);
    if (holdsPostalCodes && m_shortCodes.count() > 0 && m_shortCodes.count() < m_fiveDigits)
        column.notes.append(m_shortCodes.note(QStringLiteral("short_postal_code")));
    if (column.inferred == ColumnType::Text && (m_readings & GroupedNumber) && m_groupedNumbers.count() > 0)
        column.notes.append(m_groupedNumbers.note(QStringLiteral("number_format")));
}

void ColumnTally::describeDates(Column &column) const
{
    const bool isChosenDate =
        column.chosen && (column.type == ColumnType::Date || column.type == ColumnType::Timestamp);
    const bool mayBeDates = m_filled > 0 && (m_readings & ShortYear) && !(m_readings & (Integer | Boolean));
    const DateOrders none;
    const DateOrders &orders = isChosenDate ? m_chosenOrders : mayBeDates ? m_orders : none;
    column.inferredOrder = orders.decided();
    if (orders.isContradictory())
        column.notes.append(orders.monthFirstOnly.note(QStringLiteral("contradictory_dates")));
    if (orders.decided() == DateOrder::Unknown && orders.ambiguous.count() > 0 &&
        (isChosenDate || column.inferred != ColumnType::Text)) {
        column.notes.append(orders.ambiguous.note(QStringLiteral("ambiguous_date")));
    }
    if (mayBeDates && column.inferred == ColumnType::Text && m_shortYears.count() > 0)
        column.notes.append(m_shortYears.note(QStringLiteral("two_digit_year")));
    if (mayBeDates && m_withZone.count() > 0 && m_withoutZone.count() > 0)
        column.notes.append(m_withoutZone.note(QStringLiteral("mixed_time_zones")));
}

void ColumnTally::describe(Column &column) const
{
    column.filled = m_filled;
    column.inferred = inferredType();
    column.notes.clear();
    const bool isCodeByName =
        (column.inferred == ColumnType::Integer && m_integers.count() == m_filled && isCodeName(column.name)) ||
        (column.inferred == ColumnType::Number && isVersionName(column.name));
    if (isCodeByName)
        column.inferred = ColumnType::Text;
    describeIdentifiers(column, isCodeByName);
    describeDates(column);
    if (m_exponents.count() > 0)
        column.notes.append(m_exponents.note(QStringLiteral("spreadsheet_exponent")));
    if (m_daysOfYear.count() > 0)
        column.notes.append(m_daysOfYear.note(QStringLiteral("spreadsheet_date")));
    if (column.chosen && m_unreadable.count() > 0)
        column.notes.append(m_unreadable.note(QStringLiteral("unreadable_values")));
    if (!column.chosen)
        column.type = column.inferred;
    if (!column.chosen || column.dateOrder == DateOrder::Unknown)
        column.dateOrder = column.inferredOrder;
}

} // namespace idstore
