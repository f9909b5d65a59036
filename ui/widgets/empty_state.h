// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace idstore {

class Button;
class Theme;

/// What a page says when there is nothing to show: a title, one sentence, at most one action. In the middle.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const Theme &theme, const QString &title, const QString &text, QWidget *parent);

    void setText(const QString &title, const QString &text);
    /// Emits actionTriggered; empty: no button.
    void setAction(const QString &text);

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel *m_title;
    QLabel *m_text;
    Button *m_action;
};

} // namespace idstore
