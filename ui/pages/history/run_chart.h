// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"

#include <QWidget>

namespace idstore {

class Theme;

/// What the last runs brought: new and changed rows stacked above zero, removed ones below, and how long each run took
/// in a strip of its own. Left and right move over the runs, Home and End jump; the accessible description says the
/// numbers of the run chosen. The table of runs is its text alternative. GUI thread only.
class RunChart final : public QWidget
{
    Q_OBJECT

public:
    explicit RunChart(const Theme &theme, QWidget *parent = nullptr);

    /// Newest first, as services give them.
    void setRuns(const QList<IngestionRun> &runs);
    void setSelected(RunId run);
    [[nodiscard]] RunId selected() const { return m_selected; }
    /// How many of the runs fit and are drawn.
    [[nodiscard]] int shownCount() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void runChosen(idstore::RunId run);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Scale
    {
        qint64 top = 1; ///< rows at the upper edge
        qint64 bottom = 0; ///< rows at the lower edge, as a positive number
        qint64 tick = 1;
    };

    [[nodiscard]] Scale scale() const;
    [[nodiscard]] QRectF plotArea() const;
    [[nodiscard]] QRectF durationArea() const;
    [[nodiscard]] QRectF slot(int position) const; ///< 0: oldest shown, at the leading edge
    [[nodiscard]] const IngestionRun &runAt(int position) const;
    [[nodiscard]] int positionAt(const QPointF &point) const;
    [[nodiscard]] int selectedPosition() const;
    [[nodiscard]] QString describe(const IngestionRun &run) const;
    void choose(int position);
    void paintGrid(QPainter &painter, const Scale &scale) const;
    void paintRun(QPainter &painter, int position, const Scale &scale, qint64 longest) const;
    void paintTimes(QPainter &painter) const;

    const Theme &m_theme;
    QList<IngestionRun> m_runs; ///< newest first
    RunId m_selected;
};

} // namespace idstore
