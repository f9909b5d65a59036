// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chips.h"

#include "ui/text/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/flow_layout.h"

#include <QButtonGroup>
#include <QPainter>
#include <QStyle>

namespace idstore {

namespace {

constexpr int sidePadding = 10;
constexpr int countGap = 6;
constexpr int badgePadding = 5;
constexpr int badgeHeight = 16;

} // namespace

Chip::Chip(const Theme &theme, const QString &text, QWidget *parent)
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

void Chip::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    setAccessibleName(count < 0 ? text() : tr("%1, %2").arg(text(), formatCount(count)));
    updateGeometry();
    update();
}

void Chip::setUrgent(bool urgent)
{
    m_urgent = urgent;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::SmallStrong));
    int width = 2 * m_theme.px(sidePadding) + metrics.horizontalAdvance(text());
    if (m_count >= 0)
        width += m_theme.px(countGap) + metrics.horizontalAdvance(formatCount(m_count)) +
                 (m_urgent ? 2 * m_theme.px(badgePadding) : 0);
    return {width, m_theme.smallControlHeight()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal radius = height() / 2.0;
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(isChecked() ? ColorRole::Selected : ColorRole::Hover));
        painter.drawRoundedRect(rect(), radius, radius);
    }
    const QFont font = m_theme.font(TextStyle::SmallStrong);
    const QFontMetrics metrics(font);
    const auto place = [this](int left, int extent) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, extent, height()));
    };
    int x = m_theme.px(sidePadding);
    const int textWidth = metrics.horizontalAdvance(text());
    painter.setFont(font);
    painter.setPen(m_theme.color(isChecked() ? ColorRole::Text : ColorRole::Muted));
    painter.drawText(place(x, textWidth), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, text());
    if (m_count < 0)
        return;
    x += textWidth + m_theme.px(countGap);
    const QString count = formatCount(m_count);
    int countWidth = metrics.horizontalAdvance(count);
    if (m_urgent && m_count > 0) {
        countWidth += 2 * m_theme.px(badgePadding);
        QRectF badge = place(x, countWidth);
        badge.setHeight(m_theme.px(badgeHeight));
        badge.moveCenter(QPointF(badge.center().x(), rect().height() / 2.0));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::PillSigninBg));
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
        painter.setPen(m_theme.color(ColorRole::PillSigninFg));
        painter.setFont(m_theme.font(TextStyle::CaptionStrong));
        painter.drawText(badge, Qt::AlignCenter, count);
        return;
    }
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color(ColorRole::Muted));
    painter.drawText(place(x, countWidth), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, count);
}

ChipBar::ChipBar(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_layout(new FlowLayout(this, theme.px(2)))
{
    setAccessibleName(accessibleName);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (checked)
            Q_EMIT chosenChanged(id);
    });
}

Chip *ChipBar::addChip(int id, const QString &text)
{
    auto *chip = new Chip(m_theme, text, this);
    chip->setChecked(m_group->buttons().isEmpty());
    m_group->addButton(chip, id);
    m_layout->addWidget(chip);
    return chip;
}

Chip *ChipBar::chip(int id) const
{
    return qobject_cast<Chip *>(m_group->button(id));
}

int ChipBar::chosen() const
{
    return m_group->checkedId();
}

void ChipBar::choose(int id)
{
    if (QAbstractButton *button = m_group->button(id))
        button->setChecked(true);
}

} // namespace idstore
