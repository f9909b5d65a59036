// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

namespace idstore {

/// `identity-store serve`: the REST API without a window, until a signal ends it. When ready, prints exactly one line
/// of JSON on standard output, {"url": …, "token_file": …}. Runs the event loop of the application object, which must
/// exist. Returns the exit status: 0 after a signal, 1 when it could not start.
[[nodiscard]] int serve(const StartOptions &options);

} // namespace idstore
