// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_row_numbers.h"

#include "ui/itemmodels/record_table_model.h"
#include "ui/pages/records/record_grid.h"
#include "ui/text/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace idstore {

RecordRowNumbers::RecordRowNumbers(RecordGrid &grid, const Theme &theme)
    : QWidget(&grid)
    , m_grid(grid)
    , m_theme(theme)
{
    setAccessibleName(tr("Row numbers"));
}

int RecordRowNumbers::widthFor(qint64 rows) const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Small));
    const int text = std::max(metrics.horizontalAdvance(formatCount(std::max<qint64>(rows, 999))),
                              QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(tr("Row")));
    return text + m_theme.px(30);
}

void RecordRowNumbers::setHeaderHeight(int height)
{
    m_headerHeight = height;
    update();
}

void RecordRowNumbers::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor line = m_theme.color(ColorRole::Border);
    painter.fillRect(rect(), m_theme.color(ColorRole::Surface));
    const QRect heading(0, 0, width(), m_headerHeight);
    painter.fillRect(heading, m_theme.color(ColorRole::Sunken));
    painter.fillRect(QRect(0, m_headerHeight - 1, width(), 1), line);
    const int margin = m_theme.px(8);
    const int alignment = int(Qt::AlignVCenter) | int(isRightToLeft() ? Qt::AlignLeft : Qt::AlignRight);
    painter.setFont(m_theme.font(TextStyle::SmallStrong));
    painter.setPen(m_theme.color(ColorRole::Muted));
    painter.drawText(heading.adjusted(margin, 0, -margin, 0), alignment, tr("Row"));

    const QAbstractItemModel *model = m_grid.model();
    if (!model)
        return;
    painter.setFont(m_theme.font(TextStyle::Small));
    const int first = m_grid.firstVisibleRow();
    const int last = std::min(model->rowCount(), first + m_grid.visibleRowCount());
    const int currentRow = m_grid.currentIndex().row();
    for (int row = first; row < last; ++row) {
        const QRect cell(0, m_headerHeight + (row - first) * m_grid.rowHeight(), width(), m_grid.rowHeight());
        painter.fillRect(cell, m_theme.color(row == currentRow ? ColorRole::SelectedIdle : ColorRole::Sunken));
        painter.fillRect(QRect(0, cell.bottom(), width(), 1), line);
        painter.setPen(m_theme.color(row == currentRow ? ColorRole::Text : ColorRole::Muted));
        painter.drawText(cell.adjusted(margin, 0, -margin, 0), alignment,
                         model->headerData(row, Qt::Vertical).toString());
    }
}

void RecordRowNumbers::mousePressEvent(QMouseEvent *event)
{
    const int row = m_grid.firstVisibleRow() + (event->position().toPoint().y() - m_headerHeight) / m_grid.rowHeight();
    if (event->position().y() < m_headerHeight) {
        m_grid.selectAll();
    } else if (m_grid.model() && row < m_grid.model()->rowCount()) {
        m_grid.setFocus(Qt::MouseFocusReason);
        m_grid.selectionModel()->setCurrentIndex(m_grid.model()->index(row, 0), QItemSelectionModel::NoUpdate);
        m_grid.selectionModel()->select(m_grid.model()->index(row, 0),
                                        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
}

void RecordRowNumbers::wheelEvent(QWheelEvent *event)
{
    m_grid.wheelEvent(event);
}

} // namespace idstore
