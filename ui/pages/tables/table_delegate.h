// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QHash>
#include <QStyledItemDelegate>

class QTableView;

namespace idstore {

/// Paints the rows of a plain table: the ground by state over the whole row, a line below, text by column style, the
/// keyboard's row between two lines. Subclasses paint what is more than text.
class TableDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int firstPadding = 20; ///< before the first column, as in TableHeader
    static constexpr int padding = 10;

    explicit TableDelegate(const Theme &theme, QObject *parent = nullptr);

    /// How a column's text looks; body text unless set.
    void setColumnStyle(int column, TextStyle style, ColorRole role);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// `inner` is the cell without its paddings.
    virtual void paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const;
    void paintText(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option, const QModelIndex &index,
                   ColorRole role) const;
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    struct ColumnStyle
    {
        TextStyle style = TextStyle::Body;
        ColorRole role = ColorRole::Text;
    };

    const Theme &m_theme;
    QHash<int, ColumnStyle> m_styles;
};

/// Gives a table the look and manners they all have: our header, rows of `rowHeight` pixels, whole rows selected, no
/// grid, Tab leaves the table.
void setUpTable(QTableView &table, const Theme &theme, int rowHeight);

} // namespace idstore
