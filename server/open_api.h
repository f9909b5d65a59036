// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/route_table.h"

#include <QJsonObject>

namespace idstore {

/// The API's description (OpenAPI 3.1), drawn from the route table and the schemas of openapi_schemas.json.
/// Any thread.
[[nodiscard]] QJsonObject openApiDocument(const RouteTable &routes);

} // namespace idstore
