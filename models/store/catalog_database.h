// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QMutex>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>

namespace idstore {

/// The catalog: a SQLite database in WAL mode behind Qt Sql, brought to the newest schema when it is opened.
/// Thread-safe: each thread gets its own connection, closed when the thread ends; writers of this process queue on a
/// mutex instead of on SQLite's busy timer. Never call it on the window's thread: a commit waits for the disk.
class CatalogDatabase
{
public:
    /// Errors: Unavailable "newer_store" when a newer program has changed the schema, Internal "catalog_error".
    static Result<std::unique_ptr<CatalogDatabase>> open(const QString &path);
    /// Closes the calling thread's connection. No other thread may be inside a call.
    ~CatalogDatabase();
    CatalogDatabase(const CatalogDatabase &) = delete;
    CatalogDatabase &operator=(const CatalogDatabase &) = delete;

    /// Runs one statement with values for its question marks; the result rows are read forward only.
    [[nodiscard]] Result<QSqlQuery> query(const QString &sql, const QVariantList &values = {});

    /// Runs `work` (returning a Result) in a transaction that commits when it is ok and rolls back otherwise.
    /// Not nestable.
    template <typename Work>
    [[nodiscard]] auto write(Work work) -> decltype(work())
    {
        const QMutexLocker locker(&m_writeMutex);
        IDS_CHECK(begin());
        auto result = work();
        if (!result) {
            rollback();
            return result;
        }
        IDS_CHECK(commit());
        return result;
    }

private:
    explicit CatalogDatabase(QString path);

    [[nodiscard]] Result<QSqlDatabase> connection();
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> commit();
    void rollback();

    QString m_path;
    quint64 m_instance; ///< names this object's connections; never used again
    QMutex m_writeMutex;
};

} // namespace idstore
