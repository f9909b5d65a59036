// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace idstore {

/// Name, version and translations, the same for the window, `serve` and every command.
void setUpApplication(QCoreApplication &application);

/// A core file would hold the credentials that were in use. Before anything else is done.
void keepMemoryOutOfCrashFiles();

} // namespace idstore
