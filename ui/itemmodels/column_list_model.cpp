// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/column_list_model.h"

#include "ui/text/column_text.h"
#include "ui/text/format.h"

namespace idstore {

void ColumnListModel::setColumns(const Columns &columns, qint64 rowCount)
{
    if (columns == m_columns && rowCount == m_rowCount)
        return;
    if (columns.size() == m_columns.size()) {
        // The place of the keyboard stays where it is when a type has changed.
        m_columns = columns;
        m_rowCount = rowCount;
        if (!columns.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(this->rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_columns = columns;
    m_rowCount = rowCount;
    endResetModel();
}

QString ColumnListModel::toolTip(const Column &column, int section) const
{
    if (section == FilledColumn)
        return tr("%1 of %2 rows have a value").arg(formatCount(column.filled), formatCount(m_rowCount));
    QStringList lines;
    if (section == TypeColumn)
        lines.append(
            column.chosen
                ? tr("%1, chosen by you. Found out: %2").arg(columnReadingName(column), columnFoundName(column))
                : tr("%1, found out from the values").arg(columnReadingName(column)));
    else if (column.generated)
        lines.append(tr("%1: the source had no name for this column; this one was made up.").arg(column.name));
    else
        lines.append(column.name);
    lines += columnNoteSentences(column);
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QLatin1StringView("<br>"));
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
    switch (role) {
    case NotedRole:
        return needsAttention(column);
    case IconRole:
        return columnTypeIcon(column.type);
    case Qt::AccessibleDescriptionRole:
        return columnNoteSentences(column).join(u' ');
    case Qt::ToolTipRole:
        return toolTip(column, index.column());
    default:
        break;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return column.name;
    case TypeColumn:
        return columnReadingName(column);
    case FilledColumn:
        return m_rowCount == 0 ? QStringLiteral("—")
                               : formatPercent(static_cast<double>(column.filled) / static_cast<double>(m_rowCount));
    default:
        return {};
    }
}

} // namespace idstore
