// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/correction_cells_model.h"

namespace idstore {

CorrectionCellsModel::CorrectionCellsModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void CorrectionCellsModel::setColumns(const Columns &columns)
{
    QStringList names;
    for (const Column &column : columns)
        names.append(column.name);
    if (names == m_names)
        return;
    beginResetModel();
    m_names = names;
    m_cells = QList<std::optional<QString>>(names.size());
    endResetModel();
}

void CorrectionCellsModel::setCells(QList<std::optional<QString>> cells)
{
    cells.resize(m_names.size());
    if (cells == m_cells)
        return;
    m_cells = std::move(cells);
    Q_EMIT dataChanged(index(0, ValueColumn), index(rowCount() - 1, ValueColumn));
}

QList<CorrectedCell> CorrectionCellsModel::cells() const
{
    QList<CorrectedCell> cells;
    for (qsizetype i = 0; i < m_names.size(); ++i)
        cells.append({m_names.at(i), m_cells.at(i)});
    return cells;
}

int CorrectionCellsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_names.size());
}

int CorrectionCellsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant CorrectionCellsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const bool isName = index.column() == NameColumn;
    const std::optional<QString> &cell = m_cells.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return isName ? m_names.at(index.row()) : cell.value_or(tr("no value"));
    case Qt::EditRole:
        return isName ? m_names.at(index.row()) : cell.value_or(QString());
    case Qt::AccessibleTextRole:
        return isName
                   ? m_names.at(index.row())
                   : tr("%1: %2", "a column and its value").arg(m_names.at(index.row()), cell.value_or(tr("no value")));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

bool CorrectionCellsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != ValueColumn || role != Qt::EditRole)
        return false;
    const QString text = value.toString();
    std::optional<QString> &cell = m_cells[index.row()];
    // Looking at a cell that holds no value, or the empty text, is no edit.
    if (text == cell.value_or(QString()))
        return true;
    cell = text.isEmpty() ? std::nullopt : std::optional(text);
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

QVariant CorrectionCellsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Column") : tr("Value");
}

Qt::ItemFlags CorrectionCellsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == ValueColumn ? flags | Qt::ItemIsEditable : flags;
}

} // namespace idstore
