// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/column_choices.h"

#include <algorithm>

namespace idstore {

namespace {

/// Whether every value that `column` is known to hold can be read as its type.
bool isSurelyReadable(const Column &column)
{
    if (column.type == ColumnType::Text || column.filled == 0)
        return true;
    const bool isWider = (column.type == ColumnType::Number && column.inferred == ColumnType::Integer) ||
                         (column.type == ColumnType::Timestamp && column.inferred == ColumnType::Date);
    if (column.type != column.inferred && !isWider)
        return false;
    return !isTemporal(column.type) || column.inferredOrder == DateOrder::Unknown ||
           column.inferredOrder == column.dateOrder;
}

void dropChoiceNotes(Column &column)
{
    column.notes.removeIf([](const ColumnNote &note) {
        return note.code == QStringLiteral("unreadable_values") || note.code == QStringLiteral("unchecked_type");
    });
}

const Column *find(const Columns &columns, const QString &name)
{
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

} // namespace

void choose(Column &column, ColumnType type, DateOrder order)
{
    if (!isTemporal(type) || order == DateOrder::Unknown)
        order = column.inferredOrder;
    if (column.chosen && column.type == type && column.dateOrder == order)
        return; // what the last run found of it still holds
    dropChoiceNotes(column);
    column.chosen = true;
    column.type = type;
    column.dateOrder = order;
    if (!isSurelyReadable(column))
        column.notes.append({QStringLiteral("unchecked_type"), column.filled, {}});
}

void forgetChoice(Column &column)
{
    if (column.chosen)
        dropChoiceNotes(column);
    column.chosen = false;
    column.type = column.inferred;
    column.dateOrder = column.inferredOrder;
}

Columns withChoices(Columns columns, const Columns &before)
{
    for (Column &column : columns) {
        const Column *chosen = find(before, column.name);
        if (!chosen || !chosen->chosen)
            continue;
        column.chosen = true;
        column.type = chosen->type;
        column.dateOrder = chosen->dateOrder;
    }
    return columns;
}

Columns withLatestChoices(Columns described, const Columns &now)
{
    for (Column &column : described) {
        const Column *latest = find(now, column.name);
        if (!latest)
            continue;
        if (latest->chosen)
            choose(column, latest->type, latest->dateOrder);
        else
            forgetChoice(column);
    }
    return described;
}

} // namespace idstore
