// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QTableView>

namespace idstore {

class ColumnListModel;
class Theme;

/// The columns of a source with their type and how much of them is filled. As tall as its rows: whoever holds it
/// scrolls.
class ColumnList : public QTableView
{
    Q_OBJECT

public:
    ColumnList(const Theme &theme, QWidget *parent);

    void setColumns(const Columns &columns, qint64 rowCount);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    const Theme &m_theme;
    ColumnListModel *m_model;
};

} // namespace idstore
