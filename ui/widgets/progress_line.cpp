// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress_line.h"

#include "ui/text/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painting.h"

#include <QDateTime>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace idstore {

namespace {

constexpr int spinnerTurn = 900; // milliseconds

} // namespace

QString progressShare(const Progress &progress)
{
    if (progress.phase == RunPhase::Starting)
        return ProgressLine::tr("Starting");
    if (progress.phase == RunPhase::Finishing)
        return ProgressLine::tr("Finishing");
    if (const std::optional<double> fraction = progress.fraction())
        return formatPercent(*fraction);
    return progress.bytes > 0 ? formatBytes(progress.bytes)
                              : ProgressLine::tr("%1 rows").arg(formatCount(progress.rows));
}

void paintProgressLine(QPainter &painter, const QRect &rect, const Theme &theme, const Progress &progress, bool wide)
{
    const Qt::LayoutDirection direction = painter.layoutDirection();
    const QFont small = theme.font(TextStyle::Small);
    const QFont strong = theme.font(TextStyle::SmallStrong);
    const std::optional<double> fraction = progress.fraction();
    const int lineHeight = std::max(QFontMetrics(small).height(), theme.px(16));
    const int block = lineHeight + theme.px(5) + theme.px(6);
    QRect line(rect.left(), rect.top() + (rect.height() - 1 - block) / 2, rect.width(), lineHeight);

    QString what = progressShare(progress);
    if (!fraction) {
        // No total: what came so far and a turning ring, never a made-up bar.
        line.moveTop(rect.top() + (rect.height() - 1 - lineHeight) / 2);
        const int side = theme.px(14);
        const QRect ring = QStyle::alignedRect(direction, Qt::AlignLeft | Qt::AlignVCenter, QSize(side, side), line);
        const auto now = static_cast<double>(QDateTime::currentMSecsSinceEpoch() % spinnerTurn);
        paintSpinner(painter, ring, theme, now / spinnerTurn);
        const int before = side + theme.px(8);
        line = direction == Qt::RightToLeft ? line.adjusted(0, 0, -before, 0) : line.adjusted(before, 0, 0, 0);
    }
    painter.setFont(strong);
    painter.setPen(theme.color(ColorRole::Text));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, what);
    int used = QFontMetrics(strong).horizontalAdvance(what) + theme.px(6);

    painter.setFont(small);
    painter.setPen(theme.color(ColorRole::Muted));
    const QFontMetrics metrics(small);
    const QString left = formatOutlook(progress, QDateTime::currentDateTimeUtc());
    const int leftWidth = metrics.horizontalAdvance(left);
    const QString rate = progress.rowsPerSecond > 0 ? formatRate(progress.rowsPerSecond) : QString();
    const bool rateFits =
        wide && !rate.isEmpty() && used + metrics.horizontalAdvance(rate) + theme.px(8) + leftWidth <= line.width();
    if (rateFits) {
        const QRect place = direction == Qt::RightToLeft ? line.adjusted(0, 0, -used, 0) : line.adjusted(used, 0, 0, 0);
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, rate);
        used += metrics.horizontalAdvance(rate) + theme.px(8);
    }
    if (used + leftWidth <= line.width())
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, left);
    if (fraction) {
        const QRect bar(rect.left(), line.bottom() + theme.px(5), rect.width(), theme.px(6));
        paintProgressBar(painter, bar, theme, *fraction, progress.phase == RunPhase::Waiting);
    }
}

ProgressLine::ProgressLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::setProgress(const Progress &progress)
{
    m_progress = progress;
    const QString left = formatOutlook(progress, QDateTime::currentDateTimeUtc());
    setAccessibleName(tr("Progress: %1, %2").arg(progressShare(progress), left));
    setToolTip(estimateBasisSentence(progress.basis));
    update();
}

QSize ProgressLine::sizeHint() const
{
    return {m_theme.px(200), m_theme.px(32)};
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintProgressLine(painter, rect(), m_theme, m_progress, true);
}

} // namespace idstore
