// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_controller.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

namespace idstore {

namespace {

bool desktopIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    // Ours set aside, the application's palette is the desktop's.
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const QPalette desktop = QApplication::palette();
    QApplication::setPalette(ours);
    return desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
}

} // namespace

ThemeController::ThemeController(ThemeChoice choice, QObject *parent)
    : QObject(parent)
    , m_choice(choice)
    , m_theme(wanted(), QApplication::font())
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    qApp->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == ThemeChoice::System)
            apply();
    });
#endif
}

void ThemeController::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

bool ThemeController::eventFilter(QObject *watched, QEvent *event)
{
    // The desktop's colours or font changed. The application object hears of the font, windows hear of the colours.
    const bool colors = event->type() == QEvent::ThemeChange && m_choice == ThemeChoice::System;
    const bool font = event->type() == QEvent::ApplicationFontChange && watched == qApp;
    if ((colors || font) && !m_applying)
        QMetaObject::invokeMethod(
            this, [this] { apply(); }, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

ThemeVariant ThemeController::wanted() const
{
    switch (m_choice) {
    case ThemeChoice::Light:
        return ThemeVariant::Light;
    case ThemeChoice::Dark:
        return ThemeVariant::Dark;
    case ThemeChoice::HighContrast:
        return ThemeVariant::HighContrast;
    case ThemeChoice::System:
        break;
    }
    return desktopIsDark() ? ThemeVariant::Dark : ThemeVariant::Light;
}

void ThemeController::apply()
{
    m_applying = true;
    m_theme = Theme(wanted(), QApplication::font());
    QApplication::setPalette(m_theme.palette());
    qApp->setStyleSheet(m_theme.styleSheet());
    m_applying = false;
    Q_EMIT changed();
}

} // namespace idstore
