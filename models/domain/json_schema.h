// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QJsonObject>
#include <QString>

namespace idstore {

/// Validates against the part of JSON Schema 2020-12 that connector forms use: type (object, string, integer, number,
/// boolean, array, also as a list), properties, required, additionalProperties: false, enum, const, pattern,
/// minLength, maxLength, minimum, maximum, items, minItems, oneOf, anyOf, title. "x-message" is what is said of a text
/// that does not match its pattern. Every problem is reported at once, each with the dotted path of its field under
/// `path`. An unknown property names the allowed ones. Pure function; any thread.
[[nodiscard]] QList<FieldError> validateJson(const QJsonValue &value, const QJsonObject &schema, const QString &path);

/// The names under `properties` (oneOf/anyOf branches included) that are marked "writeOnly": true.
[[nodiscard]] QStringList secretProperties(const QJsonObject &schema);

} // namespace idstore
