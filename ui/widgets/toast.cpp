// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QTimer>

namespace idstore {

namespace {

constexpr int atMost = 3;
constexpr int shownFor = 6000; // milliseconds
constexpr int margin = 24;
constexpr int spacing = 8;
constexpr int widest = 420;

} // namespace

ToastHost::ToastHost(const Theme &theme, QWidget *area)
    : QObject(area)
    , m_theme(theme)
    , m_area(area)
{
    area->installEventFilter(this);
}

void ToastHost::show(Severity severity, const QString &text, const QString &action, std::function<void()> handler)
{
    auto *toast = new QFrame(m_area);
    toast->setProperty("plane", QStringLiteral("popover"));
    toast->setAccessibleName(text);
    auto *layout = new QHBoxLayout(toast);
    layout->setContentsMargins(m_theme.px(14), m_theme.px(8), m_theme.px(8), m_theme.px(8));
    layout->setSpacing(m_theme.px(10));
    const bool good = severity == Severity::Success;
    layout->addWidget(new IconLabel(m_theme, good ? QStringLiteral("status-ready") : QStringLiteral("status-warning"),
                                    16, good ? ColorRole::Success : ColorRole::Warning, toast));
    layout->addWidget(makeText(m_theme, TextStyle::Body, text, toast), 1);
    if (!action.isEmpty()) {
        auto *button = new Button(m_theme, ButtonRole::Link, action, toast);
        connect(button, &QPushButton::clicked, toast, [toast, handler = std::move(handler)] {
            if (handler)
                handler();
            toast->deleteLater();
        });
        layout->addWidget(button);
    }
    QToolButton *close = makeIconButton(m_theme, QStringLiteral("close"), tr("Close"), toast);
    connect(close, &QToolButton::clicked, toast, &QWidget::deleteLater);
    layout->addWidget(close);

    auto *timer = new QTimer(toast);
    timer->setInterval(shownFor);
    connect(timer, &QTimer::timeout, toast, [toast] {
        const bool attended = toast->underMouse() || toast->isAncestorOf(QApplication::focusWidget());
        if (!attended)
            toast->deleteLater();
    });
    timer->start();
    connect(toast, &QObject::destroyed, this, [this] { arrange(); });

    m_toasts.append(toast);
    m_toasts.removeIf([](const QPointer<QWidget> &entry) { return entry.isNull(); });
    while (m_toasts.size() > atMost)
        m_toasts.takeFirst()->deleteLater();
    toast->show();
    arrange();
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area && event->type() == QEvent::Resize)
        arrange();
    return QObject::eventFilter(watched, event);
}

void ToastHost::arrange()
{
    const int edge = m_theme.px(margin);
    int bottom = m_area->height() - edge;
    for (auto it = m_toasts.crbegin(); it != m_toasts.crend(); ++it) {
        QWidget *toast = *it;
        if (!toast)
            continue;
        const int width = std::min(m_theme.px(widest), m_area->width() - 2 * edge);
        const int height = std::max(toast->sizeHint().height(), toast->heightForWidth(width));
        const bool mirrored = m_area->layoutDirection() == Qt::RightToLeft;
        toast->setGeometry(mirrored ? edge : m_area->width() - edge - width, bottom - height, width, height);
        toast->raise();
        bottom -= height + m_theme.px(spacing);
    }
}

} // namespace idstore
