// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_header.h"

#include "ui/itemmodels/record_cell.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace idstore {

namespace {

constexpr int padding = 12;
constexpr int headerHeight = 42;
constexpr int upperEdge = 5;
constexpr int nameHeight = 18;
constexpr int widestName = 40; // characters
constexpr int markSize = 12;
constexpr int markGap = 4;
constexpr int resizeGrip = 5; // beside the edge of a section, where a press changes its width

} // namespace

struct RecordHeader::Mark
{
    QString icon;
    ColorRole role;
};

RecordHeader::RecordHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setHighlightSections(false);
    setSectionsClickable(true);
    setMinimumSectionSize(theme.px(40));
    setMouseTracking(true);
    setAccessibleName(tr("Columns"));
}

void RecordHeader::setHasMenus(bool hasMenus)
{
    m_hasMenus = hasMenus;
    viewport()->update();
}

QPoint RecordHeader::menuPosition(int section) const
{
    const int left = sectionViewportPosition(section);
    return viewport()->mapToGlobal(QPoint(std::clamp(left, 0, width()), height()));
}

QSize RecordHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.px(headerHeight)};
}

QSize RecordHeader::sectionSizeFromContents(int section) const
{
    const QString name = model()->headerData(section, Qt::Horizontal).toString().left(widestName);
    const QString type = model()->headerData(section, Qt::Horizontal, RecordCells::ColumnTypeRole).toString();
    const bool isNoted = model()->headerData(section, Qt::Horizontal, RecordCells::ColumnNotedRole).toBool();
    // Room for the arrow, so that sorting cuts no name.
    const int marks = m_theme.px(markSize + markGap) * ((isSortIndicatorShown() ? 1 : 0) + (isNoted ? 1 : 0));
    const int width = std::max(QFontMetrics(m_theme.font(TextStyle::Section)).horizontalAdvance(name) + marks,
                               QFontMetrics(m_theme.font(TextStyle::Caption)).horizontalAdvance(type) +
                                   (m_hasMenus ? m_theme.px(markSize + markGap) : 0));
    return {width + 2 * m_theme.px(padding) + m_theme.px(4), m_theme.px(headerHeight)};
}

void RecordHeader::paintLine(QPainter &painter, const QRect &line, Qt::Alignment alignment, const QString &text,
                             bool isName, const QList<Mark> &marks) const
{
    const int mark = m_theme.px(markSize);
    const int step = mark + m_theme.px(markGap);
    painter.setFont(m_theme.font(isName ? TextStyle::Section : TextStyle::Caption));
    painter.setPen(m_theme.color(isName ? ColorRole::Text : ColorRole::Muted));
    const int marksWidth = static_cast<int>(marks.size()) * step;
    const QString shown =
        painter.fontMetrics().elidedText(text, Qt::ElideRight, std::max(0, line.width() - marksWidth));
    const int textWidth = painter.fontMetrics().horizontalAdvance(shown);
    const QRect content = QStyle::alignedRect(layoutDirection(), alignment | Qt::AlignVCenter,
                                              {textWidth + marksWidth, line.height()}, line);
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(layoutDirection(), content,
                                  QRect(content.left() + left, content.top(), width, content.height()));
    };
    painter.drawText(place(0, textWidth + 1), int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip), shown);
    int left = textWidth + m_theme.px(markGap);
    for (const Mark &each : marks) {
        QRect icon(0, 0, mark, mark);
        icon.moveCenter(place(left, mark).center());
        m_theme.paintIcon(painter, icon, each.icon, each.role);
        left += step;
    }
}

void RecordHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color(ColorRole::Sunken));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(ColorRole::Border));

    const auto tell = [&](int role) { return model()->headerData(section, Qt::Horizontal, role); };
    QList<Mark> marks;
    if (isSortIndicatorShown() && sortIndicatorSection() == section) {
        marks.append(
            {sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down"),
             ColorRole::Link});
    }
    if (tell(RecordCells::ColumnNotedRole).toBool())
        marks.append({QStringLiteral("status-warning"), ColorRole::Warning});
    const Qt::Alignment alignment = Qt::Alignment(tell(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    const QRect inner =
        rect.adjusted(m_theme.px(padding), m_theme.px(upperEdge), -m_theme.px(padding), -m_theme.px(upperEdge));
    const int upper = m_theme.px(nameHeight);
    paintLine(*painter, {inner.left(), inner.top(), inner.width(), upper}, alignment, tell(Qt::DisplayRole).toString(),
              true, marks);
    const QList<Mark> chevron{{QStringLiteral("chevron-down"), ColorRole::Muted}};
    paintLine(*painter, {inner.left(), inner.top() + upper, inner.width(), inner.height() - upper}, alignment,
              tell(RecordCells::ColumnTypeRole).toString(), false, m_hasMenus ? chevron : QList<Mark>());
    painter->restore();
}

bool RecordHeader::isOnMenu(QPoint position) const
{
    const int section = logicalIndexAt(position);
    if (!m_hasMenus || section < 0 || position.y() < m_theme.px(upperEdge + nameHeight))
        return false;
    const int left = sectionViewportPosition(section);
    const int grip = m_theme.px(resizeGrip);
    return position.x() > left + grip && position.x() < left + sectionSize(section) - grip;
}

void RecordHeader::mousePressEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (event->button() == Qt::LeftButton && isOnMenu(position)) {
        event->accept();
        Q_EMIT menuWanted(logicalIndexAt(position));
        return;
    }
    QHeaderView::mousePressEvent(event);
}

void RecordHeader::mouseMoveEvent(QMouseEvent *event)
{
    QHeaderView::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton)
        return;
    if (isOnMenu(event->position().toPoint()))
        viewport()->setCursor(Qt::PointingHandCursor);
    else if (viewport()->cursor().shape() == Qt::PointingHandCursor)
        viewport()->unsetCursor();
}

void RecordHeader::contextMenuEvent(QContextMenuEvent *event)
{
    const int section = logicalIndexAt(event->pos());
    if (m_hasMenus && section >= 0)
        Q_EMIT menuWanted(section);
}

} // namespace idstore
