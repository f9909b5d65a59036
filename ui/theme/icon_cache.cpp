// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon_cache.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace idstore {

QString IconCache::filePath(const QString &name)
{
    return QStringLiteral(":/idstore/icons/%1.svg").arg(name);
}

QPixmap IconCache::pixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio)
{
    const Key key{name, color.rgba(), size, static_cast<int>(std::lround(devicePixelRatio * 1000))};
    const auto found = m_pixmaps.constFind(key);
    if (found != m_pixmaps.constEnd())
        return *found;

    const int side = std::max(1, static_cast<int>(std::lround(size * devicePixelRatio)));
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QFile file(filePath(name));
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, side, side));
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    m_pixmaps.insert(key, pixmap);
    return pixmap;
}

ThemedIconEngine::ThemedIconEngine(const Theme &theme, QString name, ColorRole role, ColorRole checkedRole)
    : m_theme(theme)
    , m_name(std::move(name))
    , m_role(role)
    , m_checkedRole(checkedRole)
{}

void ThemedIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    m_theme.paintIcon(*painter, rect, m_name, roleFor(mode, state));
}

QPixmap ThemedIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap ThemedIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale)
{
    // `size` is in device pixels; QIcon sets the ratio on the pixmap it hands out.
    QPixmap pixmap =
        m_theme.iconPixmap(m_name, roleFor(mode, state),
                           static_cast<int>(std::lround(std::min(size.width(), size.height()) / scale)), scale);
    return pixmap;
}

QIconEngine *ThemedIconEngine::clone() const
{
    return new ThemedIconEngine(*this); // the caller owns it
}

ColorRole ThemedIconEngine::roleFor(QIcon::Mode mode, QIcon::State state) const
{
    if (mode == QIcon::Disabled)
        return ColorRole::Disabled;
    return state == QIcon::On ? m_checkedRole : m_role;
}

} // namespace idstore
