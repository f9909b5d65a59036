// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QString>
#include <QVariant>

#include <optional>

namespace idstore {

/// What tables of records say alike of a value and of a column: the roles, and the answers to them. NULL, the empty
/// text and a value not read yet are never the same. Pure functions; GUI thread.
struct RecordCells
{
    enum class CellKind { Loading, Value, Empty, Null };

    enum Role {
        CellKindRole = Qt::UserRole, ///< a CellKind
        RowNumberRole, ///< qint64, 1-based; 0 while loading
        ColumnTypeRole, ///< in headers: the type in a person's words
        ColumnNotedRole, ///< in headers: bool, something about the column wants attention
    };

    /// `cell` is null while the value is not there yet.
    [[nodiscard]] static QVariant cellData(const std::optional<QString> *cell, ColumnType type, int role);
    [[nodiscard]] static QVariant headerData(const Column &column, int role);
};

} // namespace idstore
