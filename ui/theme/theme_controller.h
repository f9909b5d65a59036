// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>

namespace idstore {

/// What a person chose in the settings; System follows the desktop.
enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Holds the theme in use and applies it to the application: Fusion style, palette and style sheet. One a process,
/// made by the window before any other widget. The reference theme() stays valid; its content changes.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    explicit ThemeController(ThemeChoice choice, QObject *parent = nullptr);

    [[nodiscard]] const Theme &theme() const { return m_theme; }
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] ThemeVariant wanted() const;
    void apply();

    ThemeChoice m_choice;
    Theme m_theme;
    bool m_applying = false;
};

} // namespace idstore
