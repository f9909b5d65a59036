// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_delegate.h"

#include "ui/itemmodels/sources_model.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/status_pill.h"

#include <QPainter>

#include <algorithm>

namespace idstore {

namespace {

constexpr int firstPadding = 20;
constexpr int padding = 10;
constexpr int tileSide = 30;
constexpr int tileGap = 12;
constexpr int rowPixels = 50;
constexpr int rateFrom = 190; // the width of the last column from which the rate fits as well

QString fixText()
{
    return SourcesDelegate::tr("Fix…");
}

// The sentence before the link, without its full stop: a separator follows.
QString shortReason(const SourceRow &row)
{
    QString reason = statusReason(row);
    while (reason.endsWith(QLatin1Char('.')))
        reason.chop(1);
    return reason;
}

} // namespace

SourcesDelegate::SourcesDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{}

int SourcesDelegate::rowHeight() const
{
    const int lines =
        QFontMetrics(m_theme.font(TextStyle::Strong)).height() + QFontMetrics(m_theme.font(TextStyle::Small)).height();
    return std::max(m_theme.px(rowPixels), lines + m_theme.px(14));
}

QSize SourcesDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_theme.px(100), rowHeight()};
}

void SourcesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *row = index.data(SourcesModel::RowRole).value<const SourceRow *>();
    if (!row)
        return;
    painter->save();
    paintGround(*painter, option, index);
    const int pad = m_theme.px(padding);
    const bool first = index.column() == SourcesModel::NameColumn;
    QRect rect = option.rect.adjusted(pad, 0, -pad, 0);
    if (first) {
        const int more = m_theme.px(firstPadding) - pad;
        rect = option.direction == Qt::RightToLeft ? rect.adjusted(0, 0, -more, 0) : rect.adjusted(more, 0, 0, 0);
    }
    switch (index.column()) {
    case SourcesModel::NameColumn:
        paintName(*painter, *row, rect);
        break;
    case SourcesModel::StatusColumn:
        paintStatus(*painter, *row, option.rect);
        break;
    case SourcesModel::RowsColumn:
        paintRows(*painter, *row, rect, index.data().toString());
        break;
    case SourcesModel::LastRunColumn:
        if (row->progress) {
            paintProgressLine(*painter, rect, m_theme, *row->progress, option.rect.width() >= m_theme.px(rateFrom));
        } else {
            const bool never = !row->source.lastRun;
            paintLines(*painter, rect, Qt::AlignLeft, index.data().toString(), TextStyle::Body,
                       never ? ColorRole::Muted : ColorRole::Text, {});
        }
        break;
    default:
        break;
    }
    painter->restore();
}

void SourcesDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    ColorRole ground = ColorRole::Surface;
    if (option.state & QStyle::State_Selected)
        ground = option.state & QStyle::State_Active ? ColorRole::Selected : ColorRole::SelectedIdle;
    else if (index.row() == m_hoveredRow)
        ground = ColorRole::Hover;
    painter.fillRect(option.rect, m_theme.color(ground));
    if (index.row() == m_focusedRow) {
        const QColor focus = m_theme.color(ColorRole::Focus);
        painter.fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 2, focus);
        painter.fillRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2, focus);
    } else {
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                         m_theme.color(ColorRole::Border));
    }
}

void SourcesDelegate::paintLines(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &first,
                                 TextStyle firstStyle, ColorRole firstRole, const QString &second) const
{
    const QFont firstFont = m_theme.font(firstStyle);
    const QFont secondFont = m_theme.font(TextStyle::Small);
    const QFontMetrics firstMetrics(firstFont);
    const QFontMetrics secondMetrics(secondFont);
    const int firstHeight = std::max(firstMetrics.height(), m_theme.px(17));
    const int secondHeight = second.isEmpty() ? 0 : std::max(secondMetrics.height(), m_theme.px(16));
    const int top = rect.top() + (rect.height() - 1 - firstHeight - secondHeight) / 2;
    const int flags = static_cast<int>(alignment | Qt::AlignVCenter);
    painter.setFont(firstFont);
    painter.setPen(m_theme.color(firstRole));
    painter.drawText(QRect(rect.left(), top, rect.width(), firstHeight), flags,
                     firstMetrics.elidedText(first, Qt::ElideRight, rect.width()));
    if (second.isEmpty())
        return;
    painter.setFont(secondFont);
    painter.setPen(m_theme.color(ColorRole::Muted));
    painter.drawText(QRect(rect.left(), top + firstHeight, rect.width(), secondHeight), flags,
                     secondMetrics.elidedText(second, Qt::ElideRight, rect.width()));
}

void SourcesDelegate::paintName(QPainter &painter, const SourceRow &row, const QRect &rect) const
{
    const int side = m_theme.px(tileSide);
    const QRect tile = QStyle::alignedRect(painter.layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter,
                                           QSize(side, side), rect.adjusted(0, 0, 0, -1));
    paintTile(painter, tile, m_theme, row.source.sourceType, row.category);
    const int before = side + m_theme.px(tileGap);
    const QRect text =
        painter.layoutDirection() == Qt::RightToLeft ? rect.adjusted(0, 0, -before, 0) : rect.adjusted(before, 0, 0, 0);
    paintLines(painter, text, Qt::AlignLeft, row.source.name, TextStyle::Strong, ColorRole::Text, sourceDetail(row));
}

QString SourcesDelegate::reasonBeforeLink(const SourceRow &row, int cellWidth) const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Small));
    const QString separator = QStringLiteral(" · ");
    const int linkWidth = QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(fixText());
    const int space = cellWidth - 2 * m_theme.px(padding) - linkWidth - metrics.horizontalAdvance(separator);
    return metrics.elidedText(shortReason(row), Qt::ElideRight, space) % separator;
}

QRect SourcesDelegate::fixLink(const SourceRow &row, const QRect &rect) const
{
    if (row.source.status != SourceStatus::Error || row.progress)
        return {};
    const int pad = m_theme.px(padding);
    const int linkWidth = QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(fixText());
    const int reasonWidth =
        QFontMetrics(m_theme.font(TextStyle::Small)).horizontalAdvance(reasonBeforeLink(row, rect.width()));
    const int pillHeight = pillSize(m_theme, pillOf(row.source)).height();
    const int lineHeight = m_theme.px(16);
    const int top = rect.top() + (rect.height() - 1 - pillHeight - m_theme.px(2) - lineHeight) / 2;
    return {rect.left() + pad + reasonWidth, top + pillHeight + m_theme.px(2), linkWidth, lineHeight};
}

void SourcesDelegate::paintStatus(QPainter &painter, const SourceRow &row, const QRect &rect) const
{
    const int pad = m_theme.px(padding);
    const Qt::LayoutDirection direction = painter.layoutDirection();
    const Pill pill = pillOf(row.source, row.progress);
    const QString reason = shortReason(row);
    const int pillHeight = pillSize(m_theme, pill).height();
    const int lineHeight = reason.isEmpty() ? 0 : m_theme.px(16) + m_theme.px(2);
    const int top = rect.top() + (rect.height() - 1 - pillHeight - lineHeight) / 2;
    const QSize size = pillSize(m_theme, pill);
    const QRect pillRect = QStyle::visualRect(direction, rect, QRect(QPoint(rect.left() + pad, top), size));
    paintPill(painter, pillRect.topLeft(), m_theme, pill);
    if (reason.isEmpty())
        return;

    const QRect link = fixLink(row, rect);
    QRect line(rect.left() + pad, top + pillHeight + m_theme.px(2), rect.width() - 2 * pad, m_theme.px(16));
    const QFont small = m_theme.font(TextStyle::Small);
    const QFontMetrics metrics(small);
    painter.setFont(small);
    painter.setPen(m_theme.color(ColorRole::Muted));
    if (link.isEmpty()) {
        painter.drawText(QStyle::visualRect(direction, rect, line), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(reason, Qt::ElideRight, line.width()));
        return;
    }
    line.setRight(link.left() - 1);
    painter.drawText(QStyle::visualRect(direction, rect, line), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip,
                     reasonBeforeLink(row, rect.width()));
    painter.setFont(m_theme.font(TextStyle::SmallStrong));
    painter.setPen(m_theme.color(ColorRole::Link));
    painter.drawText(QStyle::visualRect(direction, rect, link), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip,
                     fixText());
}

void SourcesDelegate::paintRows(QPainter &painter, const SourceRow &row, const QRect &rect, const QString &text) const
{
    paintLines(painter, rect, Qt::AlignRight, text, TextStyle::Body, ColorRole::Text, rowsDetail(row));
}

} // namespace idstore
