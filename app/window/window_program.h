// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

namespace idstore {

/// `identity-store` without a command: the window, with the REST API behind it. Makes the application object and runs
/// it. Returns the exit status: 0 after closing, a signal, or when another window on the same data directory was
/// shown instead; 1 when the data directory cannot be used, which a message says.
[[nodiscard]] int runWindow(int &argc, char **argv, const StartOptions &options);

} // namespace idstore
