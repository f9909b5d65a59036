// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

namespace {

struct Look
{
    const char *word;
    const char *icon;
    ColorRole role;
};

Look lookOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return {"info", "status-info", ColorRole::Info};
    case Severity::Success:
        return {"success", "status-ready", ColorRole::Success};
    case Severity::Warning:
        return {"warning", "status-warning", ColorRole::Warning};
    case Severity::Error:
        break;
    }
    return {"error", "status-error", ColorRole::Danger};
}

} // namespace

Banner::Banner(const Theme &theme, Severity severity, const QString &title, const QString &text, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_icon(new IconLabel(theme, QString(), 16, ColorRole::Info, this))
    , m_text(makeText(theme, TextStyle::Body, QString(), this))
    , m_action(new Button(theme, ButtonRole::Standard, QString(), this, QString(), ButtonExtent::Small))
    , m_close(makeIconButton(theme, QStringLiteral("close"), tr("Close this message"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(7), theme.px(8), theme.px(7));
    layout->setSpacing(theme.px(10));
    layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->hide();
    m_close->hide();
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSeverity(severity);
    setText(title, text);
}

void Banner::setText(const QString &title, const QString &text)
{
    m_text->setText(QStringLiteral("<b>%1</b> %2").arg(title.toHtmlEscaped(), text.toHtmlEscaped()));
    const QString spoken = title % u' ' % text;
    m_text->setAccessibleName(spoken);
    setAccessibleName(spoken);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::setSeverity(Severity severity)
{
    const Look look = lookOf(severity);
    setProperty("banner", QLatin1StringView(look.word));
    m_icon->setIcon(QLatin1StringView(look.icon), look.role);
    style()->unpolish(this);
    style()->polish(this);
}

void Banner::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

FixCard::FixCard(const Theme &theme, Severity severity, const QString &title, const QString &text, QWidget *parent)
    : QFrame(parent)
    , m_title(makeText(theme, TextStyle::Section, title, this))
    , m_text(makeText(theme, TextStyle::Body, text, this))
    , m_action(new Button(theme, ButtonRole::Standard, QString(), this, QString(), ButtonExtent::Small))
{
    setProperty("plane", QStringLiteral("fix"));
    setProperty("severity", QLatin1StringView(lookOf(severity).word));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    layout->setSpacing(theme.px(4));
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(theme.px(4));
    layout->addWidget(m_action);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &FixCard::actionTriggered);
    setText(title, text);
}

void FixCard::setText(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(QString(title % u' ' % text));
}

void FixCard::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

} // namespace idstore
