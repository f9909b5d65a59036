// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a spreadsheet that people work in: between two runs, and while it is being read.
#include "google_sheets_fixture.h"
#include "tests/support/result_checks.h"

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::PeerAnswer;
using test::SheetCell;

namespace {

const std::vector<Row> peopleRows = {{"1", "Ada"}, {"2", "Bo"}};

SheetCell text(const QString &value)
{
    return SheetCell::of(value);
}

} // namespace

class TestGoogleSheetsChanges : public QObject
{
    Q_OBJECT

    std::unique_ptr<GoogleSheetsFixture> m_sheets;

private Q_SLOTS:
    void init() { m_sheets = std::make_unique<GoogleSheetsFixture>(); }
    void cleanup() { m_sheets->check(); }

    void sheet_unchanged_isSaid();
    void sheet_changed_isRead_data();
    void sheet_changed_isRead();
    void largeSheet_isReadInWindows();
    void largeSheet_changedBetweenWindows_isNeverMixed();
    void largeSheet_changedAfterTheLastWindow_isNeverMixed();
    void sheet_grownBetweenRequests_isWhole();
    void sheet_shrunkBetweenRequests_isWhole();
    void sheet_renamedBetweenRequests_isRead();
    void sheet_changingAllTheTime_isAnError();
    void texts_inOneAnswer_areAskedForOnce();
    void token_revokedInTheMiddle_isRenewed();
};

void TestGoogleSheetsChanges::sheet_unchanged_isSaid()
{
    ReadRequest again = m_sheets->request();
    {
        const auto first = m_sheets->source.open(again);
        IDS_VERIFY_OK(first);
        QVERIFY(!(*first)->isUnchanged());
        again.state = (*first)->state();
    }
    {
        const auto second = m_sheets->source.open(again);
        IDS_VERIFY_OK(second);
        QVERIFY((*second)->isUnchanged());
        QCOMPARE((*second)->state(), again.state);
    }
    again.mode = RunMode::Full;
    const auto full = m_sheets->source.open(again);
    IDS_VERIFY_OK(full);
    QVERIFY(!(*full)->isUnchanged());
    // Other settings read other rows from the same cells.
    ReadRequest other = m_sheets->request({{u"header_row"_s, 0}});
    other.state = again.state;
    const auto reread = m_sheets->source.open(other);
    IDS_VERIFY_OK(reread);
    QVERIFY(!(*reread)->isUnchanged());
}

void TestGoogleSheetsChanges::sheet_changed_isRead_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("a value") << 0;
    QTest::newRow("a row more") << 1;
    QTest::newRow("a row moved") << 2;
    QTest::newRow("how a number is shown") << 3;
}

void TestGoogleSheetsChanges::sheet_changed_isRead()
{
    QFETCH(int, change);
    auto &rows = m_sheets->google.tabs.first().rows;
    rows.push_back({SheetCell::of(3.0), text(u"Cy"_s)});
    ReadRequest again = m_sheets->request();
    {
        const auto first = m_sheets->source.open(again);
        IDS_VERIFY_OK(first);
        again.state = (*first)->state();
    }
    if (change == 0)
        rows[1][1] = text(u"Eve"_s);
    else if (change == 1)
        rows.push_back({text(u"4"_s)});
    else if (change == 2)
        std::swap(rows[1], rows[2]);
    else
        rows[3][0] = SheetCell::formatted(3, u"003"_s);
    const auto second = m_sheets->source.open(again);
    IDS_VERIFY_OK(second);
    QVERIFY(!(*second)->isUnchanged());
    QVERIFY((*second)->state() != again.state);
}

void TestGoogleSheetsChanges::largeSheet_isReadInWindows()
{
    m_sheets->fillLarge(1, 25'000);
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"25000 from r1"_s);
    // Three windows, and once more to see that nothing has changed meanwhile.
    QCOMPARE(m_sheets->windows(), 6);
}

void TestGoogleSheetsChanges::largeSheet_changedBetweenWindows_isNeverMixed()
{
    m_sheets->fillLarge(1, 25'000);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        // The first row goes: the rows of the second window move into the first, which has been read.
        if (isForCells(call) && ++answers == 2)
            m_sheets->fillLarge(2, 25'000);
        return std::nullopt;
    };
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"25000 from r2"_s);
    QVERIFY(m_sheets->source.log().contains(u"changed while it was read"));
}

void TestGoogleSheetsChanges::largeSheet_changedAfterTheLastWindow_isNeverMixed()
{
    m_sheets->fillLarge(1, 25'000);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForCells(call) && ++answers == 4)
            m_sheets->fillLarge(2, 25'000);
        return std::nullopt;
    };
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"25000 from r2"_s);
}

void TestGoogleSheetsChanges::sheet_grownBetweenRequests_isWhole()
{
    m_sheets->fillLarge(1, 10);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForCells(call) && ++answers == 1)
            m_sheets->fillLarge(0, 11); // on top, which pushes the last out of the range that was asked for
        return std::nullopt;
    };
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"11 from r0"_s);
}

void TestGoogleSheetsChanges::sheet_shrunkBetweenRequests_isWhole()
{
    m_sheets->fillLarge(1, 25'000);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForCells(call) && ++answers == 2)
            m_sheets->fillLarge(1, 10); // the second window is beyond the grid now
        return std::nullopt;
    };
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"10 from r1"_s);
}

void TestGoogleSheetsChanges::sheet_renamedBetweenRequests_isRead()
{
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForCells(call) && ++answers == 1)
            m_sheets->google.tabs.first().title = u"Persons"_s;
        return std::nullopt;
    };
    const ReadTable table = m_sheets->source.read(m_sheets->request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, peopleRows);
}

void TestGoogleSheetsChanges::sheet_changingAllTheTime_isAnError()
{
    m_sheets->fillLarge(1, 12'000);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForCells(call))
            m_sheets->fillLarge(++answers, 12'000);
        return std::nullopt;
    };
    IDS_VERIFY_ERROR(m_sheets->source.open(m_sheets->request()), ErrorKind::Source, "spreadsheet_changed");
}

void TestGoogleSheetsChanges::texts_inOneAnswer_areAskedForOnce()
{
    QCOMPARE(m_sheets->source.read(m_sheets->request()).rows, peopleRows);
    QCOMPARE(m_sheets->windows(), 1);
}

void TestGoogleSheetsChanges::token_revokedInTheMiddle_isRenewed()
{
    m_sheets->fillLarge(1, 25'000);
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isForCells(call) || ++answers != 2)
            return std::nullopt;
        m_sheets->google.peer.revokeTokens();
        return test::googleError(401, "Request had invalid authentication credentials.", {}, "UNAUTHENTICATED");
    };
    QCOMPARE(numbering(m_sheets->source.read(m_sheets->request())), u"25000 from r1"_s);
    QCOMPARE(m_sheets->google.peer.tokensIssued(), 2);
}

QTEST_GUILESS_MAIN(TestGoogleSheetsChanges)
#include "tst_google_sheets_changes.moc"
