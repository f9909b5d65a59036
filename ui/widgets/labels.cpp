// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/labels.h"

#include "ui/widgets/painting.h"

#include <QPainter>

namespace idstore {

namespace {

void setTone(QLabel &label, Tone tone)
{
    switch (tone) {
    case Tone::Normal:
        break;
    case Tone::Muted:
        label.setProperty("tone", QStringLiteral("muted"));
        break;
    case Tone::Danger:
        label.setProperty("tone", QStringLiteral("danger"));
        break;
    case Tone::Success:
        label.setProperty("tone", QStringLiteral("success"));
        break;
    case Tone::Warning:
        label.setProperty("tone", QStringLiteral("warning"));
        break;
    }
}

} // namespace

QLabel *makeLabel(const Theme &theme, TextStyle style, const QString &text, QWidget *parent, Tone tone)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme.font(style));
    setTone(*label, tone);
    return label;
}

QLabel *makeText(const Theme &theme, TextStyle style, const QString &text, QWidget *parent, Tone tone)
{
    QLabel *label = makeLabel(theme, style, text, parent, tone);
    label->setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    return label;
}

QLabel *makeTag(const Theme &theme, const QString &kind, const QString &text, QWidget *parent)
{
    QLabel *label = makeLabel(theme, TextStyle::CaptionStrong, text, parent);
    label->setProperty("tag", kind);
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return label;
}

QWidget *makeLine(QWidget *parent, Qt::Orientation orientation)
{
    QWidget *line = makePlane(QStringLiteral("line"), parent);
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

QWidget *makePlane(const QString &plane, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    widget->setProperty("plane", plane);
    widget->setAttribute(Qt::WA_StyledBackground);
    return widget;
}

ElidedLabel::ElidedLabel(const Theme &theme, TextStyle style, QWidget *parent, Tone tone)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(theme.font(style));
    setTone(*this, tone);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 3, fontMetrics().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, m_mode, width());
    setToolTip(shown == m_text ? QString() : m_text);
    setText(shown);
}

TileLabel::TileLabel(const Theme &theme, int side, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(theme.px(side), theme.px(side));
}

void TileLabel::setConnector(const QString &sourceType, ConnectorCategory category)
{
    m_sourceType = sourceType;
    m_category = category;
    update();
}

void TileLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintTile(painter, rect(), m_theme, m_sourceType, m_category);
}

IconLabel::IconLabel(const Theme &theme, const QString &icon, int size, ColorRole role, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_role(role)
{
    setFixedSize(theme.px(size), theme.px(size));
}

void IconLabel::setIcon(const QString &icon, ColorRole role)
{
    m_icon = icon;
    m_role = role;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_theme.paintIcon(painter, rect(), m_icon, m_role);
}

} // namespace idstore
