// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/row_batch.h"
#include "models/domain/temporal_text.h"
#include "models/ingest/word_scan.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace idstore {

/// Values of one sort, and the one of them that comes first in byte order: the same whatever order they are seen in.
class NotedValues
{
public:
    static constexpr std::size_t maxExampleBytes = 80;

    void add(std::string_view value) { add(value, headOf(value)); }
    /// `head`: headOf(value) of word_scan.h, where the caller has it already.
    void add(std::string_view value, std::uint64_t head)
    {
        ++m_count;
        // The first eight bytes nearly always decide, and without touching the text kept.
        if (head <= m_head)
            keepIfFirst(value, head);
    }
    void merge(const NotedValues &other);

    [[nodiscard]] std::int64_t count() const { return m_count; }
    /// `code` with the count and the first value, cut to maxExampleBytes between characters.
    [[nodiscard]] ColumnNote note(const QString &code) const;

private:
    void keepIfFirst(std::string_view value, std::uint64_t head);

    std::int64_t m_count = 0;
    std::uint64_t m_head = UINT64_MAX;
    std::string m_example;
};

/// Which orders of day and month the dates of a column allow.
struct DateOrders
{
    std::int64_t dayFirstOnly = 0; ///< 13/04/2024
    NotedValues monthFirstOnly; ///< 04/13/2024
    NotedValues ambiguous; ///< 04/05/2024

    void add(std::string_view value, const TemporalText &reading);
    void merge(const DateOrders &other);
    [[nodiscard]] bool isContradictory() const { return dayFirstOnly > 0 && monthFirstOnly.count() > 0; }
    /// What the dates themselves decide.
    [[nodiscard]] DateOrder decided() const;
};

/// What the values of one column have been so far. Keeps a set of the readings that every value allows; once it is
/// empty, the column is plainly text and a value costs a few instructions, for traces of a spreadsheet's damage only.
/// What it says does not depend on the order of the values, and tallies of parts merge into that of the whole.
class ColumnTally
{
public:
    /// Values that cannot be read as the type a person has chosen are counted.
    void expect(ColumnType type, DateOrder order);

    using Texts = RowBatch::ColumnTexts;

    /// The values in the rows from `row` to before `end`; NULL and the empty text are not counted.
    void addRows(const Texts &texts, std::size_t row, std::size_t end);
    void merge(const ColumnTally &other);
    void describe(Column &column) const;

private:
    /// Ways in which a value can be read without loss. A value allows some of them, a column those that all its values
    /// allow.
    enum Reading : std::uint16_t {
        Integer = 1,
        Number = 2,
        Boolean = 4,
        Date = 8,
        Timestamp = 16,
        Identifier = 32, ///< digits that are no quantity; whole numbers may be among them
        GroupedNumber = 64, ///< "1,234.50": a number, but which one is open; plain numbers may be among them
        ShortYear = 128, ///< "05/03/24"; dates with a whole year may be among them
        AllReadings = 255,
    };

    /// Adds rows while no value changes what the column may be; returns the first row not added. `isUsual` tells, and
    /// counts, the common forms of what the column has been so far by a few instructions; all else is looked at
    /// closely.
    template <typename IsUsual>
    std::size_t addWhile(const Texts &texts, std::size_t row, std::size_t end, const IsUsual &isUsual);
    std::size_t addPlainText(const Texts &texts, std::size_t row, std::size_t end);
    [[nodiscard]] bool isUsualInteger(std::string_view value);
    [[nodiscard]] bool isUsualTemporal(std::string_view value);
    [[nodiscard]] bool isUsualIdentifier(std::string_view value);
    [[nodiscard]] unsigned readingsOf(std::string_view value);
    [[nodiscard]] unsigned readingsOfDigits(std::string_view digits);
    [[nodiscard]] unsigned readingsOfTemporal(std::string_view value);
    void checkChosen(std::string_view value);

    static constexpr std::size_t shortestDamage = 5;
    static constexpr std::size_t longestDamage = 12;
    void lookForDamage(std::string_view value)
    {
        // "1.23E+15", "2-Mar", "Mar-02": by length and first byte.
        if (value.size() - shortestDamage > longestDamage - shortestDamage)
            return;
        const bool beginsWithDigit = static_cast<unsigned char>(value.front() - '0') <= 9;
        if (beginsWithDigit || (value.size() == 6 && value[3] == '-'))
            noteDamage(value);
    }
    void noteDamage(std::string_view value);

    [[nodiscard]] ColumnType inferredType() const;
    [[nodiscard]] bool isBoolean() const;
    void describeIdentifiers(Column &column, bool isCodeByName) const;
    void describeDates(Column &column) const;

    std::int64_t m_filled = 0;
    std::uint16_t m_readings = AllReadings;
    bool m_isChosen = false;
    ColumnType m_chosenType = ColumnType::Text;
    DateOrder m_chosenOrder = DateOrder::Unknown;

    // Complete only while m_readings is not empty; of no account afterwards.
    std::uint32_t m_booleanWords = 0; ///< a bit for each word in each of its cases
    std::int64_t m_fiveDigits = 0; ///< five digits, ZIP+4 included
    NotedValues m_shortCodes; ///< three or four digits
    NotedValues m_integers; ///< without leading zeros, at most maxIntegerDigits, not negative
    NotedValues m_identifiers;
    NotedValues m_groupedNumbers;
    NotedValues m_shortYears;
    NotedValues m_withZone;
    NotedValues m_withoutZone;
    DateOrders m_orders;

    // Complete always.
    NotedValues m_exponents; ///< "1.23E+15"
    NotedValues m_daysOfYear; ///< "2-Mar"
    NotedValues m_unreadable; ///< as the chosen type
    DateOrders m_chosenOrders; ///< of the chosen type
};

} // namespace idstore
