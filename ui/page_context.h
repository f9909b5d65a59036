// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace idstore {

class AsyncRunner;
class Engine;
class Preferences;
class Theme;
class ThemeController;

/// What every page and view of the window works with. All of it outlives the pages.
struct PageContext
{
    Engine &engine;
    const Theme &theme;
    ThemeController &themes;
    AsyncRunner &async; ///< every call that touches the disk goes through it
    Preferences &preferences;
    QUrl serverUrl; ///< see UiContext
    QString serverProblem;
    QString tokenFile;
};

} // namespace idstore
