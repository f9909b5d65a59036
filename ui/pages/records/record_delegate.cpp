// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_delegate.h"

#include "ui/itemmodels/record_table_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace idstore {

namespace {

constexpr int padding = 12;

} // namespace

RecordDelegate::RecordDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isActive = option.state.testFlag(QStyle::State_Active);
    if (isSelected)
        painter->fillRect(option.rect, m_theme.color(isActive ? ColorRole::Selected : ColorRole::SelectedIdle));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, m_theme.color(ColorRole::Hover));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(ColorRole::Border));

    const QRect inner = option.rect.adjusted(m_theme.px(padding), 0, -m_theme.px(padding), -1);
    const QString text = index.data().toString();
    const auto alignment =
        QStyle::visualAlignment(option.direction, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
    switch (index.data(RecordTableModel::CellKindRole).value<RecordTableModel::CellKind>()) {
    case RecordTableModel::CellKind::Value:
        painter->setFont(m_theme.font(TextStyle::Body));
        painter->setPen(
            m_theme.color(option.state.testFlag(QStyle::State_Enabled) ? ColorRole::Text : ColorRole::Muted));
        paintText(painter, inner, text, alignment);
        break;
    case RecordTableModel::CellKind::Null: {
        painter->setFont(m_theme.font(TextStyle::Caption));
        const QFontMetrics metrics = painter->fontMetrics();
        QRect tag(0, 0, metrics.horizontalAdvance(text) + m_theme.px(12), metrics.height() + m_theme.px(4));
        tag = QStyle::alignedRect(Qt::LeftToRight, alignment, tag.size(), inner) & inner;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(ColorRole::PillPendingBg));
        painter->drawRoundedRect(tag, m_theme.px(4), m_theme.px(4));
        painter->setPen(m_theme.color(ColorRole::PillPendingFg));
        painter->drawText(tag, int(Qt::AlignCenter), text);
        break;
    }
    case RecordTableModel::CellKind::Empty:
    case RecordTableModel::CellKind::Loading:
        painter->setFont(m_theme.font(TextStyle::Body));
        painter->setPen(m_theme.color(ColorRole::Muted));
        painter->drawText(inner, int(alignment), text);
        break;
    }

    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.color(ColorRole::Focus), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

void RecordDelegate::paintText(QPainter *painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const
{
    const QFontMetrics metrics = painter->fontMetrics();
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
    if (!m_searchText.isEmpty()) {
        const int width = metrics.horizontalAdvance(shown);
        const int start = alignment.testFlag(Qt::AlignRight) ? rect.right() + 1 - width : rect.left();
        for (qsizetype at = shown.indexOf(m_searchText, 0, Qt::CaseInsensitive); at >= 0;
             at = shown.indexOf(m_searchText, at + m_searchText.size(), Qt::CaseInsensitive)) {
            const int left = metrics.horizontalAdvance(shown, int(at));
            const int right = metrics.horizontalAdvance(shown, int(at + m_searchText.size()));
            const QRect mark(start + left, rect.center().y() - metrics.height() / 2, right - left, metrics.height());
            painter->fillRect(mark, m_theme.color(ColorRole::Find));
        }
    }
    painter->drawText(rect, int(alignment), shown);
}

} // namespace idstore
