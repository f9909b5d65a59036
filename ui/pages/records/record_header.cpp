// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_header.h"

#include "ui/itemmodels/record_table_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace idstore {

namespace {

constexpr int padding = 12;
constexpr int headerHeight = 42;
constexpr int widestName = 40; // characters

} // namespace

RecordHeader::RecordHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setHighlightSections(false);
    setSectionsClickable(true);
    setMinimumSectionSize(theme.px(40));
    setAccessibleName(tr("Columns"));
}

QSize RecordHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.px(headerHeight)};
}

QSize RecordHeader::sectionSizeFromContents(int section) const
{
    const QString name = model()->headerData(section, Qt::Horizontal).toString().left(widestName);
    const QString type = model()->headerData(section, Qt::Horizontal, RecordTableModel::ColumnTypeRole).toString();
    const int width = std::max(QFontMetrics(m_theme.font(TextStyle::Section)).horizontalAdvance(name),
                               QFontMetrics(m_theme.font(TextStyle::Caption)).horizontalAdvance(type));
    return {width + 2 * m_theme.px(padding) + m_theme.px(4), m_theme.px(headerHeight)};
}

void RecordHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color(ColorRole::Sunken));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(ColorRole::Border));

    const QRect inner = rect.adjusted(m_theme.px(padding), m_theme.px(5), -m_theme.px(padding), -m_theme.px(5));
    const auto alignment = Qt::Alignment(model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    const int horizontal = int(QStyle::visualAlignment(layoutDirection(), alignment & Qt::AlignHorizontal_Mask));
    const auto drawLine = [&](const QRect &line, const QString &text, TextStyle style, ColorRole role) {
        painter->setFont(m_theme.font(style));
        painter->setPen(m_theme.color(role));
        painter->drawText(line, horizontal | int(Qt::AlignVCenter),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    };
    const int nameHeight = inner.height() * 18 / 32;
    drawLine({inner.left(), inner.top(), inner.width(), nameHeight},
             model()->headerData(section, Qt::Horizontal).toString(), TextStyle::Section, ColorRole::Text);
    drawLine({inner.left(), inner.top() + nameHeight, inner.width(), inner.height() - nameHeight},
             model()->headerData(section, Qt::Horizontal, RecordTableModel::ColumnTypeRole).toString(),
             TextStyle::Caption, ColorRole::Muted);
    painter->restore();
}

} // namespace idstore
