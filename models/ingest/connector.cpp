// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/connector.h"

#include "models/domain/json_schema.h"

namespace idstore {

QList<FieldError> Connector::checkConfig(const QJsonObject &config) const
{
    return validateJson(config, descriptor().configSchema, QStringLiteral("config"));
}

} // namespace idstore
