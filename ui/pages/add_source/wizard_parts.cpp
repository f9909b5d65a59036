// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/wizard_parts.h"

#include "ui/widgets/labels.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace idstore {

ScrollingPage makeScrollingPage(const Theme &theme, const QString &title, const QString &text, QWidget *parent,
                                int widest)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QWidget *ground = makePlane(QStringLiteral("surface"), scroll);
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(24));
    auto *content = new QWidget(ground);
    content->setMaximumWidth(theme.px(widest));
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (!title.isEmpty()) {
        column->addWidget(makeText(theme, TextStyle::PanelTitle, title, content));
        column->addSpacing(theme.px(4));
        column->addWidget(makeText(theme, TextStyle::Body, text, content, Tone::Muted));
        column->addSpacing(theme.px(18));
    }
    row->addWidget(content, 1000);
    row->addStretch(1);
    scroll->setWidget(ground);
    return {scroll, content, column};
}

QWidget *makeHelp(const Theme &theme, const QList<std::pair<QString, QString>> &places, QWidget *parent)
{
    QWidget *help = makePlane(QStringLiteral("sunken"), parent);
    help->setFixedWidth(theme.px(helpWidth));
    auto *column = new QVBoxLayout(help);
    column->setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(20));
    column->setSpacing(theme.px(6));
    auto *head = new QHBoxLayout;
    head->setSpacing(theme.px(8));
    head->addWidget(new IconLabel(theme, QStringLiteral("help"), 16, ColorRole::Muted, help), 0, Qt::AlignTop);
    head->addWidget(
        makeText(theme, TextStyle::Section, QCoreApplication::translate("SourceWizard", "Where to find these"), help),
        1);
    column->addLayout(head);
    for (const auto &[title, where] : places) {
        column->addSpacing(theme.px(6));
        column->addWidget(makeText(theme, TextStyle::Strong, title, help));
        column->addWidget(makeText(theme, TextStyle::Body, where, help, Tone::Muted));
    }
    column->addStretch(1);
    return help;
}

FormKey formKey(const QKeyEvent &event, const QWidget &form, const QAbstractButton *standard)
{
    if (event.key() == Qt::Key_Escape)
        return FormKey::Leave;
    if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter)
        return FormKey::Other;
    auto *button = qobject_cast<QAbstractButton *>(form.focusWidget());
    if (!button || button == standard || (event.modifiers() & Qt::ControlModifier))
        return FormKey::Enter;
    button->click();
    return FormKey::Pressed;
}

} // namespace idstore
