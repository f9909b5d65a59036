// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace idstore {

/// The declared type of a column. Values are always stored as the text received; the type is how to read them.
enum class ColumnType { Text, Integer, Number, Boolean, Date, Timestamp };

/// "text", "integer", "number", "boolean", "date", "timestamp": the words of the REST API and the catalog.
[[nodiscard]] QString toString(ColumnType type);
[[nodiscard]] std::optional<ColumnType> columnTypeFromString(QStringView text);

/// Which comes first in a date written in digits.
enum class DateOrder { Unknown, DayFirst, MonthFirst };

/// "unknown", "day_first", "month_first".
[[nodiscard]] QString toString(DateOrder order);
[[nodiscard]] std::optional<DateOrder> dateOrderFromString(QStringView text);

/// Something a person should know about a column's values before relying on them.
struct ColumnNote
{
    QString code; ///< stable: "identifier", "spreadsheet_exponent", "short_postal_code", "ambiguous_date", ...
    qint64 count = 0; ///< values concerned
    QString example; ///< one of them

    bool operator==(const ColumnNote &) const = default;
};

struct Column
{
    QString name; ///< unique within its source, stable between runs
    ColumnType type = ColumnType::Text; ///< as chosen by a person, else as inferred
    bool generated = false; ///< the source had no name for it; this one was made up
    qint64 filled = 0; ///< rows with a value that is neither NULL nor empty, after the last good run
    bool chosen = false; ///< a person chose the type; runs keep it
    ColumnType inferred = ColumnType::Text; ///< what every value allows without loss
    DateOrder dateOrder = DateOrder::Unknown; ///< of dates written in digits; Unknown while nobody knows
    DateOrder inferredOrder = DateOrder::Unknown; ///< what the values themselves decide
    QList<ColumnNote> notes = {};
    bool gone = false; ///< the source no longer has it; the values of before are kept

    bool operator==(const Column &) const = default;
};

using Columns = QList<Column>;

} // namespace idstore
