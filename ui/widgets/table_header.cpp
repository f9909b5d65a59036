// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table_header.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace idstore {

namespace {

constexpr int padding = 10;
constexpr int chevronSize = 12;
constexpr int chevronGap = 4;

} // namespace

TableHeader::TableHeader(const Theme &theme, QWidget *parent, int firstPadding)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
    , m_firstPadding(firstPadding)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setFocusPolicy(Qt::NoFocus);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.px(30)};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color(ColorRole::Sunken));
    painter->setPen(m_theme.color(ColorRole::Border));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());

    const QString text = model()->headerData(logicalIndex, orientation()).toString();
    const QVariant wanted = model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole);
    const auto alignment = wanted.isValid() ? Qt::Alignment(wanted.toInt()) : defaultAlignment();
    const QFont font = m_theme.font(TextStyle::SmallStrong);
    const QFontMetrics metrics(font);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    const int chevron = sorted ? m_theme.px(chevronSize + chevronGap) : 0;

    const int before = m_theme.px(visualIndex(logicalIndex) == 0 ? m_firstPadding : padding);
    const QRect inner = rect.adjusted(before, 0, -m_theme.px(padding), 0);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0, inner.width() - chevron));
    const QSize size(metrics.horizontalAdvance(shown) + chevron, rect.height());
    const QRect content = QStyle::alignedRect(layoutDirection(), alignment, size, inner);
    painter->setFont(font);
    painter->setPen(m_theme.color(ColorRole::Muted));
    painter->drawText(content, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), shown);
    if (sorted) {
        const QRect icon = QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter,
                                               QSize(m_theme.px(chevronSize), m_theme.px(chevronSize)), content);
        m_theme.paintIcon(*painter, icon,
                          sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("chevron-up")
                                                                     : QStringLiteral("chevron-down"),
                          ColorRole::Muted);
    }
    painter->restore();
}

} // namespace idstore
