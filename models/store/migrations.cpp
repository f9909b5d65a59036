// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/migrations.h"

#include "models/base/logging.h"
#include "models/store/catalog_database.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

namespace idstore {

namespace {

struct Migration
{
    int version = 0;
    QString name;
    QByteArray script;
};

Result<QList<Migration>> loadMigrations(const QString &folder)
{
    QList<Migration> migrations;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorKind::Internal, QStringLiteral("migration_missing"), file.errorString(), {}, name, {}};
        migrations.append({name.section(u'_', 0, 0).toInt(), name, file.readAll()});
    }
    if (migrations.isEmpty())
        return Error{ErrorKind::Internal,
                     QStringLiteral("migration_missing"),
                     QStringLiteral("No schema found."),
                     {},
                     folder,
                     {}};
    return migrations;
}

Result<void> apply(CatalogDatabase &catalog, const Migration &migration)
{
    return catalog.write([&]() -> Result<void> {
        const QStringList statements = splitSqlScript(QString::fromUtf8(migration.script));
        for (const QString &statement : statements)
            IDS_CHECK(catalog.query(statement));
        const QByteArray checksum = QCryptographicHash::hash(migration.script, QCryptographicHash::Sha256).toHex();
        IDS_CHECK(catalog.query(QStringLiteral("INSERT INTO schema_migrations VALUES(?, ?, ?, ?)"),
                                {migration.version, migration.name, QString::fromLatin1(checksum),
                                 QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}));
        return {};
    });
}

} // namespace

Result<void> migrate(CatalogDatabase &catalog, const QString &folder)
{
    IDS_TRY(migrations, loadMigrations(folder));
    IDS_CHECK(catalog.query(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_migrations("
                                           "version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                           " checksum TEXT NOT NULL, applied_at TEXT NOT NULL)")));
    int current = 0;
    {
        IDS_TRY(newest, catalog.query(QStringLiteral("SELECT coalesce(max(version), 0) FROM schema_migrations")));
        if (newest.next())
            current = newest.value(0).toInt();
    }
    if (current > migrations.constLast().version) {
        return Error{
            ErrorKind::Unavailable,
            QStringLiteral("newer_store"),
            QCoreApplication::translate("Migrations",
                                        "The data folder was last used by a newer version of Identity Store."),
            QCoreApplication::translate("Migrations", "Install the newest version, or choose another data folder."),
            QStringLiteral("schema %1, known up to %2").arg(current).arg(migrations.constLast().version),
            {}};
    }
    for (const Migration &migration : std::as_const(migrations)) {
        if (migration.version <= current)
            continue;
        qCDebug(logStore) << "applying" << migration.name;
        IDS_CHECK(apply(catalog, migration));
    }
    return {};
}

QStringList splitSqlScript(const QString &script)
{
    QStringList statements;
    QString statement;
    QChar quote;
    const auto finish = [&] {
        if (!statement.trimmed().isEmpty())
            statements.append(statement.trimmed());
        statement.clear();
    };
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (!quote.isNull()) {
            statement += c;
            if (c == quote)
                quote = QChar(); // a doubled quote opens again at once
        } else if (c == u'\'' || c == u'"') {
            quote = c;
            statement += c;
        } else if (c == u'-' && i + 1 < script.size() && script[i + 1] == u'-') {
            while (i + 1 < script.size() && script[i + 1] != u'\n')
                ++i;
        } else if (c == u';') {
            finish();
        } else {
            statement += c;
        }
    }
    finish();
    return statements;
}

} // namespace idstore
