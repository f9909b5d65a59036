// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/color_role.h"

#include <QColor>
#include <QHash>
#include <QIconEngine>
#include <QPixmap>
#include <QString>

namespace idstore {

class Theme;

/// Draws the icons of resources/icons in any colour: replaces `currentColor` before rendering and keeps the pixmap by
/// name, size, colour and device pixel ratio. GUI thread only.
class IconCache
{
public:
    /// A square pixmap of `size` device-independent pixels; transparent when there is no such icon.
    [[nodiscard]] QPixmap pixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio);
    [[nodiscard]] static QString filePath(const QString &name);

private:
    struct Key
    {
        QString name;
        QRgb color;
        int size;
        int permilleRatio;

        bool operator==(const Key &) const = default;
    };
    friend size_t qHash(const Key &key, size_t seed)
    {
        return qHashMulti(seed, key.name, key.color, key.size, key.permilleRatio);
    }

    QHash<Key, QPixmap> m_pixmaps;
};

/// The engine behind Theme::icon(): asks the theme for the colour each time it paints.
class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(const Theme &theme, QString name, ColorRole role, ColorRole checkedRole);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine *clone() const override;
    [[nodiscard]] QString key() const override { return QStringLiteral("idstore"); }
    [[nodiscard]] bool isNull() override { return false; }

private:
    [[nodiscard]] ColorRole roleFor(QIcon::Mode mode, QIcon::State state) const;

    const Theme &m_theme;
    QString m_name;
    ColorRole m_role;
    ColorRole m_checkedRole;
};

} // namespace idstore
