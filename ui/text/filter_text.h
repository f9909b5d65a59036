// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/record_query.h"

#include <QList>
#include <QString>

namespace idstore {

// How the window speaks of filters. Pure functions.

/// What columns of this type can be filtered by, the most usual first.
[[nodiscard]] QList<FilterOperator> filterOperators(ColumnType type);
/// "contains", "is before": to be read between a column and a value.
[[nodiscard]] QString filterOperatorName(FilterOperator filterOperator, ColumnType type);
/// How many values it compares with: none, one, or two.
[[nodiscard]] int filterValueCount(FilterOperator filterOperator);
/// The part of a filter behind the column's name: "contains gmbh".
[[nodiscard]] QString filterCondition(const ColumnFilter &filter, ColumnType type);

} // namespace idstore
