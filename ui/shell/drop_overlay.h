// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace idstore {

class Theme;

/// Takes files dropped anywhere on its parent: while they hover, an outline and "Add leads.csv".
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    /// `window` receives the drops; the outline lies over `area`.
    DropOverlay(const Theme &theme, QWidget *window, QWidget *area);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// `position`: on the screen.
    void dropped(const QStringList &paths, QPoint position);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void offer(const QStringList &paths);

    const Theme &m_theme;
    QWidget *m_area;
    QString m_text;
};

} // namespace idstore
