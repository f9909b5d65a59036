// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/icon_cache.h"

#include <QFile>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace idstore {

namespace {

constexpr double bodyPixels = 13; // the design's body size, which the application's font stands for
constexpr double bodyLine = 16; // its natural line height

QString variantKey(ThemeVariant variant)
{
    switch (variant) {
    case ThemeVariant::Light:
        return QStringLiteral("light");
    case ThemeVariant::Dark:
        return QStringLiteral("dark");
    case ThemeVariant::HighContrast:
        break;
    }
    return QStringLiteral("hc");
}

std::array<QColor, colorRoleCount> readColors(ThemeVariant variant)
{
    QFile file(QStringLiteral(":/idstore/theme/tokens.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened)
    const QJsonObject values = QJsonDocument::fromJson(file.readAll()).object().value(variantKey(variant)).toObject();
    std::array<QColor, colorRoleCount> colors;
    for (std::size_t i = 0; i < colorRoleCount; ++i)
        colors[i] = QColor(values.value(QLatin1StringView(colorRoleNames[i])).toString());
    return colors;
}

struct StyleRule
{
    double size;
    QFont::Weight weight;
};

StyleRule ruleOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Welcome:
        return {22, QFont::DemiBold};
    case TextStyle::PageTitle:
        return {18, QFont::DemiBold};
    case TextStyle::PanelTitle:
        return {15, QFont::DemiBold};
    case TextStyle::Section:
        return {13, QFont::DemiBold};
    case TextStyle::Body:
        return {13, QFont::Normal};
    case TextStyle::Strong:
        return {13, QFont::Medium};
    case TextStyle::Small:
    case TextStyle::Mono:
        return {12, QFont::Normal};
    case TextStyle::SmallStrong:
        return {12, QFont::Medium};
    case TextStyle::Caption:
        return {11, QFont::Normal};
    case TextStyle::CaptionStrong:
        break;
    }
    return {11, QFont::Medium};
}

} // namespace

Theme::Theme(ThemeVariant variant, const QFont &applicationFont)
    : m_variant(variant)
    , m_font(applicationFont)
    , m_unit(std::max(1.0, std::round(QFontMetricsF(applicationFont).height()) / bodyLine))
    , m_colors(readColors(variant))
    , m_icons(std::make_shared<IconCache>())
{}

QFont Theme::font(TextStyle style) const
{
    const StyleRule rule = ruleOf(style);
    QFont font = m_font;
    if (style == TextStyle::Mono) {
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setStyleHint(QFont::Monospace);
    }
    const double factor = rule.size / bodyPixels;
    if (m_font.pixelSize() > 0)
        font.setPixelSize(static_cast<int>(std::lround(m_font.pixelSize() * factor)));
    else
        font.setPointSizeF(m_font.pointSizeF() * factor);
    font.setWeight(rule.weight);
    return font;
}

int Theme::px(double pixels) const
{
    return static_cast<int>(std::lround(pixels * m_unit));
}

QPalette Theme::palette() const
{
    QPalette palette;
    const QColor text = color(ColorRole::Text);
    palette.setColor(QPalette::Window, color(ColorRole::Window));
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, color(ColorRole::AccentText));
    palette.setColor(QPalette::Base, color(ColorRole::Surface));
    palette.setColor(QPalette::AlternateBase, color(ColorRole::Sunken));
    palette.setColor(QPalette::Button, color(ColorRole::Raised));
    palette.setColor(QPalette::ToolTipBase, color(ColorRole::Raised));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, color(ColorRole::Selected));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(ColorRole::SelectedIdle));
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::PlaceholderText, color(ColorRole::Muted));
    palette.setColor(QPalette::Link, color(ColorRole::Link));
    palette.setColor(QPalette::LinkVisited, color(ColorRole::Link));
    palette.setColor(QPalette::Light, color(ColorRole::Raised));
    palette.setColor(QPalette::Midlight, color(ColorRole::Hover));
    palette.setColor(QPalette::Mid, color(ColorRole::Border));
    palette.setColor(QPalette::Dark, color(ColorRole::BorderStrong));
    palette.setColor(QPalette::Shadow, color(ColorRole::BorderStrong));
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, color(ColorRole::Accent));
#endif
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::ButtonText, QPalette::WindowText})
        palette.setColor(QPalette::Disabled, role, color(ColorRole::Disabled));
    return palette;
}

QIcon Theme::icon(const QString &name, ColorRole role) const
{
    return icon(name, role, role);
}

QIcon Theme::icon(const QString &name, ColorRole role, ColorRole checkedRole) const
{
    return QIcon(new ThemedIconEngine(*this, name, role, checkedRole)); // QIcon owns the engine
}

QPixmap Theme::iconPixmap(const QString &name, ColorRole role, int size, qreal devicePixelRatio) const
{
    return m_icons->pixmap(name, color(role), size, devicePixelRatio);
}

void Theme::paintIcon(QPainter &painter, const QRectF &rect, const QString &name, ColorRole role) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int size = static_cast<int>(std::lround(std::min(rect.width(), rect.height())));
    const QPointF corner(std::round(rect.center().x() - size / 2.0), std::round(rect.center().y() - size / 2.0));
    painter.drawPixmap(corner, iconPixmap(name, role, size, ratio));
}

bool Theme::hasIcon(const QString &name)
{
    return QFile::exists(IconCache::filePath(name));
}

} // namespace idstore
