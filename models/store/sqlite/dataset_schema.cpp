// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/dataset_schema.h"

#include "models/store/sqlite/sqlite_dataset_store.h"

namespace idstore {

QByteArray datasetSchemaSql(int columnCount)
{
    QByteArray sql = "PRAGMA application_id = 0x49445354;"
                     "PRAGMA user_version = " +
                     QByteArray::number(SqliteDatasetStore::formatVersion) +
                     ";"
                     "CREATE TABLE columns(position INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL,"
                     " generated INTEGER NOT NULL, filled INTEGER NOT NULL);"
                     "CREATE TABLE rejects(id INTEGER PRIMARY KEY, line INTEGER NOT NULL, column_name TEXT NOT NULL,"
                     " code TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL);"
                     "CREATE TABLE records(line INTEGER";
    for (int column = 1; column <= columnCount; ++column)
        sql += ", c" + QByteArray::number(column) + " TEXT";
    return sql + ");";
}

} // namespace idstore
