// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/row_correction.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace idstore {

/// A row on its side: a line for each column with its name and its cell, which can be edited. A cell emptied by a
/// person holds no value. GUI thread only.
class CorrectionCellsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { NameColumn, ValueColumn, columnTotal };

    explicit CorrectionCellsModel(QObject *parent = nullptr);

    void setColumns(const Columns &columns);
    /// Missing ones hold no value, those too many are left out.
    void setCells(QList<std::optional<QString>> cells);
    /// All of them, by their columns.
    [[nodiscard]] QList<CorrectedCell> cells() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// By a person.
    void edited();

private:
    QStringList m_names;
    QList<std::optional<QString>> m_cells; ///< as many as names
};

} // namespace idstore
