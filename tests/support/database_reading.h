// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

struct sqlite3;
struct sqlite3_stmt;

namespace idstore::test {

/// A dataset file as SQLite itself reads it, past the store: each value with its type, as "<type>:<bytes>".
class Database
{
public:
    explicit Database(const QString &path);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    [[nodiscard]] bool isOpen() const { return m_opened; }
    /// For difference(); null when SQLite does not understand the query.
    [[nodiscard]] sqlite3_stmt *prepare(const char *sql) const;
    /// The first value of a query's first row, or "no row".
    [[nodiscard]] QByteArray value(const char *sql) const;

private:
    sqlite3 *m_database = nullptr;
    bool m_opened = false;
};

/// Empty when both answer a query alike, otherwise where they differ first.
[[nodiscard]] QString difference(const Database &expected, const Database &actual, const char *sql);

} // namespace idstore::test
