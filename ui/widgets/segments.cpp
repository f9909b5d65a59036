// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segments.h"

#include "ui/theme/theme.h"
#include "ui/widgets/flow_layout.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QPainter>
#include <QStyle>

namespace idstore {

namespace {

constexpr int sidePadding = 12;
constexpr int radius = 6;

class Segment final : public QAbstractButton
{
public:
    Segment(const Theme &theme, const QString &text, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
    {
        setText(text);
        setAccessibleName(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(m_theme.font(TextStyle::Strong));
        return {metrics.horizontalAdvance(text()) + 2 * m_theme.px(sidePadding), m_theme.controlHeight()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        // The edge between two is drawn by both, so that it stays one pixel wide.
        const QList<QAbstractButton *> all = group()->buttons();
        const bool isFirst = all.first() == this;
        const bool isLast = all.last() == this;
        const qreal round = m_theme.px(radius);
        QRectF shape = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        if (!(mirrored ? isLast : isFirst))
            shape.setLeft(shape.left() - round);
        if (!(mirrored ? isFirst : isLast))
            shape.setRight(shape.right() + round + (mirrored ? 0 : 1));
        painter.setClipRect(rect());
        painter.setPen(m_theme.color(ColorRole::ControlBorder));
        painter.setBrush(m_theme.color(isChecked()    ? ColorRole::Selected
                                       : underMouse() ? ColorRole::Hover
                                                      : ColorRole::Surface));
        painter.drawRoundedRect(shape, round, round);
        if (!(mirrored ? isLast : isFirst))
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, height() - 1));
        painter.setFont(m_theme.font(TextStyle::Strong));
        painter.setPen(m_theme.color(isChecked() ? ColorRole::Text : ColorRole::Muted));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    const Theme &m_theme;
};

} // namespace

Segments::Segments(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_layout(new FlowLayout(this, 0))
{
    setAccessibleName(accessibleName);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::chosen);
}

void Segments::addSegment(const QString &text)
{
    auto *segment = new Segment(m_theme, text, this);
    const int number = static_cast<int>(m_group->buttons().size());
    segment->setChecked(number == 0);
    m_group->addButton(segment, number);
    m_layout->addWidget(segment);
}

void Segments::choose(int segment)
{
    if (QAbstractButton *button = m_group->button(segment))
        button->setChecked(true);
}

int Segments::current() const
{
    return m_group->checkedId();
}

} // namespace idstore
