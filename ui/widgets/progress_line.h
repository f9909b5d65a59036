// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/progress.h"

#include <QString>
#include <QWidget>

class QPainter;

namespace idstore {

class Theme;

/// A run's progress as a widget: share, rate and time left above the bar; a spinner where the total is unknown.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    ProgressLine(const Theme &theme, QWidget *parent);

    void setProgress(const Progress &progress);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Progress m_progress;
};

/// "65 %", "2.1 MB", "Starting".
[[nodiscard]] QString progressShare(const Progress &progress);

/// Share (or what came so far) on the left, rate behind it, time left on the right, and the bar below, in `rect`.
/// `wide`: with the rate.
void paintProgressLine(QPainter &painter, const QRect &rect, const Theme &theme, const Progress &progress, bool wide);

} // namespace idstore
