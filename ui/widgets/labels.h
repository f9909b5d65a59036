// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QLabel>

namespace idstore {

enum class Tone { Normal, Muted, Danger, Success, Warning };

/// A label in a text style of the theme. Plain text.
[[nodiscard]] QLabel *makeLabel(const Theme &theme, TextStyle style, const QString &text, QWidget *parent,
                                Tone tone = Tone::Normal);
/// A label that wraps.
[[nodiscard]] QLabel *makeText(const Theme &theme, TextStyle style, const QString &text, QWidget *parent,
                               Tone tone = Tone::Normal);
/// A small coloured tag; `kind`: "new", "changed", "removed" or "same".
[[nodiscard]] QLabel *makeTag(const Theme &theme, const QString &kind, const QString &text, QWidget *parent);
/// A 1 px line, lying down or standing.
[[nodiscard]] QWidget *makeLine(QWidget *parent, Qt::Orientation orientation = Qt::Horizontal);
/// A widget whose ground is `plane`: "window", "surface", "sunken", "footer".
[[nodiscard]] QWidget *makePlane(const QString &plane, QWidget *parent);

/// One line of data that elides (the end by default) and shows the whole text in its tooltip.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    ElidedLabel(const Theme &theme, TextStyle style, QWidget *parent, Tone tone = Tone::Normal);

    void setFullText(const QString &text);
    [[nodiscard]] QString fullText() const { return m_text; }
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

/// A connector's tile as a widget.
class TileLabel : public QWidget
{
    Q_OBJECT

public:
    TileLabel(const Theme &theme, int side, QWidget *parent);

    void setConnector(const QString &sourceType, ConnectorCategory category);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_sourceType;
    ConnectorCategory m_category = ConnectorCategory::File;
};

/// An icon as a widget; follows the theme.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(const Theme &theme, const QString &icon, int size, ColorRole role, QWidget *parent);

    void setIcon(const QString &icon, ColorRole role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon;
    ColorRole m_role;
};

} // namespace idstore
