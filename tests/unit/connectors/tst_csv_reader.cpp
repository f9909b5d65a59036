// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_reader.h"
#include "connectors/files/file_connector.h"
#include "csv_fixture.h"
#include "tests/support/result_checks.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QJsonObject setting(const char *name, const QJsonValue &value)
{
    return {{QLatin1StringView(name), value}};
}

} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_ofManyShapes_areReadExactly_data();
    void rows_ofManyShapes_areReadExactly();
    void lines_withQuotedBreaksAndBlanks_matchTheFile();
    void shortRow_isFilledWithNull();
    void longRow_withEmptyRest_isStored();
    void longRow_withText_isRejectedWithCounts();
    void unclosedQuote_atTheEnd_losesOneLineOnly();
    void unclosedQuote_overTheCap_losesOneLineOnly();
    void unclosedQuote_inTheHeader_keepsTheNames();
    void undecodableBytes_rejectTheirRowOnly();
    void undecodableUtf16_isShownAsInTheSource();
    void longRow_overTheCap_isRejected();
    void oneColumn_blankLinesInside_areNullRows();
    void oneColumn_blankLinesBeforeReject_areNullRows();
    void emptyFile_isRefused_data();
    void emptyFile_isRefused();
    void headerOnly_hasColumnsAndNoRows();
    void noHeader_isNoticed();
    void header_withYears_isKept();
    void headerRow_andSkipRows_areObeyed();
    void settings_thatMakeNoSense_areRefused();
    void settings_overrideDetection();
    void lateWindows1252_isNoticedAfterAsciiStart();
    void utf16_withAndWithoutMark_isRead();
    void tooManyColumns_isRefused();
    void progress_countsTheBytesOfTheFile();
    void cancel_stopsReading();
    void connector_withoutFile_saysSo();
    void batches_areBounded();
};

void TestCsvReader::rows_ofManyShapes_areReadExactly_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("rows");
    const auto row = [](const char *name, QByteArray bytes, QByteArray rows) { QTest::newRow(name) << bytes << rows; };
    row("plain", "a,b\n1,2\n", "[1][2]\n");
    row("crlf", "a,b\r\n1,2\r\n", "[1][2]\n");
    row("cr", "a,b\r1,2\r3,4\r", "[1][2]\n[3][4]\n");
    row("mixed line ends", "a,b\n1,2\r\n3,4\r5,6", "[1][2]\n[3][4]\n[5][6]\n");
    row("no last line end", "a,b\n1,2", "[1][2]\n");
    row("null and empty", "a,b,c\n,\"\",x\n", "NULL[][x]\n");
    row("null at the end", "a,b\nx,\n", "[x]NULL\n");
    row("null at the very end", "a,b\nx,", "[x]NULL\n");
    row("spaces stay", "a,b\n x , y \n", "[ x ][ y ]\n");
    row("quoted delimiter", "a,b\n\"1,5\",2\n", "[1,5][2]\n");
    row("quoted breaks stay", "a,b\n\"x\r\ny\nz\rw\",2\n", "[x\r\ny\nz\rw][2]\n");
    row("doubled quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", "[say \"hi\"][\"]\n");
    row("quote inside", "a,b\n5\" pipe,x\"y\"\n", "[5\" pipe][x\"y\"]\n");
    row("text after the quote", "a,b\n\"a\"b,2\n", "[\"a\"b][2]\n");
    row("space after the quote", "a,b\n\"x,y\" ,2\n", "[x,y][2]\n");
    row("stray opening quote", "a,b\n\"x,2\n\"y\",3\n", "[\"x][2]\n[y][3]\n");
    row("blank lines", "a,b\n\n1,2\n\r\n  \n3,4\n\n", "[1][2]\n[3][4]\n");
    row("only delimiters", "a,b\n,\n", "NULLNULL\n");
    row("semicolon", "name;price\nx;1,5\ny;2,5\n", "[x][1,5]\n[y][2,5]\n");
    row("tab", "name\tprice\nx, y\t1\nz\t2\n", "[x, y][1]\n[z][2]\n");
    row("pipe", "name|price\nx|1\ny|2\n", "[x][1]\n[y][2]\n");
    row("single quotes", "name,note\n'a, b','it''s'\n'c','d'\n", "[a, b][it's]\n[c][d]\n");
    row("backslashes", "name,note\n\"a \\\"b\\\", c\",\"d\\\\e\"\n\"x\",\"y\\n\"\n", "[a \"b\", c][d\\e]\n[x][y\\n]\n");
    row("excel's separator line", "sep=;\r\na;b\r\n1;2\r\n", "[1][2]\n");
    row("utf-8 mark",
        "\xEF\xBB\xBF"
        "a,b\n\xC3\xA4,2\n",
        "[\xC3\xA4][2]\n");
    row("windows-1252", "name,price\nM\xFCller,5 \x80\n", "[M\xC3\xBCller][5 \xE2\x82\xAC]\n");
    row("nul stays", QByteArray("a,b\nx\0y,2\n", 10), QByteArray("[x\0y][2]\n", 9));
    row("two pipes", "a||b\n1||x|y\n\"p||q\"||2\n3||z\n", "[1][x|y]\n[p||q][2]\n[3][z]\n");
    row("comma and space", "a, b\r\n1, \"x, y\"\r\n2,\r\n\"p, q\", z,3\r\n", "[1][x, y]\n[2]NULL\n[p, q][z,3]\n");
    row("space", "id at who\n1 10:30 \"Ada, L\"\n2 11:45 \n", "[1][10:30][Ada, L]\n[2][11:45]NULL\n");
    row("one column", "name\nx\n\"\"\ny\n", "[x]\n[]\n[y]\n");
    row("one column of sentences", "name\nAda\nBob\nCleo, of Egypt\n", "[Ada]\n[Bob]\n[Cleo, of Egypt]\n");
    row("header in quotes", "\"a\",\"b\"\n1,2\n", "[1][2]\n");
    row("blank lines before the header", "\n\na,b\n1,2\n", "[1][2]\n");
}

void TestCsvReader::rows_ofManyShapes_areReadExactly()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, rows);
    const ReadTable table = readCsv(bytes);
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(shown(table.rows), rows);
    QVERIFY(table.rejections.empty());
    QCOMPARE(table.sourceBytes, bytes.size());
}

void TestCsvReader::lines_withQuotedBreaksAndBlanks_matchTheFile()
{
    const ReadTable table = readCsv("a,b\n1,\"x\ny\r\nz\"\n\n2,3\r\n\"p\rq\",4\n5,6,7\n8,9\n");
    QCOMPARE(table.lines, (std::vector<qint64>{2, 6, 7, 10}));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].line, 9);
}

void TestCsvReader::shortRow_isFilledWithNull()
{
    const ReadTable table = readCsv("a,b,c\n1\n1,2\n");
    QCOMPARE(shown(table.rows), QByteArray("[1]NULLNULL\n[1][2]NULL\n"));
    QVERIFY(table.rejections.empty());
}

void TestCsvReader::longRow_withEmptyRest_isStored()
{
    const ReadTable table = readCsv("a,b\n1,2,,\"\",\n3,4\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][2]\n[3][4]\n"));
    QVERIFY(table.rejections.empty());
}

void TestCsvReader::longRow_withText_isRejectedWithCounts()
{
    const ReadTable table = readCsv("a,b\n1,2\n3,4,5\n6,7\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][2]\n[6][7]\n"));
    QCOMPARE(table.rejections.size(), 1U);
    const Rejection &rejection = table.rejections[0];
    QCOMPARE(rejection.code, u"too_many_fields"_s);
    QCOMPARE(rejection.line, 3);
    QCOMPARE(rejection.raw, u"3,4,5"_s);
    QCOMPARE(rejection.column, QString());
    QVERIFY(rejection.reason.contains(u"has 3 fields"_s) && rejection.reason.contains(u"has 2 columns"_s));
}

void TestCsvReader::unclosedQuote_atTheEnd_losesOneLineOnly()
{
    const ReadTable table = readCsv("a,b\n1,2\n3,\"four\n5,6\n7,8\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][2]\n[5][6]\n[7][8]\n"));
    QCOMPARE(table.lines, (std::vector<qint64>{2, 4, 5}));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"quote_not_closed"_s);
    QCOMPARE(table.rejections[0].line, 3);
    QCOMPARE(table.rejections[0].raw, u"3,\"four"_s);
}

void TestCsvReader::unclosedQuote_overTheCap_losesOneLineOnly()
{
    QByteArray bytes = "a,b\n1,\"two\n";
    for (int i = 0; i < 2000; ++i)
        bytes += "x,y\n";
    const ReadTable table =
        readCsv(bytes, setting("delimiter", u","_s), {.blockSize = 100, .rowBytes = 1000, .sampleBytes = 400});
    QCOMPARE(table.rows.size(), 2000U);
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"quote_not_closed"_s);
    QCOMPARE(table.lines.back(), 2002);
}

void TestCsvReader::unclosedQuote_inTheHeader_keepsTheNames()
{
    const ReadTable table = readCsv("a,\"b,c\n1,2,3\n");
    QCOMPARE(table.names, (QStringList{u"a"_s, u"\"b"_s, u"c"_s}));
    QCOMPARE(shown(table.rows), QByteArray("[1][2][3]\n"));
}

void TestCsvReader::undecodableBytes_rejectTheirRowOnly()
{
    const ReadTable table = readCsv("name,town\nZo\xC3\xAB,K\xC3\xB6ln\nJ\xC3\xB6rg,Bad\xFF\xC3\nL\xC3\xA9,x\n");
    QCOMPARE(table.rows.size(), 2U);
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"undecodable"_s);
    QCOMPARE(table.rejections[0].column, u"town"_s);
    QCOMPARE(table.rejections[0].line, 3);
    QCOMPARE(table.rejections[0].raw, u"Jörg,Bad\\xFF\\xC3"_s);
}

void TestCsvReader::undecodableUtf16_isShownAsInTheSource()
{
    QByteArray bytes("\xFF\xFE", 2);
    for (const char c : QByteArray("a,b\n1,2\n3,"))
        bytes += QByteArray(1, c) + '\0';
    bytes += QByteArray("\x00\xD8", 2);
    bytes += QByteArray("\n\0", 2);
    const ReadTable table = readCsv(bytes);
    QCOMPARE(shown(table.rows), QByteArray("[1][2]\n"));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"undecodable"_s);
    QCOMPARE(table.rejections[0].raw, u"3,\\x00\\xD8"_s);
}

void TestCsvReader::longRow_overTheCap_isRejected()
{
    const QByteArray bytes = "a,b\n1,2\n3," + QByteArray(5000, 'x') + "\n4,5\n";
    const ReadTable table = readCsv(bytes, {}, {.blockSize = 64, .rowBytes = 1000, .sampleBytes = 100});
    QCOMPARE(shown(table.rows), QByteArray("[1][2]\n[4][5]\n"));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"too_long"_s);
    QCOMPARE(table.rejections[0].line, 3);
    QCOMPARE(table.rejections[0].raw.size(), 5002);
    QCOMPARE(table.lines, (std::vector<qint64>{2, 4}));
}

void TestCsvReader::oneColumn_blankLinesInside_areNullRows()
{
    const ReadTable table = readCsv("name\n\nx\n\n\ny\n\n\n");
    QCOMPARE(shown(table.rows), QByteArray("NULL\n[x]\nNULL\nNULL\n[y]\n"));
    QCOMPARE(table.lines, (std::vector<qint64>{2, 3, 4, 5, 6}));
}

void TestCsvReader::oneColumn_blankLinesBeforeReject_areNullRows()
{
    const ReadTable table = readCsv("name\nx\n\n\"open\ny\n", setting("delimiter", u","_s));
    QCOMPARE(shown(table.rows), QByteArray("[x]\nNULL\n[y]\n"));
    QCOMPARE(table.lines, (std::vector<qint64>{2, 3, 5}));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].line, 4);
}

void TestCsvReader::emptyFile_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("whitespace") << QByteArray(" \r\n\n \t\n");
    QTest::newRow("mark") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("utf-16 mark") << QByteArray("\xFF\xFE");
}

void TestCsvReader::emptyFile_isRefused()
{
    QFETCH(QByteArray, bytes);
    IDS_VERIFY_ERROR(CsvFixture(bytes).open(), ErrorKind::Source, "empty_file");
}

void TestCsvReader::headerOnly_hasColumnsAndNoRows()
{
    for (const char *bytes : {"id,name,email", "id,name,email\n", "id,name,email\r\n\r\n"}) {
        const ReadTable table = readCsv(bytes);
        QCOMPARE(table.names, (QStringList{u"id"_s, u"name"_s, u"email"_s}));
        QVERIFY(table.rows.empty() && table.rejections.empty() && !table.error);
    }
}

void TestCsvReader::noHeader_isNoticed()
{
    CsvFixture file("1,ada@example.org,2024-01-05\n2,bob@example.org,2024-02-07\n");
    auto reader = file.open();
    IDS_VERIFY_OK(reader);
    QCOMPARE((*reader)->columns().first().name, u"column_1"_s);
    QVERIFY((*reader)->columns().first().generated);
    QCOMPARE(file.read().rows.size(), 2U);
}

void TestCsvReader::header_withYears_isKept()
{
    QCOMPARE(readCsv("country,2019,2020\nNepal,5,6\nPeru,7,8\n").names,
             (QStringList{u"country"_s, u"2019"_s, u"2020"_s}));
}

void TestCsvReader::headerRow_andSkipRows_areObeyed()
{
    const QByteArray bytes = "Report of May\n\"unbalanced\nid,name\n1,x\n";
    const ReadTable byHeader = readCsv(bytes, setting("header_row", 3));
    QCOMPARE(byHeader.names, (QStringList{u"id"_s, u"name"_s}));
    QCOMPARE(shown(byHeader.rows), QByteArray("[1][x]\n"));
    QCOMPARE(byHeader.lines, std::vector<qint64>{4});
    QCOMPARE(readCsv(bytes, setting("skip_rows", 2)), byHeader);
    const ReadTable without = readCsv("id,name\n1,x\n", setting("header_row", 0));
    QCOMPARE(without.names, (QStringList{u"column_1"_s, u"column_2"_s}));
    QCOMPARE(without.rows.size(), 2U);
}

void TestCsvReader::settings_thatMakeNoSense_areRefused()
{
    const CsvFixture file("a,b\n1,2\n");
    const QJsonObject config = {{u"encoding"_s, u"klingon"_s}, {u"delimiter"_s, u"ab"_s}, {u"quote"_s, u"xx"_s},
                                {u"escape"_s, u"?"_s},         {u"header_row"_s, -1},     {u"skip_rows"_s, 1.5}};
    const auto reader = file.open(config);
    IDS_VERIFY_ERROR(reader, ErrorKind::InvalidInput, "invalid_config");
    QStringList fields;
    for (const FieldError &problem : reader.error().fields)
        fields.append(problem.field);
    QCOMPARE(fields, (QStringList{u"config.encoding"_s, u"config.delimiter"_s, u"config.quote"_s, u"config.escape"_s,
                                  u"config.header_row"_s, u"config.skip_rows"_s}));
}

void TestCsvReader::settings_overrideDetection()
{
    const QByteArray bytes = "a;b,c\n1;2,\xC3\xA4\n";
    const QJsonObject config = {{u"delimiter"_s, u";"_s}, {u"encoding"_s, u"latin1"_s}, {u"quote"_s, u"none"_s}};
    const ReadTable table = readCsv(bytes, config);
    QCOMPARE(table.names, (QStringList{u"a"_s, u"b,c"_s}));
    QCOMPARE(shown(table.rows), QByteArray("[1][2,\xC3\x83\xC2\xA4]\n"));
    QCOMPARE(shown(readCsv("a\tb\n\"x\ty\n", QJsonObject{{u"delimiter"_s, u"tab"_s}, {u"quote"_s, u""_s}}).rows),
             QByteArray("[\"x][y]\n"));
}

void TestCsvReader::lateWindows1252_isNoticedAfterAsciiStart()
{
    QByteArray bytes = "name,town\n";
    for (int i = 0; i < 500; ++i)
        bytes += "Ada,London\n";
    bytes += "J\xF6rg,K\xF6ln\nZo\xEB,\x8A\n";
    const ReadTable table = readCsv(bytes, {}, {.blockSize = 1000, .rowBytes = 5000, .sampleBytes = 2000});
    QVERIFY(table.rejections.empty());
    QCOMPARE(table.rows.size(), 502U);
    QCOMPARE(shown({table.rows[500], table.rows[501]}),
             QByteArray("[J\xC3\xB6rg][K\xC3\xB6ln]\n[Zo\xC3\xAB][\xC5\xA0]\n"));
    QCOMPARE(table.sourceBytes, bytes.size());
}

void TestCsvReader::utf16_withAndWithoutMark_isRead()
{
    const QString text = u"name,town\nJörg,東京\nZoë,\U0001F600\n"_s;
    QByteArray little;
    QByteArray big;
    for (const QChar c : text) {
        little.append(static_cast<char>(c.cell())).append(static_cast<char>(c.row()));
        big.append(static_cast<char>(c.row())).append(static_cast<char>(c.cell()));
    }
    const QByteArray expected = u"[Jörg][東京]\n[Zoë][\U0001F600]\n"_s.toUtf8();
    for (const QByteArray &bytes : QByteArrayList{little, big, "\xFF\xFE" + little, "\xFE\xFF" + big}) {
        const ReadTable table = readCsv(bytes);
        QCOMPARE(table.names.first(), u"name"_s);
        QCOMPARE(shown(table.rows), expected);
        QCOMPARE(table.sourceBytes, bytes.size());
    }
}

void TestCsvReader::tooManyColumns_isRefused()
{
    QByteArray header = "c1";
    for (int i = 2; i <= CsvReader::maxColumns; ++i)
        header += ",c" + QByteArray::number(i);
    QCOMPARE(readCsv(header + "\n").names.size(), CsvReader::maxColumns);
    IDS_VERIFY_ERROR(CsvFixture(header + ",more\n").open(), ErrorKind::Source, "too_many_columns");
}

void TestCsvReader::progress_countsTheBytesOfTheFile()
{
    QByteArray bytes = "id,text\n";
    for (int i = 0; i < 10000; ++i)
        bytes += QByteArray::number(i) + ",some words\n";
    const CsvFixture file(bytes);
    auto reader = file.open();
    IDS_VERIFY_OK(reader);
    QCOMPARE((*reader)->totalBytes(), bytes.size());
    QVERIFY((*reader)->estimateBasis() == EstimateBasis::FileSize);
    RowBatch batch;
    IDS_VERIFY_OK((*reader)->read(batch));
    const auto last = std::string("\n" + std::to_string(batch.rowCount()) + ",");
    QCOMPARE(batch.sourceBytes, bytes.indexOf(last.c_str()) + 1);
}

void TestCsvReader::cancel_stopsReading()
{
    const CsvFixture file("a,b\n1,2\n");
    const CancelToken cancel;
    auto reader = CsvReader::open(file.path(), {}, cancel, nullptr, {});
    IDS_VERIFY_OK(reader);
    cancel.cancel();
    RowBatch batch;
    IDS_VERIFY_ERROR((*reader)->read(batch), ErrorKind::Cancelled, "cancelled");
}

void TestCsvReader::connector_withoutFile_saysSo()
{
    IDS_VERIFY_ERROR(FileConnector().open(ReadRequest{}), ErrorKind::Source, "no_file");
    ReadRequest request;
    request.file = StoredFile{u"gone.csv"_s, u"/nonexistent/gone.csv"_s, 1};
    IDS_VERIFY_ERROR(FileConnector().open(request), ErrorKind::Source, "file_unreadable");
}

void TestCsvReader::batches_areBounded()
{
    QByteArray bytes = "id,text\n";
    for (int i = 0; i < 300; ++i)
        bytes += QByteArray::number(i) + ',' + QByteArray(20000, 'x') + '\n';
    for (int i = 0; i < 300; ++i)
        bytes += "1,2,3" + QByteArray(20000, 'y') + '\n';
    const CsvFixture file(bytes);
    auto reader = file.open();
    IDS_VERIFY_OK(reader);
    RowBatch batch;
    std::size_t rows = 0;
    std::size_t rejections = 0;
    while (true) {
        auto more = (*reader)->read(batch);
        IDS_VERIFY_OK(more);
        if (!*more)
            break;
        QVERIFY(batch.byteCount() < 1200 * 1024);
        QVERIFY(batch.rejections().size() < 60);
        rows += batch.rowCount();
        rejections += batch.rejections().size();
    }
    QCOMPARE(rows, 300U);
    QCOMPARE(rejections, 300U);
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
