// SPDX-License-Identifier: GPL-3.0-or-later
#include "google_sheets_fixture.h"
#include "tests/support/result_checks.h"

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::GoogleSheetsPeer;
using test::PeerAnswer;
using test::SheetCell;

namespace {

const std::vector<Row> peopleRows = {{"1", "Ada"}, {"2", "Bo"}};

SheetCell text(const QString &value)
{
    return SheetCell::of(value);
}

} // namespace

class TestGoogleSheets : public QObject
{
    Q_OBJECT

    std::unique_ptr<GoogleSheetsFixture> m_sheets;

private Q_SLOTS:
    void init() { m_sheets = std::make_unique<GoogleSheetsFixture>(); }
    void cleanup() { m_sheets->check(); }

    void sheet_isReadAsATable();
    void cells_ofEverySort_areTheirValues();
    void rows_raggedAndEmpty_areFilledUp();
    void header_isFoundOrChosen();
    void range_isAllThatIsAskedFor();
    void sheet_firstVisibleWithText_orByName();
    void link_leadsToItsTab();
    void preview_asksForTheBeginningOnly();
    void server_busyForAWhile_isWaitedFor();
    void answer_cutOff_isAskedForAgain();
    void refusal_isNamed_data();
    void refusal_isNamed();
    void spreadsheet_notShared_namesTheAccount();
    void signIn_isNotPossibleYet();
    void config_malformed_isNamed();
    void connectionTest_namesTheStep();
};

void TestGoogleSheets::sheet_isReadAsATable()
{
    const ReadTable table = m_sheets->source.read(m_sheets->request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(table.lines, std::vector<qint64>({2, 3}));
    QCOMPARE(m_sheets->google.peer.tokensIssued(), 1);
}

void TestGoogleSheets::cells_ofEverySort_areTheirValues()
{
    auto &rows = m_sheets->google.tabs.first().rows;
    rows = sheetOfTexts({{u"zip"_s, u"code"_s, u"born"_s, u"seen"_s, u"at"_s, u"took"_s, u"price"_s, u"active"_s,
                          u"phone"_s, u"note"_s}});
    rows.push_back({SheetCell::formatted(123, u"00123"_s), text(u"007"_s), SheetCell::date(46024, u"1/2/2026"_s),
                    SheetCell::date(46024.75, u"1/2/2026 18:00:00"_s), SheetCell::date(0.5, u"12:00 PM"_s),
                    SheetCell::date(1.5, u"36:00:00"_s), SheetCell::formatted(1234.5678, u"$1,234.57"_s),
                    SheetCell::of(true), SheetCell::formatted(491701234567, u"+49 170 1234567"_s), text(u"#N/A"_s)});
    const ReadTable table = m_sheets->source.read(m_sheets->request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, std::vector<Row>({{"00123", "007", "2026-01-02", "2026-01-02T18:00:00", "12:00:00", "36:00:00",
                                            "1234.5678", "TRUE", "+49 170 1234567", "#N/A"}}));
}

void TestGoogleSheets::rows_raggedAndEmpty_areFilledUp()
{
    m_sheets->google.tabs.first().rows = sheetOfTexts(
        {{u"id"_s, QString(), u"name"_s, u"name"_s}, {u"1"_s}, {}, {QString(), u"x"_s}, {u"3"_s, u""_s, u"Cy"_s}});
    const ReadTable table = m_sheets->source.read(m_sheets->request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"column_2"_s, u"name"_s, u"name_2"_s}));
    QCOMPARE(table.rows, std::vector<Row>({{"1", null, null, null}, {null, "x", null, null}, {"3", null, "Cy", null}}));
    QCOMPARE(table.lines, std::vector<qint64>({2, 4, 5}));
}

void TestGoogleSheets::header_isFoundOrChosen()
{
    m_sheets->google.tabs.first().rows =
        sheetOfTexts({{u"Our people"_s}, {}, {u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}});
    const ReadTable chosen = m_sheets->source.read(m_sheets->request({{u"header_row"_s, 3}}));
    QCOMPARE(chosen.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(chosen.rows, peopleRows);
    const ReadTable none = m_sheets->source.read(m_sheets->request({{u"header_row"_s, 0}, {u"skip_rows"_s, 3}}));
    QCOMPARE(none.names, QStringList({u"column_1"_s, u"column_2"_s}));
    QCOMPARE(none.rows, peopleRows);
}

void TestGoogleSheets::range_isAllThatIsAskedFor()
{
    m_sheets->google.tabs.first().rows = sheetOfTexts({{u"x"_s, u"x"_s, u"x"_s, u"x"_s},
                                                       {u"x"_s, u"id"_s, u"name"_s, u"x"_s},
                                                       {u"x"_s, u"1"_s, u"Ada"_s, u"x"_s},
                                                       {u"x"_s, u"2"_s, u"Bo"_s, u"x"_s},
                                                       {u"x"_s, u"3"_s, u"Cy"_s, u"x"_s}});
    const ReadTable table = m_sheets->source.read(m_sheets->request({{u"range"_s, u"B2:C4"_s}}));
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, peopleRows);
    for (const auto &sent : m_sheets->google.peer.requests())
        QVERIFY(!sent.target.contains("/values/") || sent.target.contains("%21B2%3AC4?"));
    const ReadTable outside = m_sheets->source.read(m_sheets->request({{u"range"_s, u"A5000:B6000"_s}}));
    QCOMPARE(outside.error.value_or(Error()).code, u"empty_file"_s);
}

void TestGoogleSheets::sheet_firstVisibleWithText_orByName()
{
    m_sheets->google.tabs = {
        {.title = u"Old"_s, .rows = sheetOfTexts({{u"a"_s}, {u"0"_s}}), .hidden = true, .sheetId = 0},
        {.title = u"Empty"_s, .rows = {}, .sheetId = 1},
        {.title = u"Bob's list"_s,
         .rows = sheetOfTexts({{u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}}),
         .sheetId = 2},
        {.title = u"Ünïcode! & more"_s, .rows = sheetOfTexts({{u"b"_s}, {u"9"_s}}), .sheetId = 3}};
    QCOMPARE(m_sheets->source.read(m_sheets->request()).rows, peopleRows);
    QCOMPARE(m_sheets->source.read(m_sheets->request({{u"sheet"_s, u"Old"_s}})).rows, std::vector<Row>({{"0"}}));
    QCOMPARE(m_sheets->source.read(m_sheets->request({{u"sheet"_s, u"Ünïcode! & more"_s}})).rows,
             std::vector<Row>({{"9"}}));
    const ReadTable missing = m_sheets->source.read(m_sheets->request({{u"sheet"_s, u"Gone"_s}}));
    QCOMPARE(missing.error.value_or(Error()).code, u"sheet_not_found"_s);
    QVERIFY(missing.error->remedy.contains(u"Bob's list"));
    // What was understood can be chosen otherwise, as with files.
    const auto reader = m_sheets->source.open(m_sheets->request());
    IDS_VERIFY_OK(reader);
    QCOMPARE((*reader)->reading().settings.first().value.toString(), u"Bob's list"_s);
    QCOMPARE((*reader)->reading().settings.first().choices.size(), 4);
}

void TestGoogleSheets::link_leadsToItsTab()
{
    m_sheets->google.tabs.append({.title = u"Second"_s, .rows = sheetOfTexts({{u"b"_s}, {u"9"_s}}), .sheetId = 42});
    const QString link =
        u"https://docs.google.com/spreadsheets/d/%1/edit"_s.arg(QLatin1StringView(GoogleSheetsPeer::spreadsheetId));
    QCOMPARE(m_sheets->source.read(m_sheets->request({{u"spreadsheet_id"_s, link}})).rows, peopleRows);
    QCOMPARE(m_sheets->source.read(m_sheets->request({{u"spreadsheet_id"_s, QString(link + u"#gid=42")}})).rows,
             std::vector<Row>({{"9"}}));
    QCOMPARE(
        m_sheets->source
            .read(m_sheets->request({{u"spreadsheet_id"_s, QString(link + u"#gid=42")}, {u"sheet"_s, u"People"_s}}))
            .rows,
        peopleRows);
    const ReadTable gone = m_sheets->source.read(m_sheets->request({{u"spreadsheet_id"_s, QString(link + u"#gid=7")}}));
    QCOMPARE(gone.error.value_or(Error()).code, u"sheet_not_found"_s);
}

void TestGoogleSheets::preview_asksForTheBeginningOnly()
{
    m_sheets->fillLarge(1, 25'000);
    ReadRequest sample = m_sheets->request();
    sample.sampleRows = 100;
    const auto reader = m_sheets->source.open(sample);
    IDS_VERIFY_OK(reader);
    RowBatch batch;
    IDS_VERIFY_OK((*reader)->read(batch));
    QVERIFY(batch.rowCount() >= 100);
    QCOMPARE(m_sheets->windows(), 1);
}

void TestGoogleSheets::server_busyForAWhile_isWaitedFor()
{
    int requests = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        if (++requests == 2)
            return test::googleError(429, "Quota exceeded for quota metric 'Read requests'", {}, "RESOURCE_EXHAUSTED",
                                     {"Retry-After: 1"});
        return std::nullopt;
    };
    ReadRequest patient = m_sheets->request();
    int waits = 0;
    patient.waiting = [&](const QDateTime &until) { waits += until.isValid() ? 1 : 0; };
    QCOMPARE(m_sheets->source.read(patient).rows, peopleRows);
    QCOMPARE(waits, 1);
}

void TestGoogleSheets::answer_cutOff_isAskedForAgain()
{
    int answers = 0;
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isForCells(call) || ++answers > 1)
            return std::nullopt;
        PeerAnswer half = PeerAnswer::of(200, R"({"range":"'People'!A1:B3","values":[["id","name"],["1","Ada"]]})");
        half.bytes.chop(20);
        half.then = PeerAnswer::Then::Close;
        return half;
    };
    QCOMPARE(m_sheets->source.read(m_sheets->request()).rows, peopleRows);
}

void TestGoogleSheets::refusal_isNamed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("no such spreadsheet") << u"id"_s << u"spreadsheet_not_found"_s;
    QTest::newRow("Excel file") << u"format"_s << u"not_a_spreadsheet"_s;
    QTest::newRow("interface switched off") << u"disabled"_s << u"api_disabled"_s;
    QTest::newRow("busy for long") << u"busy"_s << u"store_busy"_s;
    QTest::newRow("down for long") << u"down"_s << u"store_busy"_s;
    QTest::newRow("token refused") << u"token"_s << u"wrong_token"_s;
    QTest::newRow("web page") << u"page"_s << u"spreadsheet_unreadable"_s;
    QTest::newRow("something else") << u"else"_s << u"spreadsheet_unreadable"_s;
    QTest::newRow("redirect") << u"redirect"_s << u"redirect_refused"_s;
    QTest::newRow("no text") << u"empty"_s << u"empty_file"_s;
    QTest::newRow("key of another") << u"key"_s << u"wrong_key"_s;
}

void TestGoogleSheets::refusal_isNamed()
{
    QFETCH(QString, fault);
    QFETCH(QString, code);
    ReadRequest asked = m_sheets->request();
    if (fault == u"id")
        asked.config.insert(u"spreadsheet_id"_s, u"1Another"_s);
    m_sheets->google.otherFormat = fault == u"format";
    if (fault == u"empty")
        m_sheets->google.tabs.first().rows.clear();
    if (fault == u"key") {
        m_sheets->google.peer.tokenIntervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
            return PeerAnswer::of(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
        };
    }
    m_sheets->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (fault == u"disabled") {
            return PeerAnswer::of(403, R"({"error":{"code":403,"status":"PERMISSION_DENIED",
                "message":"Google Sheets API has not been used in project 104711 before or it is disabled.",
                "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED",
                "domain":"googleapis.com"}]}})");
        }
        if (fault == u"busy")
            return test::googleError(429, "Quota exceeded", {}, "RESOURCE_EXHAUSTED", {"Retry-After: 86400"});
        if (fault == u"down")
            return test::googleError(503, "The service is currently unavailable.", {}, "UNAVAILABLE",
                                     {"Retry-After: 86400"});
        if (fault == u"token")
            return test::googleError(401, "Request had invalid authentication credentials.", {}, "UNAUTHENTICATED");
        if (fault == u"page")
            return PeerAnswer::of(200, "<!DOCTYPE html><html></html>");
        if (fault == u"else" && isForCells(call))
            return PeerAnswer::of(200, R"({"kind":"something"})");
        if (fault == u"redirect")
            return PeerAnswer::of(302, {}, {"Location: https://example.org/"});
        return std::nullopt;
    };
    const ReadTable table = m_sheets->source.read(asked);
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->message.isEmpty() && !table.error->remedy.isEmpty());
    QCOMPARE(m_sheets->source.leak(m_sheets->secrets(), table.error), QByteArray());
}

void TestGoogleSheets::spreadsheet_notShared_namesTheAccount()
{
    m_sheets->google.shared = false;
    const ReadTable table = m_sheets->source.read(m_sheets->request());
    QCOMPARE(table.error.value_or(Error()).code, u"spreadsheet_not_shared"_s);
    QVERIFY(table.error->remedy.contains(m_sheets->google.peer.account().email()));
}

void TestGoogleSheets::signIn_isNotPossibleYet()
{
    ReadRequest signIn = m_sheets->request();
    signIn.credentials = Secret(R"({"oauth_grant":"grant_1"})");
    const ReadTable table = m_sheets->source.read(signIn);
    QCOMPARE(table.error.value_or(Error()).code, u"oauth_not_available"_s);
    QVERIFY(table.error->remedy.contains(u"service account"));
    QVERIFY(m_sheets->google.peer.requests().isEmpty());
}

void TestGoogleSheets::config_malformed_isNamed()
{
    const auto fields = [&](const QJsonObject &config) {
        QStringList names;
        for (const FieldError &problem : m_sheets->source.connector().checkConfig(config))
            names.append(problem.field);
        return names;
    };
    QCOMPARE(fields({{u"spreadsheet_id"_s, u"1BxiMVs0XRA5"_s}, {u"range"_s, u"A1:C"_s}}), QStringList());
    QCOMPARE(fields({{u"spreadsheet_id"_s, u"https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml"_s},
                     {u"range"_s, u"everything"_s}}),
             QStringList({u"config.spreadsheet_id"_s, u"config.range"_s}));
    IDS_VERIFY_ERROR(m_sheets->source.open(m_sheets->request({{u"spreadsheet_id"_s, u"https://example.org/"_s}})),
                     ErrorKind::InvalidInput, "spreadsheet_id_malformed");
}

void TestGoogleSheets::connectionTest_namesTheStep()
{
    const ConnectionReport good = m_sheets->source.test(m_sheets->request());
    QCOMPARE(failedStepOf(good), QString());
    QCOMPARE(good.columns.size(), 2);
    m_sheets->google.shared = false;
    const ConnectionReport notShared = m_sheets->source.test(m_sheets->request());
    QVERIFY2(failedStepOf(notShared).startsWith(u"2: ") &&
                 failedStepOf(notShared).contains(m_sheets->google.peer.account().email()),
             qPrintable(failedStepOf(notShared)));
    m_sheets->google.shared = true;
    m_sheets->google.tabs.first().rows.clear();
    QVERIFY(failedStepOf(m_sheets->source.test(m_sheets->request())).startsWith(u"3: "));
    ReadRequest broken = m_sheets->request();
    broken.credentials = Secret(R"({"service_account_json":"{}"})");
    QVERIFY(failedStepOf(m_sheets->source.test(broken)).startsWith(u"1: "));
}

QTEST_GUILESS_MAIN(TestGoogleSheets)
#include "tst_google_sheets.moc"
