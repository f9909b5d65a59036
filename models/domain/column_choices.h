// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

namespace idstore {

// A person's choice of a column's type, and what becomes of it. Choices are metadata: values stay as they are. Pure
// functions; any thread.

/// Makes `type` and, for dates and timestamps, `order` the person's choice. What is known of values that `type` cannot
/// read is said in the notes: "unreadable_values" only after a run has counted them, "unchecked_type" until then where
/// there may be some.
void choose(Column &column, ColumnType type, DateOrder order);
/// Back to what the values say.
void forgetChoice(Column &column);

/// `columns` with the choices that people have made for columns of the same name in `before`.
[[nodiscard]] Columns withChoices(Columns columns, const Columns &before);

/// The same for columns that a run has described, when choices may have changed since it began.
[[nodiscard]] Columns withLatestChoices(Columns described, const Columns &now);

[[nodiscard]] inline bool isTemporal(ColumnType type)
{
    return type == ColumnType::Date || type == ColumnType::Timestamp;
}

} // namespace idstore
