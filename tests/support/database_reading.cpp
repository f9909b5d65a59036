// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/database_reading.h"

#include <QFile>

#include <sqlite3.h>

namespace idstore::test {

namespace {

QByteArray cell(sqlite3_stmt *statement, int column)
{
    const int type = sqlite3_column_type(statement, column);
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_blob(statement, column));
    return QByteArray::number(type) + ':' + QByteArray(bytes, sqlite3_column_bytes(statement, column));
}

} // namespace

Database::Database(const QString &path)
{
    m_opened =
        sqlite3_open_v2(QFile::encodeName(path).constData(), &m_database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK;
}

Database::~Database()
{
    sqlite3_close(m_database);
}

sqlite3_stmt *Database::prepare(const char *sql) const
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr);
    return statement;
}

QByteArray Database::value(const char *sql) const
{
    sqlite3_stmt *statement = prepare(sql);
    const QByteArray value = sqlite3_step(statement) == SQLITE_ROW ? cell(statement, 0) : QByteArray("no row");
    sqlite3_finalize(statement);
    return value;
}

/// Empty when the two queries answer alike, otherwise where they differ first.
QString difference(const Database &expected, const Database &actual, const char *sql)
{
    sqlite3_stmt *left = expected.prepare(sql);
    sqlite3_stmt *right = actual.prepare(sql);
    QString found;
    for (qint64 row = 1; found.isEmpty(); ++row) {
        const int leftStep = sqlite3_step(left);
        const int rightStep = sqlite3_step(right);
        if (leftStep != rightStep)
            found = QStringLiteral("%1: row %2: steps %3 and %4")
                        .arg(QLatin1StringView(sql))
                        .arg(row)
                        .arg(leftStep)
                        .arg(rightStep);
        if (leftStep != SQLITE_ROW)
            break;
        for (int column = 0; column < sqlite3_column_count(left); ++column) {
            const QByteArray want = cell(left, column);
            const QByteArray have = cell(right, column);
            if (want != have) {
                found = QStringLiteral("%1: row %2, column %3: \"%4\" instead of \"%5\"")
                            .arg(QLatin1StringView(sql))
                            .arg(row)
                            .arg(column)
                            .arg(QString::fromUtf8(have.left(80)), QString::fromUtf8(want.left(80)));
                break;
            }
        }
    }
    if (sqlite3_column_count(left) == 0 || sqlite3_column_count(left) != sqlite3_column_count(right))
        found = QStringLiteral("%1: not understood alike").arg(QLatin1StringView(sql));
    sqlite3_finalize(left);
    sqlite3_finalize(right);
    return found;
}

} // namespace idstore::test
