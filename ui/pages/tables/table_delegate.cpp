// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tables/table_delegate.h"

#include "ui/widgets/table_header.h"

#include <QPainter>
#include <QTableView>

namespace idstore {

TableDelegate::TableDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{}

void TableDelegate::setColumnStyle(int column, TextStyle style, ColorRole role)
{
    m_styles.insert(column, {style, role});
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetrics metrics(m_theme.font(m_styles.value(index.column()).style));
    return {metrics.horizontalAdvance(index.data().toString()) + m_theme.px(2 * padding), m_theme.px(30)};
}

void TableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    const bool isActive = option.state.testFlag(QStyle::State_Active);
    const bool isHovered = table && table->viewport()->underMouse() &&
                           table->indexAt(table->viewport()->mapFromGlobal(QCursor::pos())).row() == index.row();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, m_theme.color(isActive ? ColorRole::Selected : ColorRole::SelectedIdle));
    else if (isHovered)
        painter->fillRect(option.rect, m_theme.color(ColorRole::Hover));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(ColorRole::Border));

    const bool isFirst = table && table->horizontalHeader()->visualIndex(index.column()) == 0;
    const int before = m_theme.px(isFirst ? firstPadding : padding);
    const int behind = m_theme.px(padding);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    paintContent(painter, option.rect.adjusted(isMirrored ? behind : before, 0, isMirrored ? -before : -behind, -1),
                 option, index);

    if (table && table->hasFocus() && table->currentIndex().row() == index.row()) {
        const QColor color = m_theme.color(ColorRole::Focus);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 2), color);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2), color);
    }
    painter->restore();
}

void TableDelegate::paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    paintText(painter, inner, option, index, m_styles.value(index.column()).role);
}

void TableDelegate::paintText(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                              const QModelIndex &index, ColorRole role) const
{
    painter->setFont(m_theme.font(m_styles.value(index.column()).style));
    painter->setPen(m_theme.color(role));
    const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width());
    const auto alignment =
        QStyle::visualAlignment(option.direction, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
    painter->drawText(inner, int(alignment), text);
}

void setUpTable(QTableView &table, const Theme &theme, int rowHeight)
{
    auto *header = new TableHeader(theme, &table);
    table.setHorizontalHeader(header);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(theme.px(40));
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setMinimumSectionSize(theme.px(20));
    table.verticalHeader()->setDefaultSectionSize(theme.px(rowHeight));
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setCornerButtonEnabled(false);
    table.setTabKeyNavigation(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setMouseTracking(true);
    table.viewport()->setAttribute(Qt::WA_Hover);
    QObject::connect(&table, &QAbstractItemView::entered, table.viewport(), qOverload<>(&QWidget::update));
    QObject::connect(&table, &QAbstractItemView::viewportEntered, table.viewport(), qOverload<>(&QWidget::update));
}

} // namespace idstore
