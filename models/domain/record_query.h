// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QList>
#include <QString>

#include <optional>

namespace idstore {

/// How a cell is compared with a filter's value. By type: both are read as the column's type (models/domain/
/// typed_value.h), so that 9 is less than 10 in a column of integers and 05.03.2024 equals 2024-03-05 in one of dates.
enum class FilterOperator {
    Equals, ///< the same value by type, or the same text
    NotEquals, ///< not Equals, and not NULL
    Contains, ///< the text contains the value, letter case folded for ASCII
    StartsWith, ///< the text starts with the value, letter case folded for ASCII
    IsEmpty, ///< NULL or the empty text
    IsNotEmpty,
    IsNull,
    IsNotNull,
    Less, ///< by type; cells that cannot be read as the type never match this or the following
    AtMost,
    Greater,
    AtLeast,
    Between, ///< from `value` to `upper`, both included
};

/// "eq", "ne", "contains", "starts_with", "is_empty", "is_not_empty", "is_null", "is_not_null", "lt", "le", "gt", "ge",
/// "between".
[[nodiscard]] QString toString(FilterOperator filterOperator);
[[nodiscard]] std::optional<FilterOperator> filterOperatorFromString(QStringView text);

struct ColumnFilter
{
    QString column;
    QString value;
    FilterOperator filterOperator = FilterOperator::Equals;
    QString upper = {}; ///< of Between

    bool operator==(const ColumnFilter &) const = default;
};

/// Rows by one column: values by its type first; then, in row order and whatever the direction, what cannot be read as
/// the type, the empty texts, the NULLs. Equal values stand in row order, reversed when descending.
struct RecordSort
{
    QString column;
    bool descending = false;

    bool operator==(const RecordSort &) const = default;
};

struct RecordQuery
{
    static constexpr int maxLimit = 10'000;

    int limit = 100; ///< 1..maxLimit
    /// RecordPage::next of the page before; 0: from the start. Without a sort it is a row number, with one a position
    /// in the order, filtered or not; either way any value leads to the rows behind it at once.
    qint64 after = 0;
    QString text = {}; ///< rows in which some cell contains this, letter case folded for ASCII
    QList<ColumnFilter> filters = {}; ///< all of them must match
    std::optional<RecordSort> sort = {}; ///< nothing: row order
};

struct Record
{
    qint64 row = 0; ///< row number within its generation, 1-based, without gaps after a full load
    QList<std::optional<QString>> cells; ///< one a column; nothing: NULL
};

struct RecordPage
{
    Columns columns;
    QList<Record> records;
    qint64 generation = 0; ///< changes when a run has replaced the rows
    qint64 next = 0; ///< pass as `after`; 0: this was the last page
};

} // namespace idstore
