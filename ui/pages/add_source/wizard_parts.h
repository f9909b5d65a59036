// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

class QAbstractButton;
class QKeyEvent;
class QScrollArea;
class QVBoxLayout;
class QWidget;

namespace idstore {

class Theme;

// What the wizard and the editor of connections are put together from. GUI thread.

inline constexpr int formWidth = 620; ///< at most; before scaling
inline constexpr int helpWidth = 296;

/// A page that scrolls, with a title and a sentence if there are any; its content goes into `column`, which is as wide
/// as forms are.
struct ScrollingPage
{
    QScrollArea *page;
    QWidget *content;
    QVBoxLayout *column;
};
[[nodiscard]] ScrollingPage makeScrollingPage(const Theme &theme, const QString &title, const QString &text,
                                              QWidget *parent, int widest = formWidth);

/// The column at the side: where to find the values of a form.
[[nodiscard]] QWidget *makeHelp(const Theme &theme, const QList<std::pair<QString, QString>> &places, QWidget *parent);

/// What a key means to a form that it has reached. Enter on a button that is in focus presses it, here and at once,
/// unless it is `standard`, which is Enter's own; then nothing is left to be done.
enum class FormKey { Other, Leave, Enter, Pressed };
[[nodiscard]] FormKey formKey(const QKeyEvent &event, const QWidget &form, const QAbstractButton *standard = nullptr);

} // namespace idstore
