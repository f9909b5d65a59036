// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/color_role.h"

#include <QPushButton>
#include <QString>
#include <QToolButton>

namespace idstore {

class Theme;

/// Primary: one a view. Destroy: filled red, only in the dialog that confirms. Link: an action within text.
enum class ButtonRole { Standard, Primary, Quiet, Danger, Destroy, Link };
enum class ButtonExtent { Normal, Small, Large };

/// A push button in the look of its role, with an icon before the text and, if there is one, its shortcut behind.
class Button : public QPushButton
{
    Q_OBJECT

public:
    /// `text` is a verb; it is the accessible name as well.
    Button(const Theme &theme, ButtonRole role, const QString &text, QWidget *parent = nullptr,
           const QString &icon = {}, ButtonExtent extent = ButtonExtent::Normal);

    /// Another icon in front; empty: none.
    void setIconName(const QString &icon);
    /// Shown behind the text; does not create the shortcut.
    void setHint(const QString &hint);
    void setRole(ButtonRole role);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int padding() const;
    [[nodiscard]] int hintWidth() const;
    [[nodiscard]] ColorRole textRole() const;

    const Theme &m_theme;
    ButtonRole m_role;
    ButtonExtent m_extent;
    QString m_icon;
    QString m_hint;
};

/// A tool button with an icon only: `name` is its tooltip and accessible name.
[[nodiscard]] QToolButton *makeIconButton(const Theme &theme, const QString &icon, const QString &name,
                                          QWidget *parent);

/// Gives a plain QPushButton (in a dialog) the look of `role`.
void setButtonRole(QPushButton &button, ButtonRole role);

} // namespace idstore
