// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QDir>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <thread>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

class TestIngestionService : public QObject
{
    Q_OBJECT

    /// Makes every reader wait before its batches until open() is called.
    struct Gate
    {
        std::atomic<bool> isOpen = false;
        std::atomic<int> waiting = 0;

        std::function<void(qint64)> hook(const CancelToken *stop = nullptr)
        {
            return [this, stop](qint64) {
                ++waiting;
                while (!isOpen && !(stop && stop->isCancelled()))
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                --waiting;
            };
        }
        void open() { isOpen = true; }
    };

    static QStringList datasetFiles(const EngineFixture &fixture, SourceId id)
    {
        return QDir(fixture.dataDirectory() + QStringLiteral("/datasets/") + id.toString()).entryList(QDir::Files);
    }

private Q_SLOTS:
    void run_completed_countsAddUpAndSourceIsReady()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 1'000, .rejectEvery = 100};
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(added);
        const auto run = fixture.ingest(added->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(toString(run->status), QStringLiteral("completed"));
        QCOMPARE(run->counts.read, 1'000);
        QCOMPARE(run->counts.added, 990);
        QCOMPARE(run->counts.rejected, 10);
        QVERIFY(run->counts.addUp());
        QVERIFY(run->finishedAt.isValid());

        const auto source = fixture.engine().sources().get(fixture.user(), added->id);
        IDS_VERIFY_OK(source);
        QCOMPARE(toString(source->status), QStringLiteral("ready"));
        QCOMPARE(source->rowCount, 990);
        QCOMPARE(source->columns.size(), 3);
        QCOMPARE(source->columns[1].filled, 990);
        QCOMPARE(source->columns[2].filled, 0);
        const auto rejects = fixture.engine().rejections().page(fixture.user(), added->id, 0, 100);
        IDS_VERIFY_OK(rejects);
        QCOMPARE(rejects->total, 10);
        const auto log = fixture.engine().ingestion().log(fixture.user(), run->id);
        IDS_VERIFY_OK(log);
        QVERIFY(log->last().text.contains(QStringLiteral("990 stored")));
    }

    void start_whileRunning_isAConflictAndSourceIngests()
    {
        MemoryCatalog catalog;
        Gate gate;
        catalog.file.behaviour = {.beforeBatch = gate.hook()};
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(added);
        auto &ingestion = fixture.engine().ingestion();
        const auto run = ingestion.start(fixture.user(), added->id, RunMode::Full, RunTrigger::Api);
        IDS_VERIFY_OK(run);
        IDS_VERIFY_ERROR(ingestion.start(fixture.user(), added->id, RunMode::Full, RunTrigger::Api),
                         ErrorKind::Conflict, "already_ingesting");
        IDS_VERIFY_ERROR(fixture.engine().sources().remove(fixture.user(), added->id), ErrorKind::Conflict,
                         "already_ingesting");
        QCOMPARE(toString(fixture.engine().sources().get(fixture.user(), added->id)->status),
                 QStringLiteral("ingesting"));
        QVERIFY(ingestion.progress(added->id).has_value());
        gate.open();
        IDS_VERIFY_OK(fixture.waitFor(added->id, *run));
        // Ready means free: the next run starts at once.
        IDS_VERIFY_OK(ingestion.start(fixture.user(), added->id, RunMode::Full, RunTrigger::Api));
    }

    void start_differentSources_runInParallel()
    {
        MemoryCatalog catalog;
        Gate gate;
        catalog.file.behaviour = {.beforeBatch = gate.hook()};
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("First"));
        const auto second = fixture.addFile(QStringLiteral("Second"));
        const auto third = fixture.addFile(QStringLiteral("Third"));
        auto &ingestion = fixture.engine().ingestion();
        for (const auto &source : {first, second})
            IDS_VERIFY_OK(ingestion.start(fixture.user(), source->id, RunMode::Full, RunTrigger::Api));
        QTRY_COMPARE(gate.waiting.load(), 2);
        // Only now, with both slots taken for sure: this one waits for a slot.
        IDS_VERIFY_OK(ingestion.start(fixture.user(), third->id, RunMode::Full, RunTrigger::Api));
        QCOMPARE(ingestion.runningCount(), 3);
        IDS_VERIFY_OK(ingestion.cancel(fixture.user(), third->id)); // and can be cancelled while it waits
        QTRY_VERIFY(!ingestion.progress(third->id));
        gate.open();
        QTRY_COMPARE(ingestion.runningCount(), 0);
        QCOMPARE(toString(fixture.engine().sources().get(fixture.user(), second->id)->status), QStringLiteral("ready"));
        QCOMPARE(toString(fixture.engine().sources().get(fixture.user(), third->id)->status),
                 QStringLiteral("pending"));
    }

    void cancel_runningRun_isFinalAndKeepsEarlierRows()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(added->id));
        Gate gate;
        catalog.file.behaviour = {.rows = 1'000, .beforeBatch = gate.hook()};
        auto &ingestion = fixture.engine().ingestion();
        const auto run = ingestion.start(fixture.user(), added->id, RunMode::Full, RunTrigger::Gui);
        IDS_VERIFY_OK(run);
        IDS_VERIFY_OK(ingestion.cancel(fixture.user(), added->id));
        gate.open();
        const auto ended = fixture.waitFor(added->id, *run);
        IDS_VERIFY_OK(ended);
        QCOMPARE(toString(ended->status), QStringLiteral("cancelled"));
        QVERIFY(ended->counts.addUp());
        QCOMPARE(ended->counts.ingested(), 0);
        const auto source = fixture.engine().sources().get(fixture.user(), added->id);
        QCOMPARE(toString(source->status), QStringLiteral("ready"));
        QCOMPARE(source->rowCount, 10);
        QCOMPARE(datasetFiles(fixture, added->id).size(), 1);
        IDS_VERIFY_ERROR(ingestion.cancel(fixture.user(), added->id), ErrorKind::Conflict, "not_ingesting");
    }

    void run_sourceBreaks_failsAndKeepsEarlierRows()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(added->id));
        catalog.file.behaviour = {.rows = 1'000, .failAfter = 300};
        const auto run = fixture.ingest(added->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(toString(run->status), QStringLiteral("failed"));
        QCOMPARE(run->error->code, QStringLiteral("source_broke"));
        QVERIFY(run->counts.addUp());
        const auto source = fixture.engine().sources().get(fixture.user(), added->id);
        QCOMPARE(toString(source->status), QStringLiteral("error"));
        QCOMPARE(source->error->code, QStringLiteral("source_broke"));
        QCOMPARE(source->rowCount, 10);
        QCOMPARE(fixture.engine().records().page(fixture.user(), added->id, {})->records.size(), 10);
        QCOMPARE(datasetFiles(fixture, added->id).size(), 1);
    }

    void runs_manyFullLoads_keepTheGenerationBefore()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        for (int i = 0; i < 4; ++i)
            IDS_VERIFY_OK(fixture.ingest(added->id));
        QCOMPARE(datasetFiles(fixture, added->id), QStringList({QStringLiteral("3.db"), QStringLiteral("4.db")}));
        const auto history = fixture.engine().ingestion().history(fixture.user(), added->id, 3);
        IDS_VERIFY_OK(history);
        QCOMPARE(history->size(), 3);
        QCOMPARE(history->first().id, RunId(4));
        const auto older = fixture.engine().ingestion().history(fixture.user(), added->id, 3, history->last().id);
        IDS_VERIFY_OK(older);
        QCOMPARE(older->size(), 1);
    }

    void reopen_afterACrash_failsTheRunAndRemovesItsFile()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(added->id));
        fixture.close();
        // What a killed process leaves behind: a run without an end, and half a generation.
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("crash"));
            database.setDatabaseName(fixture.dataDirectory() + QStringLiteral("/catalog.db"));
            QVERIFY(database.open());
            QVERIFY(!database
                         .exec(QStringLiteral("INSERT INTO runs(source_id, status, started_by, mode, started_at,"
                                              " heartbeat_at, rows_read, rows_new) VALUES(1, 'running', 'api', 'full',"
                                              " '2026-04-13T08:00:00.000Z', '2026-04-13T08:00:05.000Z', 500, 500)"))
                         .lastError()
                         .isValid());
        }
        QSqlDatabase::removeDatabase(QStringLiteral("crash"));
        QFile half(fixture.dataDirectory() + QStringLiteral("/datasets/src_01/2.db"));
        QVERIFY(half.open(QIODevice::WriteOnly));
        half.close();

        fixture.reopen();
        const auto run = fixture.engine().ingestion().run(fixture.user(), RunId(2));
        IDS_VERIFY_OK(run);
        QCOMPARE(toString(run->status), QStringLiteral("failed"));
        QCOMPARE(run->error->code, QStringLiteral("interrupted"));
        QVERIFY(run->counts.addUp());
        const auto log = fixture.engine().ingestion().log(fixture.user(), RunId(2));
        QVERIFY(log->last().text.contains(QStringLiteral("500")));
        QCOMPARE(datasetFiles(fixture, added->id), QStringList(QStringLiteral("1.db")));
        QCOMPARE(fixture.engine().sources().get(fixture.user(), added->id)->rowCount, 10);
        const auto again = fixture.ingest(added->id);
        QCOMPARE(toString(again->status), QStringLiteral("completed"));
    }

    void close_whileRunning_cancelsTheRun()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto added = fixture.addFile(QStringLiteral("People"));
        catalog.file.behaviour = {.rows = 1'000'000'000};
        const auto run = fixture.engine().ingestion().start(fixture.user(), added->id, RunMode::Full, RunTrigger::Api);
        IDS_VERIFY_OK(run);
        fixture.reopen();
        QCOMPARE(toString(fixture.engine().ingestion().run(fixture.user(), *run)->status), QStringLiteral("cancelled"));
        QVERIFY(datasetFiles(fixture, added->id).isEmpty());
    }

    void runLogs_ofParallelRuns_doNotMix()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        QList<RunId> runs;
        for (int i = 0; i < 2; ++i) {
            const auto source = fixture.addFile(QStringLiteral("Source %1").arg(i));
            const auto run =
                fixture.engine().ingestion().start(fixture.user(), source->id, RunMode::Full, RunTrigger::Api);
            IDS_VERIFY_OK(run);
            runs.append(*run);
        }
        QTRY_COMPARE(fixture.engine().ingestion().runningCount(), 0);
        for (const RunId run : runs)
            QCOMPARE(fixture.engine().ingestion().log(fixture.user(), run)->size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestIngestionService)
#include "tst_ingestion_service.moc"
