// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace idstore {

class MainWindow;

/// The scenes of adding a source: the gallery, the form, the test, the preview and the end. `shoot` takes a picture of
/// the window by a name, `setTheme` chooses the look by its name in the menu.
void shootAddSource(MainWindow &window, const std::function<void(const QString &)> &shoot,
                    const std::function<void(const QString &)> &setTheme);

} // namespace idstore
