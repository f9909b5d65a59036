// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QAbstractTableModel>

namespace idstore {

/// Columns of a source: name, type, share of rows with a value, and what there is to know about them.
class ColumnListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Section { NameColumn, TypeColumn, FilledColumn, ColumnCount };
    enum Role {
        NotedRole = Qt::UserRole, ///< bool: something about the column wants attention
        IconRole, ///< the name of the type's icon
    };

    explicit ColumnListModel(QObject *parent = nullptr)
        : QAbstractTableModel(parent)
    {}

    void setColumns(const Columns &columns, qint64 rowCount);

    [[nodiscard]] const Column &column(int row) const { return m_columns.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString toolTip(const Column &column, int section) const;

    Columns m_columns;
    qint64 m_rowCount = 0;
};

} // namespace idstore
