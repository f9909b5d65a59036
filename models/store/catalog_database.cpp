// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/catalog_database.h"

#include "models/base/logging.h"
#include "models/store/data_directory.h"
#include "models/store/migrations.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QThreadStorage>

#include <atomic>
#include <cerrno>
#include <map>

namespace idstore {

namespace {

/// The connections that one thread has opened; a Qt Sql connection may be used and removed by its own thread only.
class ThreadConnections
{
public:
    ~ThreadConnections()
    {
        while (!m_names.empty())
            close(m_names.begin()->first);
    }

    QString &name(quint64 instance) { return m_names[instance]; }

    void close(quint64 instance)
    {
        const auto found = m_names.find(instance);
        if (found == m_names.end())
            return;
        if (!found->second.isEmpty())
            QSqlDatabase::removeDatabase(found->second);
        m_names.erase(found);
    }

private:
    std::map<quint64, QString> m_names;
};

// Not thread_local: what that destroys goes only after QThread::wait() has returned, when the catalog may be gone.
QThreadStorage<ThreadConnections> threadConnections;

std::atomic<quint64> nextInstance{1};
std::atomic<quint64> nextConnection{1};

Error catalogError(const QSqlError &error, const QString &doing)
{
    const QString cause = doing + QStringLiteral(": ") + error.text();
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    constexpr int sqliteFull = 13; // SQLITE_FULL
    if (isNumber && (code & 0xFF) == sqliteFull)
        return fileError(cause, ENOSPC);
    return {
        ErrorKind::Internal,
        QStringLiteral("catalog_error"),
        QCoreApplication::translate("CatalogDatabase", "The list of sources and runs could not be read or written."),
        QCoreApplication::translate("CatalogDatabase", "Check the disk and the permissions of the data folder."),
        cause,
        {}};
}

} // namespace

Result<std::unique_ptr<CatalogDatabase>> CatalogDatabase::open(const QString &path)
{
    std::unique_ptr<CatalogDatabase> catalog(new CatalogDatabase(path));
    IDS_CHECK(migrate(*catalog, QStringLiteral(":/schema/sqlite")));
    return catalog;
}

CatalogDatabase::CatalogDatabase(QString path)
    : m_path(std::move(path))
    , m_instance(nextInstance.fetch_add(1))
{}

CatalogDatabase::~CatalogDatabase()
{
    threadConnections.localData().close(m_instance);
}

Result<QSqlDatabase> CatalogDatabase::connection()
{
    QString &name = threadConnections.localData().name(m_instance);
    if (!name.isEmpty())
        return QSqlDatabase::database(name, false);

    const QString newName = QStringLiteral("catalog-%1").arg(nextConnection.fetch_add(1));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), newName);
        database.setDatabaseName(m_path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
        if (!database.open()) {
            const Error error = catalogError(database.lastError(), m_path);
            database = {};
            QSqlDatabase::removeDatabase(newName);
            return error;
        }
    }
    name = newName;
    QSqlDatabase database = QSqlDatabase::database(name, false);
    // FULL: a committed run survives a power cut, since the rows it replaces may be deleted soon after.
    for (const char *pragma : {"PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"}) {
        QSqlQuery query(database);
        if (!query.exec(QLatin1StringView(pragma)))
            return catalogError(query.lastError(), QLatin1StringView(pragma));
    }
    return database;
}

Result<QSqlQuery> CatalogDatabase::query(const QString &sql, const QVariantList &values)
{
    IDS_TRY(database, connection());
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return catalogError(query.lastError(), sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return catalogError(query.lastError(), sql);
    return query;
}

Result<void> CatalogDatabase::begin()
{
    IDS_CHECK(query(QStringLiteral("BEGIN IMMEDIATE")));
    return {};
}

Result<void> CatalogDatabase::commit()
{
    auto committed = query(QStringLiteral("COMMIT"));
    if (!committed) {
        rollback();
        return std::move(committed).error();
    }
    return {};
}

void CatalogDatabase::rollback()
{
    const auto rolledBack = query(QStringLiteral("ROLLBACK"));
    if (!rolledBack)
        qCWarning(logStore) << rolledBack.error().logLine();
}

} // namespace idstore
