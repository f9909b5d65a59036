// SPDX-License-Identifier: GPL-3.0-or-later
// Corrections of rejected rows: what is taken, what fits, and what is said of the rest.
#include "tests/unit/connectors/rejection_fixture.h"

#include <QDir>
#include <QSignalSpy>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestRowCorrection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m = std::make_unique<test::RejectionFixture>(); }
    void cleanup() { m.reset(); }

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

private:
    std::unique_ptr<test::RejectionFixture> m;
};

void TestRowCorrection::page_ofRejects_hasNumbersTotalAndCorrections()
{
    IDS_VERIFY_OK(m->correct(2, m->text(u"4;\"Haus; Ring\";Kiel"_s)));
    const auto page = m->rejections().page(m->user(), m->id, 0, 2);
    IDS_VERIFY_OK(page);
    QCOMPARE(page->total, 3);
    QCOMPARE(page->rejections.size(), 2);
    QCOMPARE(page->rejections[0].id, 1);
    QCOMPARE(page->rejections[0].line, 3);
    QVERIFY(!page->rejections[0].correction);
    QVERIFY(page->rejections[1].correction);
    QVERIFY(page->rejections[1].correction->fits());
    // The row with the same text shares it.
    const auto rest = m->rejections().page(m->user(), m->id, page->next, 2);
    IDS_VERIFY_OK(rest);
    QCOMPARE(rest->rejections.size(), 1);
    QVERIFY(rest->rejections[0].correction);
    QCOMPARE(rest->next, 0);
    IDS_VERIFY_ERROR(m->rejections().get(m->user(), m->id, 4), ErrorKind::NotFound, "rejection_not_found");
    IDS_VERIFY_ERROR(m->rejections().page(UserId(7), m->id, 0, 2), ErrorKind::NotFound, "source_not_found");
}

void TestRowCorrection::correct_textThatFits_tellsTheRow()
{
    QSignalSpy changed(&m->rejections(), &RejectionService::correctionsChanged);
    const auto corrected = m->correct(1, m->text(u"2;\"Fuchs; Partner\";"_s));
    IDS_VERIFY_OK(corrected);
    QVERIFY(corrected->row.correction);
    QVERIFY(corrected->row.correction->fits());
    QCOMPARE(corrected->row.correction->correction.raw, u"2;\"Fuchs; Partner\";"_s);
    QCOMPARE(corrected->reading.cells, (QList<std::optional<QString>>{u"2"_s, u"Fuchs; Partner"_s, std::nullopt}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m->openCorrections(), 1);
    // Saving moves nothing.
    QCOMPARE(m->source().rowCount, 3);
    QCOMPARE(m->rows().size(), 3);
}

void TestRowCorrection::correct_textThatDoesNotFit_isKeptWithTheReasonOfIngestion()
{
    IDS_VERIFY_OK(m->correct(1, m->text(u"2;\"Fuchs; Partner;Heidenau"_s)));
    const auto again = m->correct(1, m->text(u"2;Fuchs;Partner;Heidenau"_s));
    IDS_VERIFY_OK(again);
    QVERIFY(again->reading.cells.isEmpty());
    const RejectedRow row = m->rows().constFirst();
    QVERIFY(row.correction);
    QVERIFY(!row.correction->fits());
    QCOMPARE(row.correction->misfit->code, u"too_many_fields"_s);
    QCOMPARE(row.correction->misfit->reason, row.reason);
    QCOMPARE(row.correction->correction.raw, u"2;Fuchs;Partner;Heidenau"_s);
    QCOMPARE(row.raw, u"2;Fuchs; Partner;Heidenau"_s);
}

void TestRowCorrection::correct_text_isJudgedAsOneRowOfTheFile_data()
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

void TestRowCorrection::correct_text_isJudgedAsOneRowOfTheFile()
{
    QFETCH(const QString, raw);
    QFETCH(const QString, code);
    const auto corrected = m->correct(1, m->text(raw));
    IDS_VERIFY_OK(corrected);
    const auto &misfit = corrected->row.correction->misfit;
    QCOMPARE(misfit ? misfit->code : QString(), code);
    QVERIFY(!misfit || !misfit->reason.isEmpty());
    QCOMPARE(corrected->reading.cells.size(), misfit ? 0 : 3);
}

void TestRowCorrection::correct_cells_fillsTheColumnsNamed()
{
    const auto corrected = m->correct(1, m->cells({{u"name"_s, u"Fuchs; \"Partner\""_s}, {u"id"_s, u""_s}}));
    IDS_VERIFY_OK(corrected);
    QVERIFY(corrected->row.correction->fits());
    QCOMPARE(corrected->reading.cells, (QList<std::optional<QString>>{u""_s, u"Fuchs; \"Partner\""_s, std::nullopt}));
    const auto run = m->retry({1});
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 1);
    const auto records = m->store().engine().records().page(m->user(), m->id, {});
    IDS_VERIFY_OK(records);
    QCOMPARE(records->records.constLast().cells, corrected->reading.cells);
    QCOMPARE(m->countProblem(), QString());
}

void TestRowCorrection::correct_whatMakesNoSense_namesTheField()
{
    const auto fieldOf = [](const Result<CorrectedRow> &corrected) {
        return corrected ? u"no error"_s : corrected.error().fields.value(0).field;
    };
    QCOMPARE(fieldOf(m->correct(1, {})), u"raw"_s);
    QCOMPARE(fieldOf(m->correct(1, {u"2"_s, QList<CorrectedCell>{{u"id"_s, u"2"_s}}})), u"cells"_s);
    QCOMPARE(fieldOf(m->correct(1, m->cells({}))), u"cells"_s);
    QCOMPARE(fieldOf(m->correct(1, m->cells({{u"colour"_s, u"red"_s}}))), u"cells.colour"_s);
    QCOMPARE(fieldOf(m->correct(1, m->text(QString(RejectionService::maxTextLength + 1, u'x')))), u"raw"_s);
    IDS_VERIFY_ERROR(m->correct(9, m->text(u"2;a;b"_s)), ErrorKind::NotFound, "rejection_not_found");
    QVERIFY(!m->rows().constFirst().correction);
}

void TestRowCorrection::correct_rowThatIsAnotherByNow_isAConflict()
{
    CorrectionRequest request{m->text(u"2;a;b"_s)};
    request.original = u"something else"_s;
    IDS_VERIFY_ERROR(m->rejections().correct(m->user(), m->id, 1, request), ErrorKind::Conflict, "rejection_changed");
    request.original = u"2;Fuchs; Partner;Heidenau"_s;
    IDS_VERIFY_OK(m->rejections().correct(m->user(), m->id, 1, request));
}

void TestRowCorrection::correct_afterTheFileHasOtherColumns_isAConflict()
{
    IDS_VERIFY_OK(m->changeDelimiter());
    IDS_VERIFY_ERROR(m->correct(1, m->text(u"2;a;b"_s)), ErrorKind::Conflict, "columns_changed");
    // Cells do not depend on how the file is read.
    IDS_VERIFY_OK(m->correct(1, m->cells({{u"id"_s, u"2"_s}})));
}

void TestRowCorrection::read_savesNothingAndTellsWhereFieldsAre()
{
    const auto reading = m->rejections().read(m->user(), m->id, 1, m->text(u"2;\"Jörg; x\";Kiel;y"_s));
    IDS_VERIFY_OK(reading);
    QVERIFY(reading->misfit);
    QCOMPARE(reading->misfit->code, u"too_many_fields"_s);
    QCOMPARE(reading->fields, (QList<RowParser::Field>{{0, 1}, {2, 9}, {12, 4}, {17, 1}}));
    QVERIFY(!m->rows().constFirst().correction);
}

QTEST_GUILESS_MAIN(TestRowCorrection)
#include "tst_row_correction.moc"
