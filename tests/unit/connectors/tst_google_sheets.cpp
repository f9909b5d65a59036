// SPDX-License-Identifier: GPL-3.0-or-later
#include "remote_fixture.h"
#include "tests/support/peers/google_sheets_peer.h"
#include "tests/support/result_checks.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::GoogleSheetsPeer;
using test::PeerAnswer;
using test::SheetCell;
using test::SheetTab;

namespace {

SheetCell text(const QString &value)
{
    return SheetCell::of(value);
}

/// A sheet of texts; an empty text is an empty cell.
std::vector<std::vector<SheetCell>> texts(const QList<QStringList> &rows)
{
    std::vector<std::vector<SheetCell>> cells;
    for (const QStringList &row : rows) {
        auto &each = cells.emplace_back();
        for (const QString &value : row)
            each.push_back(value.isEmpty() ? SheetCell() : text(value));
    }
    return cells;
}

const std::vector<Row> peopleRows = {{"1", "Ada"}, {"2", "Bo"}};

bool isValues(const GoogleCall &call)
{
    return call.read.operation == u"sheets.spreadsheets.values.get";
}

} // namespace

/// Against a server that holds every request to the vendor's description and judges assertions and tokens.
class TestGoogleSheets : public QObject
{
    Q_OBJECT

    std::unique_ptr<RemoteFixture> m_source;
    std::unique_ptr<GoogleSheetsPeer> m_google;

    [[nodiscard]] ReadRequest request(const QJsonObject &more = {}) const
    {
        QJsonObject config{{u"spreadsheet_id"_s, QLatin1StringView(GoogleSheetsPeer::spreadsheetId)},
                           {u"base_url"_s, m_google->peer.baseUrl()}};
        for (auto it = more.begin(); it != more.end(); ++it)
            config.insert(it.key(), it.value());
        return m_source->request(config, m_google->peer.credentials());
    }
    [[nodiscard]] QList<QByteArray> secrets() const
    {
        return m_google->peer.tokens() + QList{m_google->peer.account().privateKey()};
    }
    /// A sheet that takes several answers; rows are numbered from `first`.
    void fillLarge(int first, int rows)
    {
        auto &tab = m_google->tabs.first();
        tab.rows = texts({{u"id"_s, u"name"_s, u"city"_s}});
        for (int i = first; i < first + rows; ++i)
            tab.rows.push_back({text(u"r%1"_s.arg(i)), text(u"Name"_s), text(u"City"_s)});
        tab.gridRows = static_cast<int>(tab.rows.size());
        tab.gridColumns = 3;
    }
    /// The rows are r<first>, r<first+1>, … without a gap.
    static QString numbering(const ReadTable &table)
    {
        if (table.error)
            return table.error->logLine();
        if (table.rows.empty())
            return u"empty"_s;
        const int first = QByteArray::fromStdString(*table.rows.front()[0]).mid(1).toInt();
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            if (table.rows[i][0] != "r" + std::to_string(first + static_cast<int>(i)))
                return u"broken at %1"_s.arg(i);
        }
        return u"%1 from r%2"_s.arg(table.rows.size()).arg(first);
    }

private Q_SLOTS:
    void init();
    void cleanup();

    void sheet_isReadAsATable();
    void cells_ofEverySort_areTheirValues();
    void rows_raggedAndEmpty_areFilledUp();
    void header_isFoundOrChosen();
    void range_isAllThatIsAskedFor();
    void sheet_firstVisibleWithText_orByName();
    void link_leadsToItsTab();
    void preview_asksForTheBeginningOnly();

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
    void server_busyForAWhile_isWaitedFor();
    void answer_cutOff_isAskedForAgain();
    void refusal_isNamed_data();
    void refusal_isNamed();
    void spreadsheet_notShared_namesTheAccount();
    void signIn_isNotPossibleYet();
    void config_malformed_isNamed();
    void connectionTest_namesTheStep();
};

void TestGoogleSheets::init()
{
    m_source = std::make_unique<RemoteFixture>(u"google_sheets");
    m_google = std::make_unique<GoogleSheetsPeer>();
    m_google->tabs = {
        {.title = u"People"_s, .rows = texts({{u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}})}};
}

void TestGoogleSheets::cleanup()
{
    QCOMPARE(m_google->peer.problems(), QStringList());
    QVERIFY(m_source->leftNothingBehind());
    QCOMPARE(m_source->leak(secrets()), QByteArray());
}

void TestGoogleSheets::sheet_isReadAsATable()
{
    const ReadTable table = m_source->read(request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(table.lines, std::vector<qint64>({2, 3}));
    QCOMPARE(m_google->peer.tokensIssued(), 1);
}

void TestGoogleSheets::cells_ofEverySort_areTheirValues()
{
    auto &rows = m_google->tabs.first().rows;
    rows = texts({{u"zip"_s, u"code"_s, u"born"_s, u"seen"_s, u"at"_s, u"took"_s, u"price"_s, u"active"_s, u"phone"_s,
                   u"note"_s}});
    rows.push_back({SheetCell::formatted(123, u"00123"_s), text(u"007"_s), SheetCell::date(46024, u"1/2/2026"_s),
                    SheetCell::date(46024.75, u"1/2/2026 18:00:00"_s), SheetCell::date(0.5, u"12:00 PM"_s),
                    SheetCell::date(1.5, u"36:00:00"_s), SheetCell::formatted(1234.5678, u"$1,234.57"_s),
                    SheetCell::of(true), SheetCell::formatted(491701234567, u"+49 170 1234567"_s), text(u"#N/A"_s)});
    const ReadTable table = m_source->read(request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, std::vector<Row>({{"00123", "007", "2026-01-02", "2026-01-02T18:00:00", "12:00:00", "36:00:00",
                                            "1234.5678", "TRUE", "+49 170 1234567", "#N/A"}}));
}

void TestGoogleSheets::rows_raggedAndEmpty_areFilledUp()
{
    m_google->tabs.first().rows = texts(
        {{u"id"_s, QString(), u"name"_s, u"name"_s}, {u"1"_s}, {}, {QString(), u"x"_s}, {u"3"_s, u""_s, u"Cy"_s}});
    const ReadTable table = m_source->read(request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"column_2"_s, u"name"_s, u"name_2"_s}));
    QCOMPARE(table.rows, std::vector<Row>({{"1", null, null, null}, {null, "x", null, null}, {"3", null, "Cy", null}}));
    QCOMPARE(table.lines, std::vector<qint64>({2, 4, 5}));
}

void TestGoogleSheets::header_isFoundOrChosen()
{
    m_google->tabs.first().rows =
        texts({{u"Our people"_s}, {}, {u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}});
    const ReadTable chosen = m_source->read(request({{u"header_row"_s, 3}}));
    QCOMPARE(chosen.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(chosen.rows, peopleRows);
    const ReadTable none = m_source->read(request({{u"header_row"_s, 0}, {u"skip_rows"_s, 3}}));
    QCOMPARE(none.names, QStringList({u"column_1"_s, u"column_2"_s}));
    QCOMPARE(none.rows, peopleRows);
}

void TestGoogleSheets::range_isAllThatIsAskedFor()
{
    m_google->tabs.first().rows = texts({{u"x"_s, u"x"_s, u"x"_s, u"x"_s},
                                         {u"x"_s, u"id"_s, u"name"_s, u"x"_s},
                                         {u"x"_s, u"1"_s, u"Ada"_s, u"x"_s},
                                         {u"x"_s, u"2"_s, u"Bo"_s, u"x"_s},
                                         {u"x"_s, u"3"_s, u"Cy"_s, u"x"_s}});
    const ReadTable table = m_source->read(request({{u"range"_s, u"B2:C4"_s}}));
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, peopleRows);
    for (const auto &sent : m_google->peer.requests())
        QVERIFY(!sent.target.contains("/values/") || sent.target.contains("%21B2%3AC4?"));
    const ReadTable outside = m_source->read(request({{u"range"_s, u"A5000:B6000"_s}}));
    QCOMPARE(outside.error.value_or(Error()).code, u"empty_file"_s);
}

void TestGoogleSheets::sheet_firstVisibleWithText_orByName()
{
    m_google->tabs = {{.title = u"Old"_s, .rows = texts({{u"a"_s}, {u"0"_s}}), .hidden = true, .sheetId = 0},
                      {.title = u"Empty"_s, .rows = {}, .sheetId = 1},
                      {.title = u"Bob's list"_s,
                       .rows = texts({{u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}}),
                       .sheetId = 2},
                      {.title = u"Ünïcode! & more"_s, .rows = texts({{u"b"_s}, {u"9"_s}}), .sheetId = 3}};
    QCOMPARE(m_source->read(request()).rows, peopleRows);
    QCOMPARE(m_source->read(request({{u"sheet"_s, u"Old"_s}})).rows, std::vector<Row>({{"0"}}));
    QCOMPARE(m_source->read(request({{u"sheet"_s, u"Ünïcode! & more"_s}})).rows, std::vector<Row>({{"9"}}));
    const ReadTable missing = m_source->read(request({{u"sheet"_s, u"Gone"_s}}));
    QCOMPARE(missing.error.value_or(Error()).code, u"sheet_not_found"_s);
    QVERIFY(missing.error->remedy.contains(u"Bob's list"));
    // What was understood can be chosen otherwise, as with files.
    const auto reader = m_source->open(request());
    IDS_VERIFY_OK(reader);
    QCOMPARE((*reader)->reading().settings.first().value.toString(), u"Bob's list"_s);
    QCOMPARE((*reader)->reading().settings.first().choices.size(), 4);
}

void TestGoogleSheets::link_leadsToItsTab()
{
    m_google->tabs.append({.title = u"Second"_s, .rows = texts({{u"b"_s}, {u"9"_s}}), .sheetId = 42});
    const QString link =
        u"https://docs.google.com/spreadsheets/d/%1/edit"_s.arg(QLatin1StringView(GoogleSheetsPeer::spreadsheetId));
    QCOMPARE(m_source->read(request({{u"spreadsheet_id"_s, link}})).rows, peopleRows);
    QCOMPARE(m_source->read(request({{u"spreadsheet_id"_s, QString(link + u"#gid=42")}})).rows,
             std::vector<Row>({{"9"}}));
    QCOMPARE(
        m_source->read(request({{u"spreadsheet_id"_s, QString(link + u"#gid=42")}, {u"sheet"_s, u"People"_s}})).rows,
        peopleRows);
    const ReadTable gone = m_source->read(request({{u"spreadsheet_id"_s, QString(link + u"#gid=7")}}));
    QCOMPARE(gone.error.value_or(Error()).code, u"sheet_not_found"_s);
}

void TestGoogleSheets::preview_asksForTheBeginningOnly()
{
    fillLarge(1, 25'000);
    ReadRequest sample = request();
    sample.sampleRows = 100;
    const auto reader = m_source->open(sample);
    IDS_VERIFY_OK(reader);
    RowBatch batch;
    IDS_VERIFY_OK((*reader)->read(batch));
    QVERIFY(batch.rowCount() >= 100);
    QCOMPARE(m_google->peer.operations().count(u"sheets.spreadsheets.values.get"_s), 1);
}

void TestGoogleSheets::sheet_unchanged_isSaid()
{
    ReadRequest again = request();
    {
        const auto first = m_source->open(again);
        IDS_VERIFY_OK(first);
        QVERIFY(!(*first)->isUnchanged());
        again.state = (*first)->state();
    }
    {
        const auto second = m_source->open(again);
        IDS_VERIFY_OK(second);
        QVERIFY((*second)->isUnchanged());
        QCOMPARE((*second)->state(), again.state);
    }
    again.mode = RunMode::Full;
    const auto full = m_source->open(again);
    IDS_VERIFY_OK(full);
    QVERIFY(!(*full)->isUnchanged());
    // Other settings read other rows from the same cells.
    ReadRequest other = request({{u"header_row"_s, 0}});
    other.state = again.state;
    const auto reread = m_source->open(other);
    IDS_VERIFY_OK(reread);
    QVERIFY(!(*reread)->isUnchanged());
}

void TestGoogleSheets::sheet_changed_isRead_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("a value") << 0;
    QTest::newRow("a row more") << 1;
    QTest::newRow("a row moved") << 2;
    QTest::newRow("how a number is shown") << 3;
}

void TestGoogleSheets::sheet_changed_isRead()
{
    QFETCH(int, change);
    auto &rows = m_google->tabs.first().rows;
    rows.push_back({SheetCell::of(3.0), text(u"Cy"_s)});
    ReadRequest again = request();
    {
        const auto first = m_source->open(again);
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
    const auto second = m_source->open(again);
    IDS_VERIFY_OK(second);
    QVERIFY(!(*second)->isUnchanged());
    QVERIFY((*second)->state() != again.state);
}

void TestGoogleSheets::largeSheet_isReadInWindows()
{
    fillLarge(1, 25'000);
    QCOMPARE(numbering(m_source->read(request())), u"25000 from r1"_s);
    // Three windows, and once more to see that nothing has changed meanwhile.
    QCOMPARE(m_google->peer.operations().count(u"sheets.spreadsheets.values.get"_s), 6);
}

void TestGoogleSheets::largeSheet_changedBetweenWindows_isNeverMixed()
{
    fillLarge(1, 25'000);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        // The first row goes: the rows of the second window move into the first, which has been read.
        if (isValues(call) && ++answers == 2)
            fillLarge(2, 25'000);
        return std::nullopt;
    };
    QCOMPARE(numbering(m_source->read(request())), u"25000 from r2"_s);
    QVERIFY(m_source->log.text().contains(u"changed while it was read"));
}

void TestGoogleSheets::largeSheet_changedAfterTheLastWindow_isNeverMixed()
{
    fillLarge(1, 25'000);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isValues(call) && ++answers == 4)
            fillLarge(2, 25'000);
        return std::nullopt;
    };
    QCOMPARE(numbering(m_source->read(request())), u"25000 from r2"_s);
}

void TestGoogleSheets::sheet_grownBetweenRequests_isWhole()
{
    fillLarge(1, 10);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isValues(call) && ++answers == 1)
            fillLarge(0, 11); // on top, which pushes the last out of the range that was asked for
        return std::nullopt;
    };
    QCOMPARE(numbering(m_source->read(request())), u"11 from r0"_s);
}

void TestGoogleSheets::sheet_shrunkBetweenRequests_isWhole()
{
    fillLarge(1, 25'000);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isValues(call) && ++answers == 2)
            fillLarge(1, 10); // the second window is beyond the grid now
        return std::nullopt;
    };
    QCOMPARE(numbering(m_source->read(request())), u"10 from r1"_s);
}

void TestGoogleSheets::sheet_renamedBetweenRequests_isRead()
{
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isValues(call) && ++answers == 1)
            m_google->tabs.first().title = u"Persons"_s;
        return std::nullopt;
    };
    const ReadTable table = m_source->read(request());
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, peopleRows);
}

void TestGoogleSheets::sheet_changingAllTheTime_isAnError()
{
    fillLarge(1, 12'000);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isValues(call))
            fillLarge(++answers, 12'000);
        return std::nullopt;
    };
    IDS_VERIFY_ERROR(m_source->open(request()), ErrorKind::Source, "spreadsheet_changed");
}

void TestGoogleSheets::texts_inOneAnswer_areAskedForOnce()
{
    QCOMPARE(m_source->read(request()).rows, peopleRows);
    QCOMPARE(m_google->peer.operations().count(u"sheets.spreadsheets.values.get"_s), 1);
}

void TestGoogleSheets::token_revokedInTheMiddle_isRenewed()
{
    fillLarge(1, 25'000);
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isValues(call) || ++answers != 2)
            return std::nullopt;
        m_google->peer.revokeTokens();
        return test::googleError(401, "Request had invalid authentication credentials.", {}, "UNAUTHENTICATED");
    };
    QCOMPARE(numbering(m_source->read(request())), u"25000 from r1"_s);
    QCOMPARE(m_google->peer.tokensIssued(), 2);
}

void TestGoogleSheets::server_busyForAWhile_isWaitedFor()
{
    int requests = 0;
    m_google->peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        if (++requests == 2)
            return test::googleError(429, "Quota exceeded for quota metric 'Read requests'", {}, "RESOURCE_EXHAUSTED",
                                     {"Retry-After: 1"});
        return std::nullopt;
    };
    ReadRequest patient = request();
    int waits = 0;
    patient.waiting = [&](const QDateTime &until) { waits += until.isValid() ? 1 : 0; };
    QCOMPARE(m_source->read(patient).rows, peopleRows);
    QCOMPARE(waits, 1);
}

void TestGoogleSheets::answer_cutOff_isAskedForAgain()
{
    int answers = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isValues(call) || ++answers > 1)
            return std::nullopt;
        PeerAnswer half = PeerAnswer::of(200, R"({"range":"'People'!A1:B3","values":[["id","name"],["1","Ada"]]})");
        half.bytes.chop(20);
        half.then = PeerAnswer::Then::Close;
        return half;
    };
    QCOMPARE(m_source->read(request()).rows, peopleRows);
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
    ReadRequest asked = request();
    if (fault == u"id")
        asked.config.insert(u"spreadsheet_id"_s, u"1Another"_s);
    m_google->otherFormat = fault == u"format";
    if (fault == u"empty")
        m_google->tabs.first().rows.clear();
    if (fault == u"key") {
        m_google->peer.tokenIntervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
            return PeerAnswer::of(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
        };
    }
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
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
        if (fault == u"else" && isValues(call))
            return PeerAnswer::of(200, R"({"kind":"something"})");
        if (fault == u"redirect")
            return PeerAnswer::of(302, {}, {"Location: https://example.org/"});
        return std::nullopt;
    };
    const ReadTable table = m_source->read(asked);
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->message.isEmpty() && !table.error->remedy.isEmpty());
    QCOMPARE(m_source->leak(secrets(), table.error), QByteArray());
}

void TestGoogleSheets::spreadsheet_notShared_namesTheAccount()
{
    m_google->shared = false;
    const ReadTable table = m_source->read(request());
    QCOMPARE(table.error.value_or(Error()).code, u"spreadsheet_not_shared"_s);
    QVERIFY(table.error->remedy.contains(m_google->peer.account().email()));
}

void TestGoogleSheets::signIn_isNotPossibleYet()
{
    ReadRequest signIn = request();
    signIn.credentials = Secret(R"({"oauth_grant":"grant_1"})");
    const ReadTable table = m_source->read(signIn);
    QCOMPARE(table.error.value_or(Error()).code, u"oauth_not_available"_s);
    QVERIFY(table.error->remedy.contains(u"service account"));
    QVERIFY(m_google->peer.requests().isEmpty());
}

void TestGoogleSheets::config_malformed_isNamed()
{
    const auto fields = [&](const QJsonObject &config) {
        QStringList names;
        for (const FieldError &problem : m_source->connector().checkConfig(config))
            names.append(problem.field);
        return names;
    };
    QCOMPARE(fields({{u"spreadsheet_id"_s, u"1BxiMVs0XRA5"_s}, {u"range"_s, u"A1:C"_s}}), QStringList());
    QCOMPARE(fields({{u"spreadsheet_id"_s, u"https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml"_s},
                     {u"range"_s, u"everything"_s}}),
             QStringList({u"config.spreadsheet_id"_s, u"config.range"_s}));
    IDS_VERIFY_ERROR(m_source->open(request({{u"spreadsheet_id"_s, u"https://example.org/"_s}})),
                     ErrorKind::InvalidInput, "spreadsheet_id_malformed");
}

void TestGoogleSheets::connectionTest_namesTheStep()
{
    const ConnectionReport good = m_source->test(request());
    QCOMPARE(failedStepOf(good), QString());
    QCOMPARE(good.columns.size(), 2);
    m_google->shared = false;
    const ConnectionReport notShared = m_source->test(request());
    QVERIFY2(failedStepOf(notShared).startsWith(u"2: ") &&
                 failedStepOf(notShared).contains(m_google->peer.account().email()),
             qPrintable(failedStepOf(notShared)));
    m_google->shared = true;
    m_google->tabs.first().rows.clear();
    QVERIFY(failedStepOf(m_source->test(request())).startsWith(u"3: "));
    ReadRequest broken = request();
    broken.credentials = Secret(R"({"service_account_json":"{}"})");
    QVERIFY(failedStepOf(m_source->test(broken)).startsWith(u"1: "));
}

QTEST_GUILESS_MAIN(TestGoogleSheets)
#include "tst_google_sheets.moc"
