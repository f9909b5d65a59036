// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_handle.h"

#include "models/store/data_directory.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>

#include <sqlite3.h>

namespace idstore {

namespace {

Error sqliteError(sqlite3 *database, const QString &doing)
{
    const int code = sqlite3_extended_errcode(database);
    // Asked of the file: the connection's own number has been overwritten by the rollback in between.
    int systemError = 0;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &systemError) != SQLITE_OK || systemError == 0)
        systemError = sqlite3_system_errno(database);
    if ((code & 0xFF) == SQLITE_FULL)
        return fileError(doing, ENOSPC);
    if ((code & 0xFF) == SQLITE_IOERR && (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG))
        return fileError(doing, systemError);
    const QString cause = doing + QStringLiteral(": ") + QString::fromUtf8(sqlite3_errmsg(database)) +
                          QStringLiteral(" (%1, %2)").arg(code).arg(systemError);
    return {
        ErrorKind::Internal,
        QStringLiteral("dataset_error"),
        QCoreApplication::translate("SqliteConnection", "The stored rows could not be read or written."),
        QCoreApplication::translate("SqliteConnection", "Run the source again; if it happens again, check the disk."),
        cause,
        {}};
}

} // namespace

void SqliteStatement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

void SqliteStatement::bind(int parameter, std::string_view utf8)
{
    // A null data pointer would bind NULL, and the empty text is not NULL.
    const char *bytes = utf8.data() ? utf8.data() : "";
    sqlite3_bind_text64(m_statement.get(), parameter, bytes, utf8.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bind(int parameter, qint64 number)
{
    sqlite3_bind_int64(m_statement.get(), parameter, number);
}

void SqliteStatement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement.get(), parameter);
}

Result<bool> SqliteStatement::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    return sqliteError(sqlite3_db_handle(m_statement.get()),
                       QString::fromUtf8(sqlite3_sql(m_statement.get())).left(200));
}

Result<void> SqliteStatement::execute()
{
    IDS_CHECK(step());
    sqlite3_reset(m_statement.get());
    return {};
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement.get());
}

std::optional<std::string_view> SqliteStatement::text(int column) const
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    if (!bytes)
        return std::nullopt;
    return std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)));
}

qint64 SqliteStatement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

void SqliteConnection::Closer::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database);
}

Result<SqliteConnection> SqliteConnection::open(const QString &path, Mode mode)
{
    sqlite3 *database = nullptr;
    const int access = mode == Mode::Create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int result = sqlite3_open_v2(QFile::encodeName(path).constData(), &database,
                                       access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    SqliteConnection connection(database);
    if (result != SQLITE_OK)
        return sqliteError(database, path);
    sqlite3_busy_timeout(database, 5000);
    return connection;
}

Result<SqliteStatement> SqliteConnection::prepare(const QByteArray &sql) const
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_database.get(), sql.constData(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK) {
        return sqliteError(m_database.get(), QString::fromUtf8(sql).left(200));
    }
    return SqliteStatement(statement);
}

Result<void> SqliteConnection::execute(const QByteArray &sql) const
{
    if (sqlite3_exec(m_database.get(), sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return sqliteError(m_database.get(), QString::fromUtf8(sql).left(200));
    return {};
}

} // namespace idstore
