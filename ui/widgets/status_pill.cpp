// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status_pill.h"

#include "ui/text/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

namespace idstore {

namespace {

struct Look
{
    const char *icon;
    ColorRole foreground;
    ColorRole background;
};

Look lookOf(PillKind kind)
{
    switch (kind) {
    case PillKind::Pending:
        return {"status-pending", ColorRole::PillPendingFg, ColorRole::PillPendingBg};
    case PillKind::Ingesting:
        return {"status-ingesting", ColorRole::PillIngestingFg, ColorRole::PillIngestingBg};
    case PillKind::Ready:
        return {"status-ready", ColorRole::PillReadyFg, ColorRole::PillReadyBg};
    case PillKind::Error:
        return {"status-error", ColorRole::PillErrorFg, ColorRole::PillErrorBg};
    case PillKind::SignIn:
        return {"status-signin", ColorRole::PillSigninFg, ColorRole::PillSigninBg};
    case PillKind::Waiting:
        return {"status-waiting", ColorRole::PillWaitingFg, ColorRole::PillWaitingBg};
    case PillKind::Cancelled:
        break;
    }
    return {"status-cancelled", ColorRole::PillCancelledFg, ColorRole::PillCancelledBg};
}

// Padding left 6, icon 13, gap 5, word, padding right 8.
constexpr int pillHeight = 20;
constexpr int left = 6;
constexpr int iconSize = 13;
constexpr int gap = 5;
constexpr int right = 8;

} // namespace

Pill pillOf(const Source &source, const std::optional<Progress> &progress)
{
    if (progress && progress->phase == RunPhase::Waiting) {
        if (!progress->waitingUntil)
            return {PillKind::Waiting, QCoreApplication::translate("StatusPill", "Waiting")};
        const QString time = formatTime(progress->waitingUntil->toLocalTime().time());
        return {PillKind::Waiting, QCoreApplication::translate("StatusPill", "Waiting until %1").arg(time)};
    }
    switch (source.status) {
    case SourceStatus::Pending:
        return {PillKind::Pending, QCoreApplication::translate("StatusPill", "Pending")};
    case SourceStatus::Ingesting:
        return {PillKind::Ingesting, QCoreApplication::translate("StatusPill", "Ingesting")};
    case SourceStatus::Ready:
        return {PillKind::Ready, QCoreApplication::translate("StatusPill", "Ready")};
    case SourceStatus::Error:
        break;
    }
    if (source.error && source.error->code == QLatin1StringView("sign_in_needed"))
        return {PillKind::SignIn, QCoreApplication::translate("StatusPill", "Sign-in needed")};
    return {PillKind::Error, QCoreApplication::translate("StatusPill", "Error")};
}

Pill pillOf(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return {PillKind::Ingesting, QCoreApplication::translate("StatusPill", "Running")};
    case RunStatus::Completed:
        return {PillKind::Ready, QCoreApplication::translate("StatusPill", "Completed")};
    case RunStatus::Failed:
        return {PillKind::Error, QCoreApplication::translate("StatusPill", "Failed")};
    case RunStatus::Cancelled:
        break;
    }
    return {PillKind::Cancelled, QCoreApplication::translate("StatusPill", "Cancelled")};
}

QSize pillSize(const Theme &theme, const Pill &pill)
{
    const QFontMetrics metrics(theme.font(TextStyle::SmallStrong));
    return {theme.px(left + iconSize + gap + right) + metrics.horizontalAdvance(pill.text),
            qMax(theme.px(pillHeight), metrics.height() + 2)};
}

void paintPill(QPainter &painter, QPoint topLeft, const Theme &theme, const Pill &pill)
{
    const Look look = lookOf(pill.kind);
    const QRectF rect(topLeft, pillSize(theme, pill));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.isHighContrast() ? QPen(theme.color(look.foreground)) : QPen(Qt::NoPen));
    painter.setBrush(theme.color(look.background));
    const qreal inset = theme.isHighContrast() ? 0.5 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), rect.height() / 2, rect.height() / 2);

    const int icon = theme.px(iconSize);
    const bool mirrored = painter.layoutDirection() == Qt::RightToLeft;
    const qreal iconLeft = mirrored ? rect.right() - theme.px(left) - icon : rect.left() + theme.px(left);
    theme.paintIcon(painter, QRectF(iconLeft, rect.top() + (rect.height() - icon) / 2, icon, icon),
                    QLatin1StringView(look.icon), look.foreground);
    const int before = theme.px(left + iconSize + gap);
    const QRectF textRect =
        mirrored ? rect.adjusted(theme.px(right), 0, -before, 0) : rect.adjusted(before, 0, -theme.px(right), 0);
    painter.setFont(theme.font(TextStyle::SmallStrong));
    painter.setPen(theme.color(look.foreground));
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, pill.text);
    painter.restore();
}

StatusPill::StatusPill(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusPill::setPill(const Pill &pill)
{
    if (pill == m_pill)
        return;
    m_pill = pill;
    setAccessibleName(tr("Status: %1").arg(pill.text));
    updateGeometry();
    update();
}

QSize StatusPill::sizeHint() const
{
    return pillSize(m_theme, m_pill);
}

void StatusPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(painter, {0, (height() - sizeHint().height()) / 2}, m_theme, m_pill);
}

} // namespace idstore
