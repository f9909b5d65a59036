// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QJsonObject>

namespace idstore {

/// The column changes of a PATCH body: [{"name": "born", "type": "date" or null, "date_order": "day_first"}, ...]. What
/// is wrong with their form is appended to `problems`, under "columns[0].type"; whether the source has such columns is
/// the service's business. Pure function.
[[nodiscard]] QList<ColumnChange> readColumnChanges(const QList<QJsonObject> &objects, QList<FieldError> &problems);

} // namespace idstore
