// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/appearance_picture.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace idstore {

namespace {

ThemeVariant firstVariant(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Dark:
        return ThemeVariant::Dark;
    case ThemeChoice::HighContrast:
        return ThemeVariant::HighContrast;
    case ThemeChoice::System:
    case ThemeChoice::Light:
        break;
    }
    return ThemeVariant::Light;
}

} // namespace

AppearancePicture::AppearancePicture(const Theme &theme, ThemeChoice choice, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_first(firstVariant(choice), font())
    , m_second(choice == ThemeChoice::System ? ThemeVariant::Dark : firstVariant(choice), font())
{
    setFixedSize(theme.px(108), theme.px(70));
}

void AppearancePicture::setChosen(bool chosen)
{
    m_chosen = chosen;
    update();
}

void AppearancePicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(4, 4, -4, -4);
    QPainterPath shape;
    shape.addRoundedRect(frame, m_theme.px(5), m_theme.px(5));
    painter.setClipPath(shape);
    paintWindow(painter, frame, m_first);
    painter.setClipRect(QRectF(frame.center().x(), frame.top(), frame.width(), frame.height()), Qt::IntersectClip);
    paintWindow(painter, frame, m_second);
    painter.setClipping(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.color(ColorRole::ControlBorder), 1));
    painter.drawPath(shape);
    if (m_chosen) {
        painter.setPen(QPen(m_theme.color(ColorRole::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.px(7), m_theme.px(7));
    }
}

void AppearancePicture::paintWindow(QPainter &painter, const QRectF &frame, const Theme &look) const
{
    const double unit = frame.width() / 100;
    const auto bar = [&](double x, double y, double width, double height, ColorRole role) {
        painter.setBrush(look.color(role));
        painter.drawRoundedRect(QRectF(frame.left() + x * unit, frame.top() + y * unit, width * unit, height * unit), 1,
                                1);
    };
    painter.setPen(Qt::NoPen);
    bar(0, 0, 100, 70, ColorRole::Surface);
    bar(0, 0, 24, 70, ColorRole::Window);
    bar(5, 12, 13, 3, ColorRole::Muted);
    bar(5, 20, 13, 3, ColorRole::Muted);
    bar(32, 13, 28, 4, ColorRole::Text);
    bar(74, 12, 18, 7, ColorRole::Accent);
    bar(32, 28, 60, 3, ColorRole::BorderStrong);
    bar(32, 37, 48, 3, ColorRole::BorderStrong);
}

void AppearancePicture::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT clicked();
}

} // namespace idstore
