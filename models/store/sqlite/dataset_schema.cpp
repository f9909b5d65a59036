// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/dataset_schema.h"

#include "models/store/sqlite/sqlite_dataset_store.h"
#include "models/store/sqlite/sqlite_handle.h"

namespace idstore {

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

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

QByteArray insertRecordSql(int columnCount)
{
    QByteArray sql = "INSERT INTO records VALUES(?";
    for (int column = 0; column < columnCount; ++column)
        sql += ",?";
    return sql + ")";
}

Result<void> insertRecord(SqliteStatement &statement, const RowBatch &batch, std::size_t row)
{
    statement.bind(1, batch.line(row));
    for (int column = 0; column < batch.columnCount(); ++column) {
        if (const auto cell = batch.cell(row, column))
            statement.bind(column + 2, *cell);
        else
            statement.bindNull(column + 2);
    }
    return statement.execute();
}

Result<void> insertColumns(const SqliteConnection &connection, const Columns &columns)
{
    IDS_TRY(insert, connection.prepare("INSERT INTO columns VALUES(?,?,?,?,?)"));
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const Column &column = columns.at(i);
        const QByteArray name = column.name.toUtf8();
        const QByteArray type = toString(column.type).toUtf8();
        insert.bind(1, i + 1);
        insert.bind(2, view(name));
        insert.bind(3, view(type));
        insert.bind(4, column.generated ? 1 : 0);
        insert.bind(5, column.filled);
        IDS_CHECK(insert.execute());
    }
    return {};
}

} // namespace idstore
