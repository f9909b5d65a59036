// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/column.h"
#include "models/domain/row_batch.h"

#include <QByteArray>

namespace idstore {

class SqliteConnection;
class SqliteStatement;

/// The statements that make an empty dataset file of the format described in sqlite_dataset_store.h, one source for
/// every writer so that no reader can tell their files apart.
[[nodiscard]] QByteArray datasetSchemaSql(int columnCount);

/// A statement that insertRecord() takes, and a row of a batch through it.
[[nodiscard]] QByteArray insertRecordSql(int columnCount);
[[nodiscard]] Result<void> insertRecord(SqliteStatement &statement, const RowBatch &batch, std::size_t row);

/// Fills the empty table `columns`.
[[nodiscard]] Result<void> insertColumns(const SqliteConnection &connection, const Columns &columns);

} // namespace idstore
