// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace idstore {

class Engine;

/// What the application hands to the window. `engine` outlives the window.
struct UiContext
{
    Engine &engine;
    QUrl serverUrl; ///< where the REST API answers; empty: it does not run
    QString serverProblem; ///< a sentence: why it does not run, or why it runs on another port; may be empty
    QString tokenFile; ///< the file that holds the token for local scripts
};

} // namespace idstore
