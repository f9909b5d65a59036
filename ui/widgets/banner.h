// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QToolButton;

namespace idstore {

class Button;
class IconLabel;
class Theme;

enum class Severity { Info, Success, Warning, Error };

/// Stays until it is resolved or closed: an icon, bold first words, a sentence, at most one button.
class Banner : public QFrame
{
    Q_OBJECT

public:
    Banner(const Theme &theme, Severity severity, const QString &title, const QString &text, QWidget *parent);

    void setText(const QString &title, const QString &text);
    void setSeverity(Severity severity);
    /// The one button. Emits actionTriggered.
    void setAction(const QString &text);
    void setClosable(bool closable);

Q_SIGNALS:
    void actionTriggered();
    void closed();

private:
    const Theme &m_theme;
    IconLabel *m_icon;
    QLabel *m_text;
    Button *m_action;
    QToolButton *m_close;
};

/// What happened, what it means, and the control that repairs it in place. A 3 px edge says how bad it is.
class FixCard : public QFrame
{
    Q_OBJECT

public:
    FixCard(const Theme &theme, Severity severity, const QString &title, const QString &text, QWidget *parent);

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
