// SPDX-License-Identifier: GPL-3.0-or-later
// Rejected rows through the whole engine: corrected, retried, remembered, forgotten; and the counts after each.
#include "connectors/connector_catalog.h"
#include "models/store/catalog_database.h"
#include "tests/support/blocking_connector.h"
#include "tests/support/database_reading.h"
#include "tests/support/engine_fixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::EngineFixture;

namespace {

RowCorrection text(const QString &raw)
{
    return {raw, std::nullopt};
}

RowCorrection cells(const QList<CorrectedCell> &cells)
{
    return {std::nullopt, cells};
}

/// Three rows that fit, and three that do not: the second and the third of those have the same text.
const QByteArray leads = "id;name;city\n1;Ada;London\n2;Fuchs; Partner;Heidenau\n3;Grace;\n4;Haus; Ring;Kiel\n"
                         "4;Haus; Ring;Kiel\n5;Joan;Bonn\n";

} // namespace

class TestRejectionRepair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void page_ofRejects_hasNumbersTotalAndCorrections();
    void correct_textThatFits_tellsTheRow();
    void correct_textThatDoesNotFit_isKeptWithTheReasonOfIngestion();
    void correct_text_isJudgedAsOneRowOfTheFile_data();
    void correct_text_isJudgedAsOneRowOfTheFile();
    void correct_cells_fillsTheColumnsNamed();
    void correct_whatMakesNoSense_namesTheField();
    void correct_rowThatIsAnotherByNow_isAConflict();
    void correct_afterTheFileHasOtherColumns_isAConflict();
    void read_savesNothingAndTellsWhereFieldsAre();
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
    [[nodiscard]] RejectionService &rejections() { return m_fixture->engine().rejections(); }
    [[nodiscard]] Source source() { return *m_fixture->engine().sources().get(EngineFixture::user(), m_id); }
    [[nodiscard]] QList<RejectedRow> rows()
    {
        return rejections().page(EngineFixture::user(), m_id, 0, 100)->rejections;
    }
    Result<CorrectedRow> correct(qint64 id, const RowCorrection &correction)
    {
        return rejections().correct(EngineFixture::user(), m_id, id, {correction});
    }
    Result<IngestionRun> retry(const QList<qint64> &ids)
    {
        IDS_TRY(run, m_fixture->engine().ingestion().retry(EngineFixture::user(), m_id, ids, RunTrigger::Api));
        return m_fixture->waitFor(m_id, run);
    }
    /// What the catalog says is what the dataset holds, and every run adds up.
    void checkCounts();

    BuiltInConnectors m_connectors;
    std::unique_ptr<test::BlockingCatalog> m_catalog;
    std::unique_ptr<EngineFixture> m_fixture;
    SourceId m_id;
};

void TestRejectionRepair::init()
{
    m_catalog = std::make_unique<test::BlockingCatalog>(m_connectors);
    m_fixture = std::make_unique<EngineFixture>(*m_catalog);
    const auto added = m_fixture->addFile(u"Leads"_s, leads);
    IDS_VERIFY_OK(added);
    m_id = added->id;
    const auto run = m_fixture->ingest(m_id);
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.rejected, 3);
}

void TestRejectionRepair::cleanup()
{
    m_fixture.reset();
    m_catalog.reset();
}

void TestRejectionRepair::checkCounts()
{
    const Source held = source();
    const test::Database file(
        u"%1/datasets/%2/%3.db"_s.arg(m_fixture->dataDirectory(), m_id.toString()).arg(held.generation));
    QVERIFY(file.isOpen());
    QCOMPARE(file.value("SELECT count(*) FROM records"), "1:" + QByteArray::number(held.rowCount));
    QCOMPARE(file.value("SELECT max(rowid) FROM records"), "1:" + QByteArray::number(held.rowCount));
    QCOMPARE(file.value("SELECT count(*) FROM rejects"), "1:" + QByteArray::number(held.rejectedCount));
    QCOMPARE(file.value("PRAGMA integrity_check"), QByteArrayLiteral("3:ok"));
    for (qsizetype i = 0; i < held.columns.size(); ++i) {
        const QByteArray column = "c" + QByteArray::number(i + 1);
        const QByteArray filled = "SELECT count(*) FROM records WHERE " + column + " <> ''";
        QCOMPARE(file.value(filled.constData()), "1:" + QByteArray::number(held.columns[i].filled));
        const QByteArray described = "SELECT filled FROM columns WHERE position = " + QByteArray::number(i + 1);
        QCOMPARE(file.value(described.constData()), "1:" + QByteArray::number(held.columns[i].filled));
    }
    const auto runs = m_fixture->engine().ingestion().history(EngineFixture::user(), m_id, 100);
    IDS_VERIFY_OK(runs);
    for (const IngestionRun &run : *runs)
        QVERIFY2(run.counts.addUp(), qPrintable(run.id.toString()));
}

void TestRejectionRepair::page_ofRejects_hasNumbersTotalAndCorrections()
{
    IDS_VERIFY_OK(correct(2, text(u"4;\"Haus; Ring\";Kiel"_s)));
    const auto page = rejections().page(EngineFixture::user(), m_id, 0, 2);
    IDS_VERIFY_OK(page);
    QCOMPARE(page->total, 3);
    QCOMPARE(page->rejections.size(), 2);
    QCOMPARE(page->rejections[0].id, 1);
    QCOMPARE(page->rejections[0].line, 3);
    QVERIFY(!page->rejections[0].correction);
    QVERIFY(page->rejections[1].correction);
    QVERIFY(page->rejections[1].correction->fits());
    // The row with the same text shares it.
    const auto rest = rejections().page(EngineFixture::user(), m_id, page->next, 2);
    IDS_VERIFY_OK(rest);
    QCOMPARE(rest->rejections.size(), 1);
    QVERIFY(rest->rejections[0].correction);
    QCOMPARE(rest->next, 0);
    IDS_VERIFY_ERROR(rejections().get(EngineFixture::user(), m_id, 4), ErrorKind::NotFound, "rejection_not_found");
    IDS_VERIFY_ERROR(rejections().page(UserId(7), m_id, 0, 2), ErrorKind::NotFound, "source_not_found");
}

void TestRejectionRepair::correct_textThatFits_tellsTheRow()
{
    QSignalSpy changed(&rejections(), &RejectionService::correctionsChanged);
    const auto corrected = correct(1, text(u"2;\"Fuchs; Partner\";"_s));
    IDS_VERIFY_OK(corrected);
    QVERIFY(corrected->row.correction);
    QVERIFY(corrected->row.correction->fits());
    QCOMPARE(corrected->row.correction->correction.raw, u"2;\"Fuchs; Partner\";"_s);
    QCOMPARE(corrected->reading.cells, (QList<std::optional<QString>>{u"2"_s, u"Fuchs; Partner"_s, std::nullopt}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    // Saving moves nothing.
    QCOMPARE(source().rowCount, 3);
    QCOMPARE(rows().size(), 3);
}

void TestRejectionRepair::correct_textThatDoesNotFit_isKeptWithTheReasonOfIngestion()
{
    IDS_VERIFY_OK(correct(1, text(u"2;\"Fuchs; Partner;Heidenau"_s)));
    const auto again = correct(1, text(u"2;Fuchs;Partner;Heidenau"_s));
    IDS_VERIFY_OK(again);
    QVERIFY(again->reading.cells.isEmpty());
    const RejectedRow row = rows().constFirst();
    QVERIFY(row.correction);
    QVERIFY(!row.correction->fits());
    QCOMPARE(row.correction->misfit->code, u"too_many_fields"_s);
    QCOMPARE(row.correction->misfit->reason, row.reason);
    QCOMPARE(row.correction->correction.raw, u"2;Fuchs;Partner;Heidenau"_s);
    QCOMPARE(row.raw, u"2;Fuchs; Partner;Heidenau"_s);
}

void TestRejectionRepair::correct_text_isJudgedAsOneRowOfTheFile_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("code"); // empty: it fits
    QTest::newRow("plain") << u"2;Fuchs;Heidenau"_s << u""_s;
    QTest::newRow("with a line end") << u"2;Fuchs;Heidenau\r\n"_s << u""_s;
    QTest::newRow("short") << u"2;Fuchs"_s << u""_s;
    QTest::newRow("line break in quotes") << u"2;\"Fuchs\nPartner\";Heidenau"_s << u""_s;
    QTest::newRow("empty fields behind") << u"2;Fuchs;Heidenau;;"_s << u""_s;
    QTest::newRow("unchanged") << u"2;Fuchs; Partner;Heidenau"_s << u"too_many_fields"_s;
    QTest::newRow("too many") << u"2;a;b;c;d"_s << u"too_many_fields"_s;
    QTest::newRow("open quote") << u"2;\"Fuchs;Heidenau"_s << u"quote_not_closed"_s;
    QTest::newRow("two rows") << u"2;Fuchs;\n3;Heidenau;"_s << u"several_rows"_s;
    QTest::newRow("nothing") << u""_s << u"no_row"_s;
    QTest::newRow("blanks") << u"  "_s << u"no_row"_s;
    QTest::newRow("the header") << u"id;name;city"_s << u"repeated_header"_s;
}

void TestRejectionRepair::correct_text_isJudgedAsOneRowOfTheFile()
{
    QFETCH(const QString, raw);
    QFETCH(const QString, code);
    const auto corrected = correct(1, text(raw));
    IDS_VERIFY_OK(corrected);
    const auto &misfit = corrected->row.correction->misfit;
    QCOMPARE(misfit ? misfit->code : QString(), code);
    QVERIFY(!misfit || !misfit->reason.isEmpty());
    QCOMPARE(corrected->reading.cells.size(), misfit ? 0 : 3);
}

void TestRejectionRepair::correct_cells_fillsTheColumnsNamed()
{
    const auto corrected = correct(1, cells({{u"name"_s, u"Fuchs; \"Partner\""_s}, {u"id"_s, u""_s}}));
    IDS_VERIFY_OK(corrected);
    QVERIFY(corrected->row.correction->fits());
    QCOMPARE(corrected->reading.cells, (QList<std::optional<QString>>{u""_s, u"Fuchs; \"Partner\""_s, std::nullopt}));
    const auto run = retry({1});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 1);
    const auto records = m_fixture->engine().records().page(EngineFixture::user(), m_id, {});
    IDS_VERIFY_OK(records);
    QCOMPARE(records->records.constLast().cells, corrected->reading.cells);
    checkCounts();
}

void TestRejectionRepair::correct_whatMakesNoSense_namesTheField()
{
    const auto fieldOf = [](const Result<CorrectedRow> &corrected) {
        return corrected ? u"no error"_s : corrected.error().fields.value(0).field;
    };
    QCOMPARE(fieldOf(correct(1, {})), u"raw"_s);
    QCOMPARE(fieldOf(correct(1, {u"2"_s, QList<CorrectedCell>{{u"id"_s, u"2"_s}}})), u"cells"_s);
    QCOMPARE(fieldOf(correct(1, cells({}))), u"cells"_s);
    QCOMPARE(fieldOf(correct(1, cells({{u"colour"_s, u"red"_s}}))), u"cells.colour"_s);
    QCOMPARE(fieldOf(correct(1, text(QString(RejectionService::maxTextLength + 1, u'x')))), u"raw"_s);
    IDS_VERIFY_ERROR(correct(9, text(u"2;a;b"_s)), ErrorKind::NotFound, "rejection_not_found");
    QVERIFY(!rows().constFirst().correction);
}

void TestRejectionRepair::correct_rowThatIsAnotherByNow_isAConflict()
{
    CorrectionRequest request{text(u"2;a;b"_s)};
    request.original = u"something else"_s;
    IDS_VERIFY_ERROR(rejections().correct(EngineFixture::user(), m_id, 1, request), ErrorKind::Conflict,
                     "rejection_changed");
    request.original = u"2;Fuchs; Partner;Heidenau"_s;
    IDS_VERIFY_OK(rejections().correct(EngineFixture::user(), m_id, 1, request));
}

void TestRejectionRepair::correct_afterTheFileHasOtherColumns_isAConflict()
{
    SourcePatch patch;
    patch.config = QJsonObject{{u"delimiter"_s, u","_s}};
    IDS_VERIFY_OK(m_fixture->engine().sources().update(EngineFixture::user(), m_id, patch));
    IDS_VERIFY_ERROR(correct(1, text(u"2;a;b"_s)), ErrorKind::Conflict, "columns_changed");
    // Cells do not depend on how the file is read.
    IDS_VERIFY_OK(correct(1, cells({{u"id"_s, u"2"_s}})));
}

void TestRejectionRepair::read_savesNothingAndTellsWhereFieldsAre()
{
    const auto reading = rejections().read(EngineFixture::user(), m_id, 1, text(u"2;\"Jörg; x\";Kiel;y"_s));
    IDS_VERIFY_OK(reading);
    QVERIFY(reading->misfit);
    QCOMPARE(reading->misfit->code, u"too_many_fields"_s);
    QCOMPARE(reading->fields, (QList<RowParser::Field>{{0, 1}, {2, 9}, {12, 4}, {17, 1}}));
    QVERIFY(!rows().constFirst().correction);
}

void TestRejectionRepair::retry_correctedRow_movesItToTheRecords()
{
    IDS_VERIFY_OK(correct(1, text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    const qint64 generation = source().generation;
    const auto run = retry({1, 1});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"completed"_s);
    QCOMPARE(toString(run->mode), u"repair"_s);
    QCOMPARE(run->counts.read, 1);
    QCOMPARE(run->counts.added, 1);
    QCOMPARE(run->counts.rejected, 0);

    const Source after = source();
    QCOMPARE(after.rowCount, 4);
    QCOMPARE(after.rejectedCount, 2);
    QVERIFY(after.generation > generation); // views see that the rows are others
    QCOMPARE(toString(after.status), u"ready"_s);
    const auto records = m_fixture->engine().records().page(EngineFixture::user(), m_id, {});
    IDS_VERIFY_OK(records);
    QCOMPARE(records->records.size(), 4);
    QCOMPARE(records->records.constLast().row, 4);
    QCOMPARE(records->records.constLast().cells,
             (QList<std::optional<QString>>{u"2"_s, u"Fuchs; Partner"_s, u"Heidenau"_s}));
    // The others keep their numbers; the correction is remembered, though its row is not set aside any more.
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows().constFirst().id, 2);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 0);
    const auto remembered = rejections().corrections(EngineFixture::user(), m_id, 0, 10);
    IDS_VERIFY_OK(remembered);
    QCOMPARE(remembered->size(), 1);
    QVERIFY(!remembered->constFirst().isOpen);
    checkCounts();
}

void TestRejectionRepair::retry_all_storesWhatFitsAndKeepsTheRest()
{
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Partner;x"_s)));
    IDS_VERIFY_OK(correct(2, text(u"4;\"Haus; Ring\";Kiel"_s)));
    const auto run = retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.read, 3);
    QCOMPARE(run->counts.added, 2);
    QCOMPARE(run->counts.rejected, 1);
    QCOMPARE(source().rowCount, 5);
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().constFirst().id, 1);
    QVERIFY(rows().constFirst().correction->misfit);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    checkCounts();
}

void TestRejectionRepair::retry_nothingFits_leavesTheRowsInUse()
{
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Partner;x"_s)));
    const qint64 generation = source().generation;
    const auto run = retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"completed"_s);
    QCOMPARE(run->counts.read, 1);
    QCOMPARE(run->counts.rejected, 1);
    QCOMPARE(source().generation, generation);
    QCOMPARE(rows().size(), 3);
    checkCounts();
}

void TestRejectionRepair::retry_oneOfTwoAlike_leavesTheOtherCorrected()
{
    IDS_VERIFY_OK(correct(2, text(u"4;\"Haus; Ring\";Kiel"_s)));
    IDS_VERIFY_OK(retry({2}));
    QCOMPARE(rows().size(), 2);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    const auto rest = retry({});
    IDS_VERIFY_OK(rest);
    QCOMPARE(rest->counts.added, 1);
    QCOMPARE(rows().size(), 1);
    checkCounts();
}

void TestRejectionRepair::retry_whatCannotBe_isSaid()
{
    auto &ingestion = m_fixture->engine().ingestion();
    const auto tried = [&](const QList<qint64> &ids) {
        return ingestion.retry(EngineFixture::user(), m_id, ids, RunTrigger::Api);
    };
    IDS_VERIFY_ERROR(tried({}), ErrorKind::Conflict, "nothing_to_retry");
    const auto uncorrected = tried({1});
    IDS_VERIFY_ERROR(uncorrected, ErrorKind::InvalidInput, "invalid_input");
    QCOMPARE(uncorrected.error().fields.constFirst().field, u"ids"_s);
    IDS_VERIFY_ERROR(tried({77}), ErrorKind::InvalidInput, "invalid_input");
    IDS_VERIFY_ERROR(ingestion.retry(UserId(7), m_id, {}, RunTrigger::Api), ErrorKind::NotFound, "source_not_found");
    QCOMPARE(ingestion.history(EngineFixture::user(), m_id, 10)->size(), 1);
}

void TestRejectionRepair::retry_whileARunIsUnderWay_isAConflict()
{
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Heidenau"_s)));
    auto &ingestion = m_fixture->engine().ingestion();
    m_catalog->latch().hold();
    const auto run = ingestion.start(EngineFixture::user(), m_id, RunMode::Full, RunTrigger::Api);
    IDS_VERIFY_OK(run);
    IDS_VERIFY_ERROR(ingestion.retry(EngineFixture::user(), m_id, {1}, RunTrigger::Api), ErrorKind::Conflict,
                     "already_ingesting");
    // A correction made meanwhile is for the rows in use, and for those to come.
    QVERIFY(m_catalog->latch().waitUntilReached());
    IDS_VERIFY_OK(correct(3, text(u"4;\"Haus; Ring\";Kiel"_s)));
    m_catalog->latch().release();
    IDS_VERIFY_OK(m_fixture->waitFor(m_id, *run));
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    IDS_VERIFY_OK(retry({}));
    QCOMPARE(source().rejectedCount, 0);
    checkCounts();
}

void TestRejectionRepair::retry_whenCancelled_changesNothing()
{
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Heidenau"_s)));
    // Both places to work are taken, so that the repair waits and can be cancelled for sure.
    auto &ingestion = m_fixture->engine().ingestion();
    m_catalog->latch().hold();
    for (const auto &name : {u"First"_s, u"Second"_s}) {
        const auto other = m_fixture->addFile(name);
        IDS_VERIFY_OK(other);
        IDS_VERIFY_OK(ingestion.start(EngineFixture::user(), other->id, RunMode::Full, RunTrigger::Api));
    }
    QTRY_COMPARE(ingestion.runningCount(), 2);
    const auto run = ingestion.retry(EngineFixture::user(), m_id, {1}, RunTrigger::Api);
    IDS_VERIFY_OK(run);
    IDS_VERIFY_OK(ingestion.cancel(EngineFixture::user(), m_id));
    m_catalog->latch().release();
    const auto ended = m_fixture->waitFor(m_id, *run);
    IDS_VERIFY_OK(ended);
    QCOMPARE(toString(ended->status), u"cancelled"_s);
    QCOMPARE(source().rowCount, 3);
    QCOMPARE(toString(source().status), u"ready"_s);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    checkCounts();
}

void TestRejectionRepair::failedRepair_doesNotMakeTheSourceAnError()
{
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Heidenau"_s)));
    SourcePatch patch;
    patch.config = QJsonObject{{u"delimiter"_s, u","_s}};
    IDS_VERIFY_OK(m_fixture->engine().sources().update(EngineFixture::user(), m_id, patch));
    const auto run = retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->status), u"failed"_s);
    QCOMPARE(run->error->code, u"columns_changed"_s);
    QCOMPARE(toString(source().status), u"ready"_s);
    QCOMPARE(source().rowCount, 3);
    QCOMPARE(rows().size(), 3);
    checkCounts();
}

void TestRejectionRepair::fullRun_appliesRememberedCorrections()
{
    IDS_VERIFY_OK(correct(1, text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    IDS_VERIFY_OK(correct(2, text(u"still;too;many;fields"_s)));
    IDS_VERIFY_OK(retry({1}));
    const auto run = m_fixture->ingest(m_id);
    IDS_VERIFY_OK(run);
    QCOMPARE(toString(run->mode), u"full"_s);
    QCOMPARE(run->counts.read, 6);
    QCOMPARE(run->counts.added, 4);
    QCOMPARE(run->counts.rejected, 2);
    QCOMPARE(source().rowCount, 4);
    // In the place of the batch it was in, with the line of its row.
    const auto records = m_fixture->engine().records().page(EngineFixture::user(), m_id, {});
    QCOMPARE(records->records.constLast().cells.value(1), u"Fuchs; Partner"_s);
    const auto log = m_fixture->engine().ingestion().log(EngineFixture::user(), run->id);
    IDS_VERIFY_OK(log);
    QVERIFY(std::ranges::any_of(*log, [](const RunLogLine &line) {
        return line.text == u"Rows set aside that were stored by their correction: 1."_s;
    }));
    // The draft that does not fit is still there, for both rows with its text.
    QCOMPARE(rows().size(), 2);
    QVERIFY(rows().constFirst().correction);
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 1);
    checkCounts();
}

void TestRejectionRepair::fullRun_afterForgetting_setsTheRowAside()
{
    IDS_VERIFY_OK(correct(1, text(u"2;\"Fuchs; Partner\";Heidenau"_s)));
    IDS_VERIFY_OK(retry({}));
    const auto remembered = rejections().corrections(EngineFixture::user(), m_id, 0, 10);
    IDS_VERIFY_OK(remembered);
    const qint64 id = remembered->constFirst().id;
    IDS_VERIFY_ERROR(rejections().forget(UserId(7), m_id, id), ErrorKind::NotFound, "source_not_found");
    IDS_VERIFY_OK(rejections().forget(EngineFixture::user(), m_id, id));
    IDS_VERIFY_ERROR(rejections().forget(EngineFixture::user(), m_id, id), ErrorKind::NotFound, "correction_not_found");
    QCOMPARE(source().rowCount, 4); // the row itself stays for now
    IDS_VERIFY_OK(m_fixture->ingest(m_id));
    QCOMPARE(source().rowCount, 3);
    QCOMPARE(rows().size(), 3);

    IDS_VERIFY_OK(correct(1, text(u"2;a;b"_s)));
    IDS_VERIFY_OK(rejections().forgetAll(EngineFixture::user(), m_id));
    QVERIFY(rejections().corrections(EngineFixture::user(), m_id, 0, 10)->isEmpty());
    QVERIFY(!rows().constFirst().correction);
    checkCounts();
}

void TestRejectionRepair::fullRun_withoutTheRow_closesItsCorrection()
{
    IDS_VERIFY_OK(correct(1, text(u"not;fitting;at;all"_s)));
    const QString path = source().file->path;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("id;name;city\n1;Ada;London\n");
    file.close();
    IDS_VERIFY_OK(m_fixture->ingest(m_id));
    QCOMPARE(*rejections().openCorrections(EngineFixture::user(), m_id), 0);
    QCOMPARE(rejections().corrections(EngineFixture::user(), m_id, 0, 10)->size(), 1);
    QCOMPARE(source().rejectedCount, 0);
    checkCounts();
}

void TestRejectionRepair::interrupted_betweenRowsAndCatalog_countsAgree()
{
    // What kill -9 leaves at the worst moment: the repaired rows safe in their file, and a catalog that knows of the
    // run, but not of them.
    IDS_VERIFY_OK(correct(1, text(u"2;Fuchs;Heidenau"_s)));
    const qint64 generation = source().generation;
    const QString folder = m_fixture->dataDirectory() + u"/datasets/"_s + m_id.toString();
    const QString revised = u"%1/%2.db"_s.arg(folder).arg(generation + 1);
    m_fixture->close();
    QVERIFY(QFile::copy(u"%1/%2.db"_s.arg(folder).arg(generation), revised));
    {
        auto catalog = CatalogDatabase::open(m_fixture->dataDirectory() + u"/catalog.db"_s);
        IDS_VERIFY_OK(catalog);
        IDS_VERIFY_OK((*catalog)->query(u"INSERT INTO runs(source_id, status, started_by, mode, started_at,"
                                        " heartbeat_at, rows_read, rows_new) VALUES(1, 'running', 'api', 'repair',"
                                        " '2026-04-13T08:00:00.000Z', '2026-04-13T08:00:00.000Z', 1, 1)"_s));
    }
    m_fixture->reopen();
    QVERIFY(!QFile::exists(revised));
    QCOMPARE(source().generation, generation);
    QCOMPARE(source().rowCount, 3);
    QCOMPARE(source().rejectedCount, 3);
    QCOMPARE(toString(source().status), u"ready"_s);
    QCOMPARE(toString(source().lastRun->status), u"failed"_s);
    checkCounts();
    // Nothing is lost: the correction is there, and the retry does what it should have done.
    const auto run = retry({});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 1);
    checkCounts();
}

QTEST_GUILESS_MAIN(TestRejectionRepair)
#include "tst_rejection_repair.moc"
