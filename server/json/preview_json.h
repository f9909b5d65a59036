// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/preview_service.h"

#include <QByteArray>

namespace idstore {

/// The text of the object "Preview" of server/openapi_schemas.json. Pure function; any thread.
[[nodiscard]] QByteArray previewJson(const SourcePreview &preview);

} // namespace idstore
