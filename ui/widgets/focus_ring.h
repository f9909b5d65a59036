// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace idstore {

class Theme;

/// Draws the focus ring around the button or link that the keyboard reached: 2 px, outside, with a gap of 2 px.
/// Fields and tables show their focus themselves. One a window, laid over its content; never takes the pointer.
class FocusRing : public QWidget
{
    Q_OBJECT

public:
    FocusRing(const Theme &theme, QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow(QWidget *target);
    void place();

    const Theme &m_theme;
    QPointer<QWidget> m_target;
};

} // namespace idstore
