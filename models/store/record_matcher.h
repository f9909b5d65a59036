// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/record_query.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// Decides which rows a query's filters and search text let through. One thread at a time.
class RecordMatcher
{
public:
    using Cell = std::optional<std::string_view>;

    /// What is wrong with the query's filters and sort: unknown columns, values that the column's type cannot read.
    [[nodiscard]] static QList<FieldError> check(const Columns &columns, const RecordQuery &query);

    /// For a query that check() finds nothing wrong with.
    RecordMatcher(const Columns &columns, const RecordQuery &query);

    /// Whether any row may be left out.
    [[nodiscard]] bool isSelective() const { return !m_needle.empty() || !m_conditions.empty(); }
    /// The columns it looks at, by position.
    [[nodiscard]] const std::vector<int> &columns() const { return m_columns; }
    /// `cells`: of a row, one for each of columns().
    [[nodiscard]] bool matches(const std::vector<Cell> &cells);

private:
    struct Condition
    {
        std::size_t cell = 0; ///< within columns()
        ColumnType type = ColumnType::Text;
        DateOrder order = DateOrder::Unknown;
        FilterOperator filterOperator = FilterOperator::Equals;
        std::string value; ///< UTF-8; folded for Contains and StartsWith
        std::optional<std::string> key; ///< of value, where the type reads it
        std::optional<std::string> upperKey;
    };

    [[nodiscard]] bool matches(const Condition &condition, const Cell &cell);
    [[nodiscard]] bool isEqual(const Condition &condition, std::string_view text);
    [[nodiscard]] bool isInRange(const Condition &condition, std::string_view text);

    std::vector<int> m_columns;
    std::vector<Condition> m_conditions;
    std::string m_needle; ///< folded
    std::string m_key; ///< of the cell looked at; kept for its memory
};

} // namespace idstore
