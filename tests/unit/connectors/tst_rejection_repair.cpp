// SPDX-License-Identifier: GPL-3.0-or-later
// Rejected rows retried, remembered and forgotten; and the counts after each.
#include "models/store/catalog_database.h"
#include "tests/unit/connectors/rejection_fixture.h"

#include <QDir>
#include <QSignalSpy>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestRejectionRepair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m = std::make_unique<test::RejectionFixture>(); }
    void cleanup() { m.reset(); }

    void retry_correctedRow_movesItToTheRecords();
    void retry_all_storesWhatFitsAndKeepsTheRest();
    void retry_nothingFits_leavesTheRowsInUse();
    void retry_oneOfTwoAlike_leavesTheOtherCorrected();
    void retry_whatCannotBe_isSaid();
    void retry_whileARunIsUnderWay_isAConflict();
    void retry_whenCancelled_changesNothing();
    void failedRepair_doesNotMakeTheSourceAnError();
    void fullRun_appliesRememberedCorrections();
    void fullRun_afterForgetting_setsTheRowAside();
    void fullRun_withoutTheRow_closesItsCorrection();
    void interrupted_betweenRowsAndCatalog_countsAgree();

private:
    std::unique_ptr<test::RejectionFixture> m;
};

void TestRejectionRepair::retry_correctedRow_movesItToTheRecords()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    const qint64 generation = m->source().generation;
    const auto run = m->retry({1, 1});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"completed"_s);
    QCOMPARE(toString(run->mode), u"repair"_s);
    QCOMPARE(run->counts.read, 1);
    QCOMPARE(run->counts.added, 1);
    QCOMPARE(run->counts.rejected, 0);

    const Source after = m->source();
    QCOMPARE(after.rowCount, 4);
    QCOMPARE(after.rejectedCount, 2);
    QVERIFY(after.generation > generation); // views see that the rows are others
    QCOMPARE(toString(after.status), u"ready"_s);
    const auto records = m->store().engine().records().page(m->user(), m->id, {});
    IDS_VERIFY_OK(records);
    QCOMPARE(records->records.size(), 4);
    QCOMPARE(records->records.constLast().row, 4);
    QCOMPARE(records->records.constLast().cells,
             (QList<std::optional<QString>>{u"2"_s, u"Fuchs; Partner"_s, u"Heidenau"_s}));
    // The others keep their numbers; the correction is remembered, though its row is not set aside any more.
    QCOMPARE(m->rows().size(), 2);
    QCOMPARE(m->rows().constFirst().id, 2);
    QCOMPARE(m->openCorrections(), 0);
    const auto remembered = m->rejections().corrections(m->user(), m->id, 0, 10);
    IDS_VERIFY_OK(remembered);
    QCOMPARE(remembered->size(), 1);
    QVERIFY(!remembered->constFirst().isOpen);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::retry_all_storesWhatFitsAndKeepsTheRest()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Partner;x"_s)));
    IDS_VERIFY_OK(m->correct(2, m->text(u"4;\"Haus; Ring\";Kiel"_s)));
    const auto run = m->retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.read, 3);
    QCOMPARE(run->counts.added, 2);
    QCOMPARE(run->counts.rejected, 1);
    QCOMPARE(m->source().rowCount, 5);
    QCOMPARE(m->rows().size(), 1);
    QCOMPARE(m->rows().constFirst().id, 1);
    QVERIFY(m->rows().constFirst().correction->misfit);
    QCOMPARE(m->openCorrections(), 1);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::retry_nothingFits_leavesTheRowsInUse()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Partner;x"_s)));
    const qint64 generation = m->source().generation;
    const auto run = m->retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"completed"_s);
    QCOMPARE(run->counts.read, 1);
    QCOMPARE(run->counts.rejected, 1);
    QCOMPARE(m->source().generation, generation);
    QCOMPARE(m->rows().size(), 3);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::retry_oneOfTwoAlike_leavesTheOtherCorrected()
{
    IDS_VERIFY_OK(m->correct(2, m->text(u"4;\"Haus; Ring\";Kiel"_s)));
    IDS_VERIFY_OK(m->retry({2}));
    QCOMPARE(m->rows().size(), 2);
    QCOMPARE(m->openCorrections(), 1);
    const auto rest = m->retry({});
    IDS_VERIFY_OK(rest);
    QCOMPARE(rest->counts.added, 1);
    QCOMPARE(m->rows().size(), 1);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::retry_whatCannotBe_isSaid()
{
    auto &ingestion = m->ingestion();
    const auto tried = [&](const QList<qint64> &ids) {
        return ingestion.retry(m->user(), m->id, ids, RunTrigger::Api);
    };
    IDS_VERIFY_ERROR(tried({}), ErrorKind::Conflict, "nothing_to_retry");
    const auto uncorrected = tried({1});
    IDS_VERIFY_ERROR(uncorrected, ErrorKind::InvalidInput, "invalid_input");
    QCOMPARE(uncorrected.error().fields.constFirst().field, u"ids"_s);
    IDS_VERIFY_ERROR(tried({77}), ErrorKind::InvalidInput, "invalid_input");
    IDS_VERIFY_ERROR(ingestion.retry(UserId(7), m->id, {}, RunTrigger::Api), ErrorKind::NotFound, "source_not_found");
    QCOMPARE(ingestion.history(m->user(), m->id, 10)->size(), 1);
}

void TestRejectionRepair::retry_whileARunIsUnderWay_isAConflict()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Heidenau"_s)));
    auto &ingestion = m->ingestion();
    m->catalog().latch().hold();
    const auto run = ingestion.start(m->user(), m->id, RunMode::Full, RunTrigger::Api);
    IDS_VERIFY_OK(run);
    IDS_VERIFY_ERROR(ingestion.retry(m->user(), m->id, {1}, RunTrigger::Api), ErrorKind::Conflict, "already_ingesting");
    // A correction made meanwhile is for the rows in use, and for those to come.
    QVERIFY(m->catalog().latch().waitUntilReached());
    IDS_VERIFY_OK(m->correct(3, m->text(u"4;\"Haus; Ring\";Kiel"_s)));
    m->catalog().latch().release();
    IDS_VERIFY_OK(m->store().waitFor(m->id, *run));
    QCOMPARE(m->openCorrections(), 1);
    IDS_VERIFY_OK(m->retry({}));
    QCOMPARE(m->source().rejectedCount, 0);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::retry_whenCancelled_changesNothing()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Heidenau"_s)));
    // Both places to work are taken, so that the repair waits and can be cancelled for sure.
    auto &ingestion = m->ingestion();
    m->catalog().latch().hold();
    for (const auto &name : {u"First"_s, u"Second"_s}) {
        const auto other = m->store().addFile(name);
        IDS_VERIFY_OK(other);
        IDS_VERIFY_OK(ingestion.start(m->user(), other->id, RunMode::Full, RunTrigger::Api));
    }
    QTRY_COMPARE(ingestion.runningCount(), 2);
    const auto run = ingestion.retry(m->user(), m->id, {1}, RunTrigger::Api);
    IDS_VERIFY_OK(run);
    IDS_VERIFY_OK(ingestion.cancel(m->user(), m->id));
    m->catalog().latch().release();
    const auto ended = m->store().waitFor(m->id, *run);
    IDS_VERIFY_OK(ended);
    QCOMPARE(toString(ended->status), u"cancelled"_s);
    QCOMPARE(m->source().rowCount, 3);
    QCOMPARE(toString(m->source().status), u"ready"_s);
    QCOMPARE(m->openCorrections(), 1);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::failedRepair_doesNotMakeTheSourceAnError()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Heidenau"_s)));
    IDS_VERIFY_OK(m->changeDelimiter());
    const auto run = m->retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"failed"_s);
    QCOMPARE(run->error->code, u"columns_changed"_s);
    QCOMPARE(toString(m->source().status), u"ready"_s);
    QCOMPARE(m->source().rowCount, 3);
    QCOMPARE(m->rows().size(), 3);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::fullRun_appliesRememberedCorrections()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    IDS_VERIFY_OK(m->correct(2, m->text(u"still;too;many;fields"_s)));
    IDS_VERIFY_OK(m->retry({1}));
    const auto run = m->store().ingest(m->id);
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->mode), u"full"_s);
    QCOMPARE(run->counts.read, 6);
    QCOMPARE(run->counts.added, 4);
    QCOMPARE(run->counts.rejected, 2);
    QCOMPARE(m->source().rowCount, 4);
    // In the place of the batch it was in, with the line of its row.
    const auto records = m->store().engine().records().page(m->user(), m->id, {});
    QCOMPARE(records->records.constLast().cells.value(1), u"Fuchs; Partner"_s);
    const auto log = m->ingestion().log(m->user(), run->id);
    IDS_VERIFY_OK(log);
    QVERIFY(std::ranges::any_of(*log, [](const RunLogLine &line) {
        return line.text == u"Rows set aside that were stored by their correction: 1."_s;
    }));
    // The draft that does not fit is still there, for both rows with its text.
    QCOMPARE(m->rows().size(), 2);
    QVERIFY(m->rows().constFirst().correction);
    QCOMPARE(m->openCorrections(), 1);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::fullRun_afterForgetting_setsTheRowAside()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    IDS_VERIFY_OK(m->retry({}));
    const auto remembered = m->rejections().corrections(m->user(), m->id, 0, 10);
    IDS_VERIFY_OK(remembered);
    const qint64 id = remembered->constFirst().id;
    IDS_VERIFY_ERROR(m->rejections().forget(UserId(7), m->id, id), ErrorKind::NotFound, "source_not_found");
    IDS_VERIFY_OK(m->rejections().forget(m->user(), m->id, id));
    IDS_VERIFY_ERROR(m->rejections().forget(m->user(), m->id, id), ErrorKind::NotFound, "correction_not_found");
    QCOMPARE(m->source().rowCount, 4); // the row itself stays for now
    IDS_VERIFY_OK(m->store().ingest(m->id));
    QCOMPARE(m->source().rowCount, 3);
    QCOMPARE(m->rows().size(), 3);

    IDS_VERIFY_OK(m->correct(1, m->text(u"2;a;b"_s)));
    IDS_VERIFY_OK(m->rejections().forgetAll(m->user(), m->id));
    QVERIFY(m->rejections().corrections(m->user(), m->id, 0, 10)->isEmpty());
    QVERIFY(!m->rows().constFirst().correction);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::fullRun_withoutTheRow_closesItsCorrection()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"not;fitting;at;all"_s)));
    const QString path = m->source().file->path;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("id;name;city\n1;Ada;London\n");
    file.close();
    IDS_VERIFY_OK(m->store().ingest(m->id));
    QCOMPARE(m->openCorrections(), 0);
    QCOMPARE(m->rejections().corrections(m->user(), m->id, 0, 10)->size(), 1);
    QCOMPARE(m->source().rejectedCount, 0);
    QCOMPARE(m->countProblem(), QString());
}

void TestRejectionRepair::interrupted_betweenRowsAndCatalog_countsAgree()
{
    // What kill -9 leaves at the worst moment: the repaired rows safe in their file, and a catalog that knows of the
    // run, but not of them.
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;Fuchs;Heidenau"_s)));
    const qint64 generation = m->source().generation;
    const QString folder = m->store().dataDirectory() + u"/datasets/"_s + m->id.toString();
    const QString revised = u"%1/%2.db"_s.arg(folder).arg(generation + 1);
    m->store().close();
    QVERIFY(QFile::copy(u"%1/%2.db"_s.arg(folder).arg(generation), revised));
    {
        auto catalog = CatalogDatabase::open(m->store().dataDirectory() + u"/catalog.db"_s);
        IDS_VERIFY_OK(catalog);
        IDS_VERIFY_OK((*catalog)->query(u"INSERT INTO runs(source_id, status, started_by, mode, started_at,"
                                        " heartbeat_at, rows_read, rows_new) VALUES(1, 'running', 'api', 'repair',"
                                        " '2026-04-13T08:00:00.000Z', '2026-04-13T08:00:00.000Z', 1, 1)"_s));
    }
    m->store().reopen();
    QVERIFY(!QFile::exists(revised));
    QCOMPARE(m->source().generation, generation);
    QCOMPARE(m->source().rowCount, 3);
    QCOMPARE(m->source().rejectedCount, 3);
    QCOMPARE(toString(m->source().status), u"ready"_s);
    QCOMPARE(toString(m->source().lastRun->status), u"failed"_s);
    QCOMPARE(m->countProblem(), QString());
    // Nothing is lost: the correction is there, and the retry does what it should have done.
    const auto run = m->retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 1);
    QCOMPARE(m->countProblem(), QString());
}

QTEST_GUILESS_MAIN(TestRejectionRepair)
#include "tst_rejection_repair.moc"
