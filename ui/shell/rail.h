// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QHash>
#include <QString>
#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace idstore {

class Theme;

enum class BadgeKind { NeedsYou, Running };

/// An entry of the rail: icon, word and, when there is something to tell, a badge. Only the icon when collapsed.
class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(const Theme &theme, const QString &icon, const QString &text, QWidget *parent);

    /// 0: no badge.
    void setBadge(int count, BadgeKind kind);
    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon;
    int m_badge = 0;
    BadgeKind m_badgeKind = BadgeKind::NeedsYou;
    bool m_collapsed = false;
};

/// A dot and a line of the rail's foot; only the dot when collapsed.
class RailFootLine : public QWidget
{
    Q_OBJECT

public:
    enum class Dot { Off, Good, Running, Bad };

    RailFootLine(const Theme &theme, QWidget *parent);

    /// `shorter` is shown where `text` does not fit.
    void setLine(Dot dot, const QString &text, bool strong, const QString &toolTip = {}, const QString &shorter = {});
    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Dot m_dot = Dot::Off;
    QString m_text;
    QString m_shorter;
    bool m_strong = false;
    bool m_collapsed = false;
};

/// The pages of the window, and below them where the server answers and what runs. Arrow keys move between entries.
class Rail : public QWidget
{
    Q_OBJECT

public:
    Rail(const Theme &theme, QWidget *parent);

    void addEntry(int page, const QString &icon, const QString &text);
    void setCurrent(int page);
    void setBadge(int page, int count, BadgeKind kind);
    void setCollapsed(bool collapsed);
    /// `address` empty: the server does not run; `problem` says why.
    void setServer(const QString &address, const QString &problem);
    void setRunning(int count, double rowsPerSecond);

Q_SIGNALS:
    void chosen(int page);

private:
    const Theme &m_theme;
    QButtonGroup *m_group;
    QVBoxLayout *m_entries;
    RailFootLine *m_server;
    RailFootLine *m_running;
    bool m_collapsed = false;
};

} // namespace idstore
