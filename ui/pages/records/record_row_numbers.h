// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace idstore {

class RecordGrid;
class Theme;

/// The strip of row numbers beside a RecordGrid, with its heading. A press selects the row.
class RecordRowNumbers final : public QWidget
{
    Q_OBJECT

public:
    RecordRowNumbers(RecordGrid &grid, const Theme &theme);

    [[nodiscard]] int widthFor(qint64 rows) const;
    void setHeaderHeight(int height);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    RecordGrid &m_grid;
    const Theme &m_theme;
    int m_headerHeight = 0;
};

} // namespace idstore
