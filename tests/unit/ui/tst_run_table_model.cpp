// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/run_filter.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/itemmodels/run_text.h"
#include "ui/pages/history/run_watcher.h"

#include <QAbstractItemModelTester>
#include <QMutex>
#include <QPersistentModelIndex>
#include <QSemaphore>
#include <QSignalSpy>

using namespace idstore;

namespace {

IngestionRun run(qint64 number, RunStatus status = RunStatus::Completed,
                 const QString &source = QStringLiteral("people"))
{
    IngestionRun result;
    result.id = RunId(number);
    result.source = SourceId(1);
    result.sourceName = source;
    result.status = status;
    result.startedAt = QDateTime(QDate(2026, 4, 13), QTime(8, 0), Qt::UTC).addSecs(number);
    if (status != RunStatus::Running)
        result.finishedAt = result.startedAt.addSecs(38);
    result.counts = {.read = 10, .added = 4, .changed = 3, .unchanged = 2, .rejected = 1, .removed = 5};
    return result;
}

/// What a service would answer; newest first. The worker threads read it.
class Store
{
public:
    void set(QList<IngestionRun> runs)
    {
        const QMutexLocker lock(&m_mutex);
        m_runs = std::move(runs);
    }
    [[nodiscard]] RunTableModel::RunLoader loader()
    {
        return [this](int limit, RunId before) -> Result<QList<IngestionRun>> {
            const QMutexLocker lock(&m_mutex);
            QList<IngestionRun> found;
            for (const IngestionRun &candidate : m_runs) {
                if (found.size() < limit && (before.isNull() || candidate.id < before))
                    found.append(candidate);
            }
            return found;
        };
    }

private:
    QMutex m_mutex;
    QList<IngestionRun> m_runs;
};

} // namespace

class TestRunTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reload_newRunOnTop_movesNoSelection();
    void reload_runDeleted_leavesTheOthers();
    void fetchMore_olderRuns_areAppended();
    void runningRow_showsProgressAndNoResultYet();
    void failedRun_hasNoCountsOfChanges();
    void filter_byStatusAndName();
    void counts_areSaidSoThatTheyAddUp();
    void started_isSaidRelativeToNow();
    void watcher_realRun_isFollowedToItsEnd();

private:
    SystemClock m_clock;
};

void TestRunTableModel::reload_newRunOnTop_movesNoSelection()
{
    AsyncRunner async;
    Store store;
    store.set({run(2), run(1)});
    RunTableModel model(async, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    const QPersistentModelIndex second(model.index(1, RunTableModel::StartedColumn));
    store.set({run(4, RunStatus::Running), run(3, RunStatus::Failed), run(2), run(1)});
    model.reload();
    QTRY_COMPARE(loaded.size(), 2);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(second.row(), 3);
    QCOMPARE(model.runAt(0)->id, RunId(4));
    store.set({run(4), run(3, RunStatus::Failed), run(2), run(1)});
    model.reload();
    QTRY_COMPARE(loaded.size(), 3);
    QVERIFY(model.runAt(0)->status == RunStatus::Completed);
}

void TestRunTableModel::reload_runDeleted_leavesTheOthers()
{
    AsyncRunner async;
    Store store;
    store.set({run(5), run(4), run(3), run(2), run(1)});
    RunTableModel model(async, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    store.set({run(6), run(4), run(2)});
    model.reload();
    QTRY_COMPARE(loaded.size(), 2);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.runAt(0)->id, RunId(6));
    QCOMPARE(model.runAt(1)->id, RunId(4));
    QCOMPARE(model.runAt(2)->id, RunId(2));
}

void TestRunTableModel::fetchMore_olderRuns_areAppended()
{
    AsyncRunner async;
    Store store;
    QList<IngestionRun> runs;
    for (qint64 number = 250; number > 0; --number)
        runs.append(run(number));
    store.set(runs);
    RunTableModel model(async, m_clock);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(model.rowCount(), RunTableModel::step);
    while (model.canFetchMore({})) {
        const int before = model.rowCount();
        model.fetchMore({});
        QTRY_VERIFY(model.rowCount() > before);
    }
    QCOMPARE(model.rowCount(), 250);
    QCOMPARE(model.runAt(249)->id, RunId(1));
}

void TestRunTableModel::runningRow_showsProgressAndNoResultYet()
{
    AsyncRunner async;
    Store store;
    store.set({run(1, RunStatus::Running)});
    RunTableModel model(async, m_clock);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(model.runningSources(), QList<SourceId>{SourceId(1)});
    QVERIFY(model.index(0, 0).data(RunTableModel::FractionRole).isNull());
    Progress progress;
    progress.phase = RunPhase::Reading;
    progress.rows = 6418200;
    progress.totalRows = 9812450;
    progress.rowsPerSecond = 92400;
    progress.secondsLeft = 36.7;
    model.setProgress(SourceId(1), progress);
    QVERIFY(qAbs(model.index(0, 0).data(RunTableModel::FractionRole).toDouble() - 0.654) < 0.001);
    QCOMPARE(model.index(0, 0).data(RunTableModel::ProgressTextRole).toString(),
             QStringLiteral("6,418,200 of 9,812,450 \u00B7 92,400 rows/s \u00B7 37 s left"));
    QCOMPARE(model.index(0, RunTableModel::NewColumn).data().toString(), QStringLiteral("\u2014"));
    store.set({run(1)});
    model.reload();
    QTRY_COMPARE(loaded.size(), 2);
    QVERIFY(model.index(0, 0).data(RunTableModel::FractionRole).isNull());
    QCOMPARE(model.index(0, RunTableModel::NewColumn).data().toString(), QStringLiteral("4"));
    QCOMPARE(model.index(0, RunTableModel::TookColumn).data().toString(), QStringLiteral("38 s"));
}

void TestRunTableModel::failedRun_hasNoCountsOfChanges()
{
    AsyncRunner async;
    Store store;
    IngestionRun failed = run(1, RunStatus::Failed);
    failed.error = Error{ErrorKind::Source,
                         QStringLiteral("x"),
                         QStringLiteral("The server's key has changed."),
                         QStringLiteral("Ask the partner."),
                         {},
                         {}};
    store.set({failed});
    RunTableModel model(async, m_clock);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(model.index(0, RunTableModel::ReadColumn).data().toString(), QStringLiteral("10"));
    for (const int column : {RunTableModel::NewColumn, RunTableModel::ChangedColumn, RunTableModel::RemovedColumn,
                             RunTableModel::RejectedColumn}) {
        QCOMPARE(model.index(0, column).data().toString(), QStringLiteral("\u2014"));
        QCOMPARE(model.index(0, column).data(Qt::AccessibleTextRole).toString(), QStringLiteral("none"));
    }
    QVERIFY(model.index(0, RunTableModel::ResultColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QLatin1StringView("Ask the partner")));
}

void TestRunTableModel::filter_byStatusAndName()
{
    AsyncRunner async;
    Store store;
    store.set({run(4, RunStatus::Running, QStringLiteral("CRM")), run(3, RunStatus::Failed), run(2),
               run(1, RunStatus::Failed, QStringLiteral("crm old"))});
    RunTableModel model(async, m_clock);
    RunFilter filter;
    filter.setSourceModel(&model);
    QSignalSpy loaded(&model, &RunTableModel::loaded);
    model.setLoader(store.loader());
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(filter.rowCount(), 4);
    filter.setStatus(RunStatus::Failed);
    QCOMPARE(filter.rowCount(), 2);
    filter.setNameText(QStringLiteral("Crm"));
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0).data(RunTableModel::RunIdRole).toLongLong(), 1);
    filter.setStatus({});
    QCOMPARE(filter.rowCount(), 2);
}

void TestRunTableModel::counts_areSaidSoThatTheyAddUp()
{
    QCOMPARE(countsText({.read = 4818, .added = 1204, .changed = 3318, .unchanged = 289, .rejected = 7}),
             QStringLiteral("4,818 read = 1,204 new + 3,318 changed + 289 same + 7 set aside"));
    QVERIFY(countsText({.removed = 14}).endsWith(QLatin1StringView("; 14 removed")));
    QCOMPARE(rowsText(1), QStringLiteral("1 row"));
    QCOMPARE(rowsText(9'790'112), QStringLiteral("9,790,112 rows"));
}

void TestRunTableModel::started_isSaidRelativeToNow()
{
    // Kathmandu is 5:45 ahead: the days are those of the person, not of UTC.
    const QDateTime now(QDate(2026, 4, 13), QTime(10, 0), Qt::UTC);
    const auto said = [&](const QDateTime &moment) { return startedText(moment, now); };
    QVERIFY(said(now.addSecs(-3600)).startsWith(QLatin1StringView("today 14:45")));
    QVERIFY(
        said(QDateTime(QDate(2026, 4, 12), QTime(18, 0), Qt::UTC)).startsWith(QLatin1StringView("yesterday 23:45")));
    QVERIFY(said(QDateTime(QDate(2026, 4, 12), QTime(18, 20), Qt::UTC)).startsWith(QLatin1StringView("today 00:05")));
    QVERIFY(
        said(QDateTime(QDate(2026, 4, 10), QTime(8, 0), Qt::UTC)).startsWith(QLatin1StringView("Fri 10 Apr 13:45")));
    QVERIFY(
        said(QDateTime(QDate(2024, 11, 14), QTime(8, 0), Qt::UTC)).startsWith(QLatin1StringView("14 Nov 2024 13:45")));
    QCOMPARE(said({}), QStringLiteral("\u2014"));
}

void TestRunTableModel::watcher_realRun_isFollowedToItsEnd()
{
    test::MemoryCatalog catalog;
    QSemaphore mayGoOn;
    catalog.file.behaviour.rows = 1000;
    catalog.file.behaviour.beforeBatch = [&mayGoOn](qint64 row) {
        if (row >= 500)
            mayGoOn.tryAcquire(1, 20'000);
    };
    test::EngineFixture fixture(catalog);
    const auto source = fixture.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(source);
    AsyncRunner async;
    RunTableModel model(async, m_clock);
    RunWatcher watcher(fixture.engine(), model);
    watcher.setSource(source->id);
    watcher.setWatching(true);
    model.setLoader([&ingestion = fixture.engine().ingestion(), id = source->id](int limit, RunId before) {
        return ingestion.history(test::EngineFixture::user(), id, limit, before);
    });
    QTRY_VERIFY(model.isLoaded());
    QCOMPARE(model.rowCount(), 0);
    IDS_VERIFY_OK(fixture.engine().ingestion().start(fixture.user(), source->id, RunMode::Full, RunTrigger::Gui));
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(model.index(0, RunTableModel::ReadColumn).data().toString(), QStringLiteral("500"));
    QVERIFY(model.runAt(0)->status == RunStatus::Running);
    QTRY_VERIFY(!model.index(0, 0).data(RunTableModel::ProgressTextRole).isNull());
    mayGoOn.release(1000);
    QTRY_VERIFY(model.runAt(0)->status == RunStatus::Completed);
    QCOMPARE(model.index(0, RunTableModel::NewColumn).data().toString(), QStringLiteral("1,000"));
    QCOMPARE(model.index(0, RunTableModel::StartedByColumn).data().toString(), QStringLiteral("You"));
    QVERIFY(model.runningSources().isEmpty());
}

QTEST_MAIN(TestRunTableModel)
#include "tst_run_table_model.moc"
