// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>

namespace idstore {

class CatalogDatabase;

/// Brings `catalog` to the newest schema: runs the files NNNN_name.sql of `folder` that it has not seen, in order,
/// each in a transaction of its own, and notes their checksums in schema_migrations. Forward only.
/// Errors: Unavailable "newer_store" when the catalog has a migration this program does not know.
[[nodiscard]] Result<void> migrate(CatalogDatabase &catalog, const QString &folder);

/// The statements of an SQL script, without comments and empty ones: Qt's SQLite driver runs one at a time.
[[nodiscard]] QStringList splitSqlScript(const QString &script);

} // namespace idstore
