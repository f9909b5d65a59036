// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/preview_table_model.h"

#include "ui/text/format.h"

namespace idstore {

void PreviewTableModel::setRows(const Columns &columns, const QList<PreviewRow> &rows)
{
    beginResetModel();
    m_columns = columns;
    m_rows = rows;
    endResetModel();
}

void PreviewTableModel::setColumns(const Columns &columns)
{
    if (columns == m_columns)
        return;
    if (columns.size() != m_columns.size()) {
        setRows(columns, m_rows);
        return;
    }
    m_columns = columns;
    if (m_columns.isEmpty())
        return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int PreviewTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PreviewTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant PreviewTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QList<std::optional<QString>> &cells = m_rows.at(index.row()).cells;
    static const std::optional<QString> missing;
    const std::optional<QString> *cell = index.column() < cells.size() ? &cells.at(index.column()) : &missing;
    return cellData(cell, m_columns.at(index.column()).type, role);
}

QVariant PreviewTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0)
        return {};
    if (orientation == Qt::Horizontal)
        return section < m_columns.size() ? RecordCells::headerData(m_columns.at(section), role) : QVariant();
    if (section >= m_rows.size())
        return {};
    const qint64 line = m_rows.at(section).line;
    if (role == RowNumberRole)
        return line;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return role == Qt::DisplayRole && line > 0 ? QVariant(formatCount(line)) : QVariant();
}

} // namespace idstore
