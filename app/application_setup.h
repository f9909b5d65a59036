// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace idstore {

/// Name, version and translations, the same for the window, `serve` and every command.
void setUpApplication(QCoreApplication &application);

} // namespace idstore
