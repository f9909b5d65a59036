// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme_controller.h"

#include <QWidget>

namespace idstore {

/// A small picture of the window in one look; a press chooses it. The radio button below it is the control that the
/// keyboard and screen readers use.
class AppearancePicture final : public QWidget
{
    Q_OBJECT

public:
    AppearancePicture(const Theme &theme, ThemeChoice choice, QWidget *parent = nullptr);

    void setChosen(bool chosen);

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void paintWindow(QPainter &painter, const QRectF &frame, const Theme &look) const;

    const Theme &m_theme;
    Theme m_first; ///< the look, or its leading half
    Theme m_second;
    bool m_chosen = false;
};

} // namespace idstore
