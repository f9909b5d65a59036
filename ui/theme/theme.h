// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/color_role.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QPixmap>
#include <QString>

#include <array>
#include <memory>

class QPainter;
class QRectF;

namespace idstore {

class IconCache;

enum class ThemeVariant { Light, Dark, HighContrast };

/// The text styles of the window, all derived from the application's font (13 px stands for its size).
enum class TextStyle {
    Welcome, ///< 22, semibold
    PageTitle, ///< 18, semibold
    PanelTitle, ///< 15, semibold
    Section, ///< 13, semibold
    Body, ///< 13
    Strong, ///< 13, medium: names and buttons
    Small, ///< 12: help, notes, second lines
    SmallStrong, ///< 12, medium: pills, table headers
    Caption, ///< 11
    CaptionStrong, ///< 11, medium
    Mono, ///< 12, the system's fixed font
};

/// One look: colours by role, text styles, lengths and icons. Built from resources/theme/tokens.json and a font; a
/// value. Widgets and delegates hold a reference to the one in use, whose content changes with the theme: take
/// colours at painting time, never keep them. GUI thread only.
/// Lengths are device-independent pixels.
class Theme
{
public:
    Theme(ThemeVariant variant, const QFont &applicationFont);

    [[nodiscard]] ThemeVariant variant() const { return m_variant; }
    [[nodiscard]] bool isHighContrast() const { return m_variant == ThemeVariant::HighContrast; }
    [[nodiscard]] QColor color(ColorRole role) const { return m_colors[static_cast<std::size_t>(role)]; }
    [[nodiscard]] QFont font(TextStyle style) const;

    /// `pixels` at the platform's default font, grown with larger system text; never shrunk.
    [[nodiscard]] int px(double pixels) const;
    [[nodiscard]] int controlHeight() const { return px(30); }
    [[nodiscard]] int smallControlHeight() const { return px(26); }

    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QString styleSheet() const;

    /// An icon that takes its colour from this theme whenever it is painted: it follows a change of theme by itself.
    /// Disabled controls get ColorRole::Disabled. The theme must outlive it.
    [[nodiscard]] QIcon icon(const QString &name, ColorRole role = ColorRole::Text) const;
    /// `checkedRole` for the icon of a checked control.
    [[nodiscard]] QIcon icon(const QString &name, ColorRole role, ColorRole checkedRole) const;
    [[nodiscard]] QPixmap iconPixmap(const QString &name, ColorRole role, int size, qreal devicePixelRatio) const;
    void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, ColorRole role) const;
    /// True when there is an icon of this name.
    [[nodiscard]] static bool hasIcon(const QString &name);

private:
    ThemeVariant m_variant;
    QFont m_font;
    double m_unit = 1;
    std::array<QColor, colorRoleCount> m_colors;
    std::shared_ptr<IconCache> m_icons;
};

} // namespace idstore
