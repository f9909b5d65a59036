// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/painting.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace idstore {

namespace {

constexpr int barHeight = 6;
constexpr double tileRadius = 0.22; // of its side

std::pair<ColorRole, ColorRole> tileColors(ConnectorCategory category)
{
    switch (category) {
    case ConnectorCategory::Database:
        return {ColorRole::CatDatabases, ColorRole::CatDatabasesBg};
    case ConnectorCategory::CloudFile:
        return {ColorRole::CatCloudFiles, ColorRole::CatCloudFilesBg};
    case ConnectorCategory::SignIn:
        return {ColorRole::CatSignIn, ColorRole::CatSignInBg};
    case ConnectorCategory::Application:
        return {ColorRole::CatApps, ColorRole::CatAppsBg};
    case ConnectorCategory::File:
        break;
    }
    return {ColorRole::CatFile, ColorRole::CatFileBg};
}

} // namespace

void paintProgressBar(QPainter &painter, const QRectF &rect, const Theme &theme, double fraction, bool waiting)
{
    const qreal height = theme.px(barHeight);
    const QRectF track(rect.left(), rect.center().y() - height / 2, rect.width(), height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(ColorRole::BarTrack));
    painter.drawRoundedRect(track, height / 2, height / 2);
    QRectF fill = track;
    fill.setWidth(track.width() * std::clamp(fraction, 0.0, 1.0));
    if (painter.layoutDirection() == Qt::RightToLeft)
        fill.moveRight(track.right());
    if (fill.width() > 0) {
        fill.setWidth(std::max(fill.width(), height));
        painter.setBrush(theme.color(waiting ? ColorRole::Warning : ColorRole::BarFill));
        painter.drawRoundedRect(fill, height / 2, height / 2);
    }
    painter.restore();
}

void paintSpinner(QPainter &painter, const QRectF &rect, const Theme &theme, double turn)
{
    constexpr int sixteenths = 16; // QPainter's angles
    constexpr int arc = 100;
    const qreal stroke = std::max(2.0, rect.width() / 8);
    const QRectF ring = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(ColorRole::BarTrack), stroke));
    painter.drawEllipse(ring);
    painter.setPen(QPen(theme.color(ColorRole::BarFill), stroke, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, static_cast<int>((90 - turn * 360) * sixteenths), -arc * sixteenths);
    painter.restore();
}

void paintTile(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &sourceType,
               ConnectorCategory category)
{
    const auto [foreground, background] = tileColors(category);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(background));
    painter.drawRoundedRect(rect, rect.width() * tileRadius, rect.height() * tileRadius);
    painter.restore();
    const QString name = QLatin1StringView("connector-") + sourceType;
    theme.paintIcon(painter, rect, Theme::hasIcon(name) ? name : QStringLiteral("connector-file"), foreground);
}

} // namespace idstore
