// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/catalog_database.h"
#include "models/store/migrations.h"
#include "tests/support/result_checks.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace idstore;

class TestCatalogDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitSqlScript_commentsAndQuotes_areUnderstood()
    {
        const QStringList statements =
            splitSqlScript(QStringLiteral("-- a; comment\nCREATE TABLE a(x); -- more\n"
                                          "INSERT INTO a VALUES('it''s; here -- too');\n;;"));
        QCOMPARE(statements, QStringList({QStringLiteral("CREATE TABLE a(x)"),
                                          QStringLiteral("INSERT INTO a VALUES('it''s; here -- too')")}));
    }

    void open_twice_appliesMigrationsOnce()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("catalog.db"));
        for (int i = 0; i < 2; ++i) {
            auto catalog = CatalogDatabase::open(path);
            IDS_VERIFY_OK(catalog);
            auto rows = (*catalog)->query(QStringLiteral("SELECT count(*), max(version) FROM schema_migrations"));
            IDS_VERIFY_OK(rows);
            QVERIFY(rows->next());
            QCOMPARE(rows->value(0).toInt(), rows->value(1).toInt());
        }
    }

    void open_newerStore_isRefused()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("catalog.db"));
        {
            auto catalog = CatalogDatabase::open(path);
            IDS_VERIFY_OK(catalog);
            IDS_VERIFY_OK(
                (*catalog)->query(QStringLiteral("INSERT INTO schema_migrations VALUES(9999, 'later', '', '')")));
        }
        IDS_VERIFY_ERROR(CatalogDatabase::open(path), ErrorKind::Unavailable, "newer_store");
    }

    void open_notADatabase_isAnError()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("catalog.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        IDS_VERIFY_ERROR(CatalogDatabase::open(file.fileName()), ErrorKind::Internal, "catalog_error");
    }

    void write_failingWork_isRolledBack()
    {
        const QTemporaryDir folder;
        auto catalog = CatalogDatabase::open(folder.filePath(QStringLiteral("catalog.db")));
        IDS_VERIFY_OK(catalog);
        const Result<void> failed = (*catalog)->write([&]() -> Result<void> {
            IDS_CHECK((*catalog)->query(QStringLiteral("INSERT INTO users(name, created_at) VALUES('x', '')")));
            return Error{ErrorKind::Conflict, QStringLiteral("on_purpose"), {}, {}, {}, {}};
        });
        IDS_VERIFY_ERROR(failed, ErrorKind::Conflict, "on_purpose");
        auto rows = (*catalog)->query(QStringLiteral("SELECT count(*) FROM users WHERE name = 'x'"));
        IDS_VERIFY_OK(rows);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toInt(), 0);
    }

    void write_fromManyThreads_losesNothing()
    {
        const QTemporaryDir folder;
        auto catalog = CatalogDatabase::open(folder.filePath(QStringLiteral("catalog.db")));
        IDS_VERIFY_OK(catalog);
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    const auto written = (*catalog)->write([&] {
                        return (*catalog)->query(QStringLiteral("INSERT INTO users(name, created_at) VALUES(?, '')"),
                                                 {QStringLiteral("%1-%2").arg(t).arg(i)});
                    });
                    failures += written ? 0 : 1;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        auto rows = (*catalog)->query(QStringLiteral("SELECT count(*) FROM users"));
        IDS_VERIFY_OK(rows);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toInt(), 101);
    }
};

QTEST_GUILESS_MAIN(TestCatalogDatabase)
#include "tst_catalog_database.moc"
