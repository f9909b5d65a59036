// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/column.h"
#include "models/domain/ingestion_run.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace idstore {

// How values look inside catalog columns. Times: UTC text, ISO 8601 with milliseconds. Structures: compact JSON.

[[nodiscard]] QString toCatalogTime(const QDateTime &time);
[[nodiscard]] QDateTime fromCatalogTime(const QString &text);

[[nodiscard]] QString toCatalogJson(const Columns &columns);
[[nodiscard]] Columns columnsFromCatalogJson(const QString &json);

[[nodiscard]] QString toCatalogJson(const QStringList &names);
[[nodiscard]] QStringList namesFromCatalogJson(const QString &json);

[[nodiscard]] QString toCatalogJson(const QList<SchemaChange> &changes);
[[nodiscard]] QList<SchemaChange> schemaChangesFromCatalogJson(const QString &json);

[[nodiscard]] QString toCatalogJson(const Error &error);
[[nodiscard]] std::optional<Error> errorFromCatalogJson(const QString &json);

} // namespace idstore
