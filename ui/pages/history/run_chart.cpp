// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/run_chart.h"

#include "ui/itemmodels/run_text.h"
#include "ui/text/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/status_pill.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace idstore {

namespace {

constexpr int chartHeight = 176;
constexpr int leadingSpace = 56; // the numbers of the scale
constexpr int topSpace = 10;
constexpr int timeSpace = 20; // the times below
constexpr int durationHeight = 30;
constexpr int durationGap = 14;
constexpr double narrowestSlot = 14;
constexpr double widestSlot = 40;
constexpr int ticks = 3;
constexpr int iconSide = 14;

/// The next of 1, 2, 5, 10, 20, 50… that is at least `value`.
qint64 niceStep(double value)
{
    if (value <= 1)
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (factor * power >= value)
            return std::llround(factor * power);
    }
    return std::llround(10 * power);
}

qint64 durationOf(const IngestionRun &run)
{
    return run.finishedAt.isValid() ? std::max<qint64>(0, run.startedAt.msecsTo(run.finishedAt)) : 0;
}

/// "4k", "2.5M": what a scale says.
QString shortCount(qint64 count)
{
    const QLocale locale;
    constexpr qint64 thousand = 1000;
    constexpr qint64 million = 1'000'000;
    if (count < thousand)
        return locale.toString(count);
    const auto shorten = [&](qint64 unit) {
        const double value = double(count) / double(unit);
        return locale.toString(value, 'f', value < 10 && std::fmod(value, 1.0) > 0 ? 1 : 0);
    };
    return count < million ? RunChart::tr("%1k", "thousands").arg(shorten(thousand))
                           : RunChart::tr("%1M", "millions").arg(shorten(million));
}

} // namespace

RunChart::RunChart(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Rows and duration of each run"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
}

QSize RunChart::sizeHint() const
{
    return {m_theme.px(480), m_theme.px(chartHeight)};
}

QSize RunChart::minimumSizeHint() const
{
    return {m_theme.px(200), m_theme.px(chartHeight)};
}

void RunChart::setRuns(const QList<IngestionRun> &runs)
{
    m_runs = runs;
    update();
}

void RunChart::setSelected(RunId run)
{
    if (run == m_selected)
        return;
    m_selected = run;
    const int position = selectedPosition();
    setAccessibleDescription(position < 0 ? QString() : describe(runAt(position)));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

QRectF RunChart::plotArea() const
{
    const int below = m_theme.px(timeSpace + durationHeight + durationGap);
    return QRectF(rect()).adjusted(m_theme.px(leadingSpace), m_theme.px(topSpace), -m_theme.px(16), -below);
}

QRectF RunChart::durationArea() const
{
    const QRectF plot = plotArea();
    return {plot.left(), plot.bottom() + m_theme.px(durationGap), plot.width(), double(m_theme.px(durationHeight))};
}

int RunChart::shownCount() const
{
    const int fitting = std::max(1, int(plotArea().width() / m_theme.px(narrowestSlot)));
    return int(std::min<qsizetype>(m_runs.size(), fitting));
}

QRectF RunChart::slot(int position) const
{
    const QRectF plot = plotArea();
    const double width = std::min(plot.width() / std::max(1, shownCount()), double(m_theme.px(widestSlot)));
    const double fromStart = width * position;
    const double left = isRightToLeft() ? plot.right() - fromStart - width : plot.left() + fromStart;
    return {left, plot.top(), width, plot.height()};
}

const IngestionRun &RunChart::runAt(int position) const
{
    return m_runs.at(shownCount() - 1 - position);
}

int RunChart::positionAt(const QPointF &point) const
{
    for (int position = 0; position < shownCount(); ++position) {
        const QRectF area = slot(position);
        if (point.x() >= area.left() && point.x() < area.right())
            return position;
    }
    return -1;
}

int RunChart::selectedPosition() const
{
    for (int position = 0; position < shownCount(); ++position) {
        if (runAt(position).id == m_selected)
            return position;
    }
    return -1;
}

QString RunChart::describe(const IngestionRun &run) const
{
    const QString head = tr("%1, %2", "when a run started and how it ended")
                             .arg(startedText(run.startedAt, QDateTime::currentDateTimeUtc()), pillOf(run.status).text);
    if (run.status != RunStatus::Completed)
        return run.error ? tr("%1: %2").arg(head, run.error->message) : head;
    return tr("%1, %2 new, %3 changed, %4 removed, took %5")
        .arg(head, formatCount(run.counts.added), formatCount(run.counts.changed), formatCount(run.counts.removed),
             formatDuration(durationOf(run)));
}

RunChart::Scale RunChart::scale() const
{
    qint64 above = 1;
    qint64 below = 0;
    for (int position = 0; position < shownCount(); ++position) {
        const RunCounts &counts = runAt(position).counts;
        if (runAt(position).status != RunStatus::Completed)
            continue;
        above = std::max(above, counts.added + counts.changed);
        below = std::max(below, counts.removed);
    }
    Scale result;
    result.tick = niceStep(double(above) / ticks);
    result.top = (above + result.tick - 1) / result.tick * result.tick;
    // Never less room than a bar of two pixels needs.
    result.bottom = below == 0 ? 0 : std::max(below, result.top / 24);
    return result;
}

void RunChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_runs.isEmpty())
        return;
    const Scale rows = scale();
    qint64 longest = 1;
    for (int position = 0; position < shownCount(); ++position)
        longest = std::max(longest, durationOf(runAt(position)));
    if (const int position = selectedPosition(); position >= 0) {
        QRectF column = slot(position);
        column.setBottom(durationArea().bottom() + m_theme.px(2));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::Selected));
        painter.drawRoundedRect(column.adjusted(0, -m_theme.px(4), 0, 0), m_theme.px(4), m_theme.px(4));
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme.color(ColorRole::Focus), 2));
            painter.drawRoundedRect(column.adjusted(1, -m_theme.px(4) + 1, -1, -1), m_theme.px(4), m_theme.px(4));
        }
    }
    paintGrid(painter, rows);
    for (int position = 0; position < shownCount(); ++position)
        paintRun(painter, position, rows, longest);
    paintTimes(painter);
}

void RunChart::paintGrid(QPainter &painter, const Scale &scale) const
{
    const QRectF plot = plotArea();
    const double perRow = plot.height() / double(scale.top + scale.bottom);
    painter.setFont(m_theme.font(TextStyle::Caption));
    const auto numberPlace = [&](double y) {
        const double margin = m_theme.px(8);
        const double height = m_theme.px(16);
        const QRectF leading(margin, y - height / 2, plot.left() - 2 * margin, height);
        return isRightToLeft() ? QRectF(width() - leading.right(), leading.top(), leading.width(), height) : leading;
    };
    const int align = int(Qt::AlignVCenter) | int(isRightToLeft() ? Qt::AlignLeft : Qt::AlignRight);
    for (qint64 rows = 0; rows <= scale.top; rows += scale.tick) {
        const double y = std::round(plot.top() + double(scale.top - rows) * perRow);
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), m_theme.color(ColorRole::Border));
        painter.setPen(m_theme.color(ColorRole::Muted));
        painter.drawText(numberPlace(y), align, shortCount(rows));
    }
    const QRectF strip = durationArea();
    painter.fillRect(QRectF(strip.left(), std::round(strip.bottom()), strip.width(), 1),
                     m_theme.color(ColorRole::Border));
    painter.drawText(numberPlace(strip.bottom() - m_theme.px(6)), align, tr("time", "label of a duration axis"));
}

void RunChart::paintRun(QPainter &painter, int position, const Scale &scale, qint64 longest) const
{
    constexpr double leastBar = 2;
    const IngestionRun &run = runAt(position);
    const QRectF plot = plotArea();
    const QRectF area = slot(position);
    const double perRow = plot.height() / double(scale.top + scale.bottom);
    const double zero = std::round(plot.top() + double(scale.top) * perRow);
    const double barWidth = std::min(area.width() * 0.62, double(m_theme.px(16)));
    const double left = area.center().x() - barWidth / 2;
    painter.setPen(Qt::NoPen);

    if (run.status == RunStatus::Completed) {
        double y = zero;
        const auto stack = [&](qint64 rows, ColorRole role) {
            if (rows <= 0)
                return;
            const double height = std::max(leastBar, double(rows) * perRow);
            painter.setBrush(m_theme.color(role));
            painter.drawRoundedRect(QRectF(left, y - height, barWidth, height), 1.5, 1.5);
            y -= height + 1;
        };
        stack(run.counts.changed, ColorRole::ChartChanged);
        stack(run.counts.added, ColorRole::ChartNew);
        if (run.counts.removed > 0) {
            const double height = std::max(leastBar, double(run.counts.removed) * perRow);
            painter.setBrush(m_theme.color(ColorRole::ChartRemoved));
            painter.drawRoundedRect(QRectF(left, zero + 2, barWidth, height), 1, 1);
        }
    } else {
        const double side = std::min(double(m_theme.px(iconSide)), area.width());
        const QRectF icon(area.center().x() - side / 2, zero - side - 3, side, side);
        if (run.status == RunStatus::Failed)
            m_theme.paintIcon(painter, icon, QStringLiteral("status-error"), ColorRole::Danger);
        else if (run.status == RunStatus::Cancelled)
            m_theme.paintIcon(painter, icon, QStringLiteral("status-cancelled"), ColorRole::Muted);
        else
            m_theme.paintIcon(painter, icon, QStringLiteral("status-ingesting"), ColorRole::Link);
    }
    if (const qint64 took = durationOf(run); took > 0) {
        const QRectF strip = durationArea();
        const double height = std::max(leastBar, double(took) / double(longest) * strip.height());
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::ChartDuration));
        painter.drawRoundedRect(QRectF(left, strip.bottom() - height, barWidth, height), 1, 1);
    }
}

void RunChart::paintTimes(QPainter &painter) const
{
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(m_theme.color(ColorRole::Muted));
    const QFontMetrics metrics = painter.fontMetrics();
    const double top = durationArea().bottom() + m_theme.px(4);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    double freeUntil = isRightToLeft() ? 0 : width();
    // From the newest backwards, as many as fit beside one another.
    for (int position = shownCount() - 1; position >= 0; --position) {
        const QString text = formatShortMoment(runAt(position).startedAt, now);
        const double textWidth = metrics.horizontalAdvance(text);
        double left = slot(position).center().x() - textWidth / 2;
        left = std::clamp(left, 0.0, std::max(0.0, width() - textWidth));
        const bool fits = isRightToLeft() ? left >= freeUntil : left + textWidth <= freeUntil;
        if (!fits)
            continue;
        painter.drawText(QRectF(left, top, textWidth + 2, m_theme.px(16)), int(Qt::AlignLeft | Qt::AlignVCenter), text);
        const double gap = m_theme.px(40);
        freeUntil = isRightToLeft() ? left + textWidth + gap : left - gap;
    }
}

void RunChart::choose(int position)
{
    if (position < 0 || position >= shownCount())
        return;
    setSelected(runAt(position).id);
    Q_EMIT runChosen(m_selected);
}

void RunChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(positionAt(event->position()));
}

void RunChart::keyPressEvent(QKeyEvent *event)
{
    const int newest = shownCount() - 1;
    const int current = selectedPosition() < 0 ? newest : selectedPosition();
    const int forward = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        choose(std::clamp(current - forward, 0, std::max(0, newest)));
        return;
    case Qt::Key_Right:
        choose(std::clamp(current + forward, 0, std::max(0, newest)));
        return;
    case Qt::Key_Home:
        choose(0);
        return;
    case Qt::Key_End:
        choose(newest);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool RunChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int position = positionAt(help->pos());
        if (position >= 0)
            QToolTip::showText(help->globalPos(), describe(runAt(position)).toHtmlEscaped(), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

} // namespace idstore
