// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace idstore {

struct SourceRow;

/// Draws a row of the sources table: tile and two lines, pill with the reason below it, rows, and the last run, or
/// the progress of the one under way.
class SourcesDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    SourcesDelegate(const Theme &theme, QObject *parent);

    /// The row under the pointer; -1: none.
    void setHoveredRow(int row) { m_hoveredRow = row; }
    /// The row the keyboard is on; -1: none.
    void setFocusedRow(int row) { m_focusedRow = row; }
    [[nodiscard]] int rowHeight() const;
    /// Where "Fix…" stands in the status cell `rect`; empty when the row offers no fix.
    [[nodiscard]] QRect fixLink(const SourceRow &row, const QRect &rect) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// The elided reason and the separator, as they stand before "Fix…".
    [[nodiscard]] QString reasonBeforeLink(const SourceRow &row, int cellWidth) const;
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintName(QPainter &painter, const SourceRow &row, const QRect &rect) const;
    void paintStatus(QPainter &painter, const SourceRow &row, const QRect &rect) const;
    void paintRows(QPainter &painter, const SourceRow &row, const QRect &rect, const QString &text) const;
    /// One or two lines, centred upright as one block. `second` may be empty.
    void paintLines(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &first,
                    TextStyle firstStyle, ColorRole firstRole, const QString &second) const;

    const Theme &m_theme;
    int m_hoveredRow = -1;
    int m_focusedRow = -1;
};

} // namespace idstore
