// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/buttons.h"

#include "ui/theme/theme.h"

#include <QStyle>
#include <QStyleOptionButton>
#include <QStylePainter>

namespace idstore {

namespace {

constexpr int iconGap = 6;

QString roleWord(ButtonRole role)
{
    switch (role) {
    case ButtonRole::Primary:
        return QStringLiteral("primary");
    case ButtonRole::Quiet:
        return QStringLiteral("quiet");
    case ButtonRole::Danger:
        return QStringLiteral("danger");
    case ButtonRole::Destroy:
        return QStringLiteral("destroy");
    case ButtonRole::Link:
        return QStringLiteral("link");
    case ButtonRole::Standard:
        break;
    }
    return QStringLiteral("standard");
}

QString extentWord(ButtonExtent extent)
{
    switch (extent) {
    case ButtonExtent::Small:
        return QStringLiteral("small");
    case ButtonExtent::Large:
        return QStringLiteral("large");
    case ButtonExtent::Normal:
        break;
    }
    return QStringLiteral("normal");
}

} // namespace

Button::Button(const Theme &theme, ButtonRole role, const QString &text, QWidget *parent, const QString &icon,
               ButtonExtent extent)
    : QPushButton(text, parent)
    , m_theme(theme)
    , m_role(role)
    , m_extent(extent)
    , m_icon(icon)
{
    setRole(role);
    setProperty("extent", extentWord(extent));
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    if (role == ButtonRole::Link)
        setCursor(Qt::PointingHandCursor);
}

void Button::setIconName(const QString &icon)
{
    m_icon = icon;
    updateGeometry();
    update();
}

void Button::setHint(const QString &hint)
{
    m_hint = hint;
    updateGeometry();
    update();
}

void Button::setRole(ButtonRole role)
{
    m_role = role;
    setButtonRole(*this, role);
    update();
}

int Button::padding() const
{
    if (m_role == ButtonRole::Link)
        return 0;
    switch (m_extent) {
    case ButtonExtent::Small:
        return m_theme.px(9);
    case ButtonExtent::Large:
        return m_theme.px(16);
    case ButtonExtent::Normal:
        break;
    }
    return m_theme.px(12);
}

int Button::hintWidth() const
{
    if (m_hint.isEmpty())
        return 0;
    return QFontMetrics(m_theme.font(TextStyle::Caption)).horizontalAdvance(m_hint) + m_theme.px(10);
}

ColorRole Button::textRole() const
{
    if (!isEnabled())
        return m_role == ButtonRole::Primary ? ColorRole::Muted : ColorRole::Disabled;
    switch (m_role) {
    case ButtonRole::Primary:
    case ButtonRole::Destroy:
        return ColorRole::AccentText;
    case ButtonRole::Danger:
        return ColorRole::Danger;
    case ButtonRole::Link:
        return ColorRole::Link;
    case ButtonRole::Standard:
    case ButtonRole::Quiet:
        break;
    }
    return ColorRole::Text;
}

QSize Button::sizeHint() const
{
    const QFont font = m_theme.font(m_extent == ButtonExtent::Small ? TextStyle::SmallStrong : TextStyle::Strong);
    const QFontMetrics metrics(font);
    int width = 2 * padding() + metrics.size(Qt::TextShowMnemonic, text()).width() + hintWidth() + 2;
    if (!m_icon.isEmpty())
        width += m_theme.px(16 + iconGap);
    int height = m_theme.controlHeight();
    if (m_role == ButtonRole::Link)
        height = m_theme.px(20);
    else if (m_extent == ButtonExtent::Small)
        height = m_theme.smallControlHeight();
    else if (m_extent == ButtonExtent::Large)
        height = m_theme.px(34);
    return {width, height};
}

void Button::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    QFont font = m_theme.font(m_extent == ButtonExtent::Small ? TextStyle::SmallStrong : TextStyle::Strong);
    if (m_role == ButtonRole::Link && underMouse() && isEnabled())
        font.setUnderline(true);
    const QFontMetrics metrics(font);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text()).width();
    const int iconWidth = m_icon.isEmpty() ? 0 : m_theme.px(16) + (text().isEmpty() ? 0 : m_theme.px(iconGap));
    const int content = iconWidth + textWidth + hintWidth();
    int x = m_role == ButtonRole::Link ? 0 : (width() - content) / 2;
    const auto place = [this](int left, int extent) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, extent, height()));
    };
    const ColorRole role = textRole();
    if (!m_icon.isEmpty())
        m_theme.paintIcon(painter, place(x, m_theme.px(16)), m_icon, role);
    x += iconWidth;
    painter.setFont(font);
    painter.setPen(m_theme.color(role));
    painter.drawText(place(x, textWidth), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextDontClip,
                     text());
    if (m_hint.isEmpty())
        return;
    x += textWidth + m_theme.px(10);
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(m_theme.color(role == ColorRole::Text ? ColorRole::Muted : role));
    painter.drawText(place(x, hintWidth()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, m_hint);
}

QToolButton *makeIconButton(const Theme &theme, const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(theme.icon(icon, ColorRole::Muted, ColorRole::Link));
    button->setIconSize(QSize(theme.px(16), theme.px(16)));
    button->setFixedSize(theme.smallControlHeight(), theme.smallControlHeight());
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void setButtonRole(QPushButton &button, ButtonRole role)
{
    button.setProperty("role", roleWord(role));
    if (button.style()) {
        button.style()->unpolish(&button);
        button.style()->polish(&button);
    }
}

} // namespace idstore
