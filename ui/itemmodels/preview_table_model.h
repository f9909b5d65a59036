// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/preview_service.h"
#include "ui/itemmodels/record_cell.h"

#include <QAbstractTableModel>

namespace idstore {

/// The first rows of a preview as they would be stored, numbered by their lines in the source.
class PreviewTableModel : public QAbstractTableModel, public RecordCells
{
    Q_OBJECT

public:
    explicit PreviewTableModel(QObject *parent = nullptr)
        : QAbstractTableModel(parent)
    {}

    void setRows(const Columns &columns, const QList<PreviewRow> &rows);
    /// Other types or notes of the same columns; the rows stay.
    void setColumns(const Columns &columns);
    [[nodiscard]] const Columns &columns() const { return m_columns; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    Columns m_columns;
    QList<PreviewRow> m_rows;
};

} // namespace idstore
