// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QTableView>

namespace idstore {

class ColumnListModel;
class Theme;

/// The columns of a source with their type, how much of them is filled, and a mark where there is something to know. A
/// click on the type, or Enter, opens the menu that changes it. As tall as its rows: whoever holds it scrolls.
class ColumnList : public QTableView
{
    Q_OBJECT

public:
    ColumnList(const Theme &theme, QWidget *parent);

    void setColumns(const Columns &columns, qint64 rowCount);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void changeWanted(const idstore::ColumnChange &change);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void openTypeMenu(int row);

    const Theme &m_theme;
    ColumnListModel *m_model;
};

} // namespace idstore
