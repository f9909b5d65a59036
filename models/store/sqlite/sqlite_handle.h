// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

#include <memory>
#include <optional>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace idstore {

/// A prepared statement of SQLite's C interface. Text goes in and out as UTF-8 views, without a copy of ours.
/// Belongs to its connection and must go before it. One thread at a time.
class SqliteStatement
{
public:
    SqliteStatement(SqliteStatement &&) noexcept = default;
    SqliteStatement &operator=(SqliteStatement &&) noexcept = default;

    // Parameters count from 1. Bound text must stay alive until the next reset().
    void bind(int parameter, std::string_view utf8);
    void bind(int parameter, qint64 number);
    void bindNull(int parameter);

    /// True: a row is there to read. False: done.
    [[nodiscard]] Result<bool> step();
    /// Runs to the end and makes the statement ready for the next bindings.
    [[nodiscard]] Result<void> execute();
    void reset();

    // Columns count from 0. Views live until the next step() or reset().
    [[nodiscard]] std::optional<std::string_view> text(int column) const;
    [[nodiscard]] qint64 number(int column) const;

private:
    friend class SqliteConnection;
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    explicit SqliteStatement(sqlite3_stmt *statement)
        : m_statement(statement)
    {}

    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

/// A connection of SQLite's C interface to one dataset file. The catalog goes through Qt Sql instead; datasets do
/// not, because a QVariant and two conversions a cell would cost more than the insert. One thread at a time; may move
/// between threads.
class SqliteConnection
{
public:
    enum class Mode { ReadOnly, Create };

    [[nodiscard]] static Result<SqliteConnection> open(const QString &path, Mode mode);

    [[nodiscard]] Result<SqliteStatement> prepare(const QByteArray &sql) const;
    /// Runs one or more statements without parameters or results.
    [[nodiscard]] Result<void> execute(const QByteArray &sql) const;

private:
    struct Closer
    {
        void operator()(sqlite3 *database) const;
    };

    explicit SqliteConnection(sqlite3 *database)
        : m_database(database)
    {}

    std::unique_ptr<sqlite3, Closer> m_database;
};

} // namespace idstore
