// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/text/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int railWidth = 192;
constexpr int collapsedWidth = 52;
constexpr int entryHeight = 34;
constexpr int iconPixels = 18;

} // namespace

RailButton::RailButton(const Theme &theme, const QString &icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_icon(icon)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailButton::setBadge(int count, BadgeKind kind)
{
    if (count == m_badge && kind == m_badgeKind)
        return;
    m_badge = count;
    m_badgeKind = kind;
    if (count == 0)
        setAccessibleName(text());
    else if (kind == BadgeKind::NeedsYou)
        setAccessibleName(tr("%1, needing you: %2").arg(text(), formatCount(count)));
    else
        setAccessibleName(tr("%1, running: %2").arg(text(), formatCount(count)));
    update();
}

void RailButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    setToolTip(collapsed ? text() : QString());
    updateGeometry();
    update();
}

QSize RailButton::sizeHint() const
{
    return {m_theme.px(m_collapsed ? 40 : 176), m_theme.px(entryHeight)};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool current = isChecked();
    const int radius = m_theme.px(6);
    painter.setPen(Qt::NoPen);
    if (current || underMouse()) {
        painter.setBrush(m_theme.color(current ? ColorRole::Selected : ColorRole::SelectedIdle));
        painter.drawRoundedRect(rect(), radius, radius);
    }
    const auto place = [this](const QRect &logical) { return QStyle::visualRect(layoutDirection(), rect(), logical); };
    if (current) {
        painter.setBrush(m_theme.color(ColorRole::Accent));
        painter.drawRoundedRect(place(QRect(0, m_theme.px(9), 3, height() - 2 * m_theme.px(9))), 2, 2);
    }
    const int icon = m_theme.px(iconPixels);
    const int iconLeft = m_collapsed ? (width() - icon) / 2 : m_theme.px(10);
    m_theme.paintIcon(painter, place(QRect(iconLeft, (height() - icon) / 2, icon, icon)), m_icon,
                      current ? ColorRole::Link : ColorRole::Muted);
    if (!m_collapsed) {
        const int left = iconLeft + icon + m_theme.px(10);
        painter.setFont(m_theme.font(TextStyle::Strong));
        painter.setPen(m_theme.color(current ? ColorRole::Text : ColorRole::Muted));
        painter.drawText(place(QRect(left, 0, width() - left, height())), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    if (m_badge == 0)
        return;

    const QFont font = m_theme.font(TextStyle::CaptionStrong);
    const QString count = formatCount(m_badge);
    const int badgeHeight = m_theme.px(m_collapsed ? 15 : 16);
    const int badgeWidth = qMax(m_theme.px(m_collapsed ? 15 : 18),
                                QFontMetrics(font).horizontalAdvance(count) + m_theme.px(m_collapsed ? 6 : 10));
    const QRect badge = place(m_collapsed ? QRect(width() - badgeWidth, 0, badgeWidth, badgeHeight)
                                          : QRect(width() - badgeWidth - m_theme.px(8), (height() - badgeHeight) / 2,
                                                  badgeWidth, badgeHeight));
    const bool urgent = m_badgeKind == BadgeKind::NeedsYou;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(urgent ? ColorRole::PillSigninBg : ColorRole::PillIngestingBg));
    painter.drawRoundedRect(badge, badgeHeight / 2.0, badgeHeight / 2.0);
    painter.setPen(m_theme.color(urgent ? ColorRole::PillSigninFg : ColorRole::PillIngestingFg));
    painter.setFont(font);
    painter.drawText(badge, Qt::AlignCenter, count);
}

RailFootLine::RailFootLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailFootLine::setLine(Dot dot, const QString &text, bool strong, const QString &toolTip, const QString &shorter)
{
    m_shorter = shorter;
    m_dot = dot;
    m_text = text;
    m_strong = strong;
    setAccessibleName(text);
    setToolTip(toolTip.isEmpty() ? text : toolTip);
    update();
}

void RailFootLine::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    update();
}

QSize RailFootLine::sizeHint() const
{
    return {m_theme.px(20), m_theme.px(20)};
}

void RailFootLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal side = m_theme.px(8);
    const int left = m_collapsed ? static_cast<int>((width() - side) / 2) : 0;
    QRectF dot = QStyle::visualRect(
        layoutDirection(), rect(),
        QRect(left, static_cast<int>((height() - side) / 2), static_cast<int>(side), static_cast<int>(side)));
    switch (m_dot) {
    case Dot::Off:
        painter.setPen(QPen(m_theme.color(ColorRole::BorderStrong), 1.5));
        dot.adjust(0.75, 0.75, -0.75, -0.75);
        break;
    case Dot::Good:
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::Success));
        break;
    case Dot::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::BarFill));
        break;
    case Dot::Bad:
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::Danger));
        break;
    }
    painter.drawEllipse(dot);
    if (m_collapsed)
        return;
    const int textLeft = static_cast<int>(side) + m_theme.px(7);
    const QRect text = QStyle::visualRect(layoutDirection(), rect(), QRect(textLeft, 0, width() - textLeft, height()));
    const QFont font = m_theme.font(m_strong ? TextStyle::SmallStrong : TextStyle::Small);
    painter.setFont(font);
    painter.setPen(m_theme.color(m_strong ? ColorRole::Text : ColorRole::Muted));
    const QFontMetrics metrics(font);
    const bool fits = m_shorter.isEmpty() || metrics.horizontalAdvance(m_text) <= text.width();
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(fits ? m_text : m_shorter, Qt::ElideRight, text.width()));
}

Rail::Rail(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_entries(new QVBoxLayout)
    , m_server(new RailFootLine(theme, this))
    , m_running(new RailFootLine(theme, this))
{
    setAccessibleName(tr("Pages"));
    setProperty("plane", QStringLiteral("window"));
    setAttribute(Qt::WA_StyledBackground);
    m_group->setExclusive(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(10));
    column->setSpacing(0);
    m_entries->setSpacing(theme.px(2));
    column->addLayout(m_entries);
    column->addStretch();
    column->addWidget(makeLine(this));
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(theme.px(10), theme.px(10), 0, 0);
    foot->setSpacing(0);
    foot->addWidget(m_server);
    foot->addWidget(m_running);
    column->addLayout(foot);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int page, bool checked) {
        if (checked)
            Q_EMIT chosen(page);
    });
    setRunning(0, 0);
    setCollapsed(false);
}

void Rail::addEntry(int page, const QString &icon, const QString &text)
{
    auto *button = new RailButton(m_theme, icon, text, this);
    button->setCollapsed(m_collapsed);
    m_group->addButton(button, page);
    m_entries->addWidget(button);
}

void Rail::setCurrent(int page)
{
    if (QAbstractButton *button = m_group->button(page))
        button->setChecked(true);
}

void Rail::setBadge(int page, int count, BadgeKind kind)
{
    if (auto *button = qobject_cast<RailButton *>(m_group->button(page)))
        button->setBadge(count, kind);
}

void Rail::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    setFixedWidth(m_theme.px(collapsed ? collapsedWidth : railWidth));
    const int side = m_theme.px(collapsed ? 6 : 8);
    layout()->setContentsMargins(side, m_theme.px(6), side, m_theme.px(10));
    for (QAbstractButton *button : m_group->buttons())
        qobject_cast<RailButton *>(button)->setCollapsed(collapsed);
    m_server->setCollapsed(collapsed);
    m_running->setCollapsed(collapsed);
    if (QLayoutItem *foot = layout()->itemAt(layout()->count() - 1); foot && foot->layout())
        foot->layout()->setContentsMargins(collapsed ? 0 : m_theme.px(10), m_theme.px(10), 0, 0);
}

void Rail::setServer(const QString &address, const QString &problem)
{
    if (address.isEmpty())
        m_server->setLine(problem.isEmpty() ? RailFootLine::Dot::Off : RailFootLine::Dot::Bad,
                          tr("Scripts cannot connect"), false, problem);
    else
        m_server->setLine(RailFootLine::Dot::Good, address, true,
                          problem.isEmpty() ? tr("Scripts connect to %1").arg(address) : problem);
}

void Rail::setRunning(int count, double rowsPerSecond)
{
    if (count == 0) {
        m_running->setLine(RailFootLine::Dot::Off, tr("Nothing running"), false);
        return;
    }
    const QString runs = tr("%1 running").arg(formatCount(count));
    if (rowsPerSecond <= 0) {
        m_running->setLine(RailFootLine::Dot::Running, runs, false);
        return;
    }
    const QString rate = QStringLiteral(" · ") % formatRate(rowsPerSecond);
    m_running->setLine(RailFootLine::Dot::Running, QString(runs % rate), false, {}, QString(formatCount(count) % rate));
}

} // namespace idstore
