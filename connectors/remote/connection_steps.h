// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

namespace idstore {

/// The steps from here to the first row of a file in a remote store, in order.
enum class RemoteStep { Reach, SignIn, FindFile, ReadRow };

/// The step that an error of a store or reader stopped at, by its code.
[[nodiscard]] RemoteStep failedStep(const Error &error);

/// A report in which all steps succeeded, or all before `failed`'s.
[[nodiscard]] ConnectionReport remoteReport(const Columns &columns);
[[nodiscard]] ConnectionReport remoteReport(const Error &failed);

/// Of a test under way: all steps before `next` worked.
[[nodiscard]] ConnectionReport remoteReportSoFar(RemoteStep next);

} // namespace idstore
