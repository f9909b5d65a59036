// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/column_list_model.h"

#include "ui/text/format.h"

namespace idstore {

void ColumnListModel::setColumns(const Columns &columns, qint64 rowCount)
{
    if (columns == m_columns && rowCount == m_rowCount)
        return;
    beginResetModel();
    m_columns = columns;
    m_rowCount = rowCount;
    endResetModel();
}

int ColumnListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int ColumnListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ColumnListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Column &column = m_columns[index.row()];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((index.column() == FilledColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (index.column() == NameColumn && column.generated)
            return tr("%1: the source had no name for this column; this one was made up.").arg(column.name);
        return index.column() == FilledColumn
                   ? tr("%1 of %2 rows have a value").arg(formatCount(column.filled), formatCount(m_rowCount))
                   : column.name;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return column.name;
    case TypeColumn:
        return columnTypeName(column.type);
    case FilledColumn:
        return m_rowCount == 0 ? QStringLiteral("—")
                               : formatPercent(static_cast<double>(column.filled) / static_cast<double>(m_rowCount));
    default:
        return {};
    }
}

} // namespace idstore
