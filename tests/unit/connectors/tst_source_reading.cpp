// SPDX-License-Identifier: GPL-3.0-or-later
// What readers say they understood, and that it holds: put back as settings, it gives the same rows.
#include "biff_fixture.h"
#include "connectors/files/file_connector.h"
#include "models/ingest/source_reading.h"
#include "tests/support/csv_samples.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QFile>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

struct Understood
{
    ReadTable table;
    SourceReading atOpen;
    SourceReading atEnd;
};

/// Reads a file through its connector, as a run does.
Understood understand(const QString &path, const QJsonObject &config, const QString &name = u"table.csv"_s)
{
    Understood result;
    ReadRequest request;
    request.config = config;
    request.file = StoredFile{name, path, 0};
    const FileConnector connector;
    auto reader = connector.open(request);
    if (!reader) {
        result.table.error = reader.error();
        return result;
    }
    result.atOpen = (*reader)->reading();
    for (const Column &column : (*reader)->columns())
        result.table.names.append(column.name);
    RowBatch batch;
    for (auto more = (*reader)->read(batch); more && *more; more = (*reader)->read(batch)) {
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            Row &cells = result.table.rows.emplace_back();
            for (int column = 0; column < batch.columnCount(); ++column) {
                const auto cell = batch.cell(row, column);
                cells.push_back(cell ? Cell(std::string(*cell)) : null);
            }
            result.table.lines.push_back(batch.line(row));
        }
        const auto &rejections = batch.rejections();
        result.table.rejections.insert(result.table.rejections.end(), rejections.begin(), rejections.end());
    }
    result.atEnd = (*reader)->reading();
    return result;
}

Understood understandBytes(const QByteArray &bytes, const QJsonObject &config = {}, const QString &name = u"t.csv"_s)
{
    const CsvFixture file(bytes);
    return understand(file.path(), config, name);
}

QJsonValue valueOf(const SourceReading &reading, const char *name)
{
    const ReadingSetting *setting = reading.find(QString::fromLatin1(name));
    return setting ? setting->value : QJsonValue(QJsonValue::Undefined);
}

QByteArray utf16(const QString &text, bool marked)
{
    const QString all = marked ? QChar(0xFEFF) + text : text;
    return QByteArray(reinterpret_cast<const char *>(all.utf16()), all.size() * 2);
}

/// A workbook of several sheets: one that is hidden, one that is empty, one that begins at C3, one that begins at A1.
QByteArray manySheets()
{
    const auto cell = [](const QByteArray &place, const QByteArray &text) -> QByteArray {
        return "<c r=\"" + place + "\" t=\"str\"><v>" + text + "</v></c>";
    };
    const QByteArray relation = "\" Type=\"/worksheet\" Target=\"";
    ZipParts parts = xlsxParts("<row r=\"1\">" + cell("A1", "secret") + "</row>");
    for (auto &[name, content] : parts) {
        if (name == "xl/workbook.xml") {
            content = "<workbook><sheets><sheet name=\"Old\" r:id=\"rId1\" state=\"hidden\"/><sheet name=\"Cover\" "
                      "r:id=\"e\"/><sheet name=\"People\" r:id=\"d\"/><sheet name=\"Towns\" r:id=\"t\"/></sheets>"
                      "</workbook>";
        }
        if (name == "xl/_rels/workbook.xml.rels") {
            content = "<Relationships><Relationship Id=\"rId1" + relation +
                      "worksheets/sheet1.xml\"/><Relationship Id=\"e" + relation + "e.xml\"/><Relationship Id=\"d" +
                      relation + "d.xml\"/><Relationship Id=\"t" + relation + "t.xml\"/></Relationships>";
        }
    }
    parts.emplace_back("xl/e.xml", "<worksheet/>");
    parts.emplace_back("xl/d.xml", "<worksheet><sheetData><row r=\"3\">" + cell("C3", "id") + cell("D3", "name") +
                                       "</row><row r=\"4\"><c r=\"C4\"><v>1</v></c>" + cell("D4", "Ada") +
                                       "</row><row r=\"7\"><c r=\"C7\"><v>2</v></c></row></sheetData></worksheet>");
    parts.emplace_back("xl/t.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c><c r=\"B1\"><v>8</v></c>"
                                   "</row><row r=\"2\"><c r=\"A2\"><v>9</v></c></row></sheetData></worksheet>");
    return zipped(parts);
}

} // namespace

class TestSourceReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shownSettings_putBack_giveTheSameRows_data();
    void shownSettings_putBack_giveTheSameRows();
    void shownSettings_ofALargeFile_giveTheSameRows();
    void csv_dialectAndHeader_areTold();
    void csv_separatorLine_isTold();
    void csv_withoutHeader_isTold();
    void csv_encoding_isUndecidedWhileOnlyAsciiIsSeen();
    void csv_repairedRows_areRemarked();
    void chosenSettings_areMarked();
    void workbook_sheetsAndRange_areTold();
    void workbook_sampled_leavesTheRangeOpen();
    void fileName_thatSaysOtherwise_isRemarked();
    void settings_thatHaveNoMeaning_areRemarked();
    void settings_thatPassOverEverything_areNamed_data();
    void settings_thatPassOverEverything_areNamed();
    void delimiter_ofSeveralCharacters_canBeSet();
    void headerRows_canBeSet();
    void checkConfig_namesTheField();
};

void TestSourceReading::shownSettings_putBack_giveTheSameRows_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QJsonObject>("config");
    const auto row = [](const char *name, const QByteArray &bytes, const QJsonObject &config = {}) {
        QTest::newRow(name) << bytes << config;
    };
    const QByteArray people = "id;name;note\n1;Ada;\"a;b\"\n2;Bo;\"say \"\"hi\"\"\"\n3;Cy;\n";
    row("plain", "id,name\n1,Ada\n2,Bo\n");
    row("semicolons and quotes", people);
    row("blank lines above", "\n\n" + people);
    row("lines of spaces above", "   \n \n" + people);
    row("titles above", "Report of the fair\n\n;;\n" + people);
    row("comments above", "# made by hand\n# 2024\n" + people);
    row("titles of a table without a header", "Prices\n\n1;2024-01-01;5.50\n2;2024-01-02;6.50\n3;2024-01-03;7.50\n");
    row("a header of two rows", "Person,,Order,\nid,name,placed,total\n1,Ada,2024-01-01,5.50\n2,Bo,2024-01-02,6.10\n"
                                "3,Cy,2024-01-03,7.20\n");
    row("titles and a header of two rows",
        "Orders of spring\n\nPerson,,Order,\nid,name,placed,total\n1,Ada,2024-01-01,5.50\n2,Bo,2024-01-02,6.10\n"
        "3,Cy,2024-01-03,7.20\n");
    row("no header", "1,2024-01-01,a@example.org\n2,2024-01-02,b@example.org\n");
    row("a separator line", "sep=;\n" + people);
    row("a separator line and no header", "sep=|\r\n1|2024-01-01\r\n2|2024-01-02\r\n");
    row("a backslash as separator", "sep=\\\nid\\name\n1\\Ada\n");
    row("a quote as separator", "sep=\"\nid\"name\n1\"Ada\n");
    row("tabs", "id\tname\n1\tAda\n");
    row("two bars", "id||name||x\n1||Ada||y\n2||Bo||z\n");
    row("comma and space", "id, name, x\n1, \"Ada, B\", y\n2, Bo, z\n");
    row("single quotes", "id;name\n1;'a;b'\n2;'c;d'\n3;'e''f'\n");
    row("backslashes", "id,name\n1,\"a \\\"b\\\" c\"\n2,\"d\\\\\"\n3,\"e \\\"f\\\"\"\n");
    row("a control character", "id\x01name\x01town\n1\x01"
                               "Ada\x01Bonn\n2\x01"
                               "Bo\x01Kiel\n");
    row("one column", "name\nAda\n\nBo\n");
    row("windows-1252", "name;town\nJ\xF6rg;M\xFCnchen\n");
    row("utf-8 with a mark", "\xEF\xBB\xBFname;town\nJ\xC3\xB6rg;Köln\n");
    row("utf-16 with a mark", utf16(u"id,name\n1,Jörg\n"_s, true));
    row("utf-16 without a mark", utf16(u"id,name\n1,Jörg\n2,Bo\n"_s, false));
    row("carriage returns", "id,name\r1,Ada\r2,Bo\r");
    row("ragged rows", "id,name,date\n1,Ada,2024-01-01\n2,Bo\n3,C,y,2024-01-03\n4,D,2024-01-04,,\n5,,,2024-01-05\n"
                       "6,E,2024-01-06\n");
    row("a header in quotes that break", "id,na\"me,x\n1,Ada,2\n");
    row("a header over two lines", "id,\"first\nname\",x\n1,Ada,2\n");
    row("titles before a header over two lines", "Fair\n\nid,\"first\nname\",x\n1,Ada,2\n3,Bo,4\n");
    row("the header again", "id,name\n1,Ada\nid,name\n2,Bo\n");
    row("another table", "id,name,town\n1,Ada,Bonn\n2,Bo,Kiel\nid,town,street,number\n1,Bonn,High,2\n");
    row("a header row is set", "x\n" + people, {{u"header_row"_s, 2}});
    row("a header row after skipped ones", "x\ny\n" + people, {{u"skip_rows"_s, 1}, {u"header_row"_s, 2}});
    row("skipped rows", "x\ny\n" + people, {{u"skip_rows"_s, 2}});
    row("skipped rows and no header", "x\n1;2024-01-01\n2;2024-01-02\n", {{u"skip_rows"_s, 1}});
    row("no header is set", people, {{u"header_row"_s, 0}});
    row("skipped rows before a separator line", "x\nsep=;\n1;2024-01-01\n2;2024-01-02\n", {{u"skip_rows"_s, 1}});
    row("a delimiter is set", people, {{u"delimiter"_s, u","_s}});

    row("workbook", zipped(xlsxParts("<row><c t=\"str\"><v>id</v></c></row><row><c><v>1</v></c></row>")));
    row("workbook of many sheets", manySheets());
    row("workbook, last sheet", manySheets(), {{u"sheet"_s, u"towns"_s}});
    row("workbook, hidden sheet", manySheets(), {{u"sheet"_s, u"Old"_s}});
    row("workbook, a range", manySheets(), {{u"range"_s, u"C:D"_s}});
    row("workbook, a range without the header", manySheets(), {{u"range"_s, u"B4:D9"_s}});
    row("workbook, a header row", manySheets(), {{u"header_row"_s, 4}});
    row("workbook, no header", manySheets(), {{u"header_row"_s, 0}});
    row("workbook, skipped rows", manySheets(), {{u"skip_rows"_s, 1}});
    row("workbook, a range and a header row", manySheets(), {{u"range"_s, u"C2:D9"_s}, {u"header_row"_s, 2}});
    const QByteArray table = "<table:table table:name=\"one\"><table:table-row><table:table-cell "
                             "office:value-type=\"string\"><text:p>name</text:p></table:table-cell></table:table-row>"
                             "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"2\"/>"
                             "</table:table-row></table:table>";
    row("OpenDocument", zipped(odsParts(table)));
    const auto label = [](unsigned line, unsigned column, const QByteArray &text) {
        return biffRecord(0x0204, le16(line) + le16(column) + le16(0) + biffText(text));
    };
    row("Excel 97", biffWorkbook({}, label(2, 1, "id") + label(2, 2, "name") + label(3, 1, "x") + label(3, 2, "y")));
}

void TestSourceReading::shownSettings_putBack_giveTheSameRows()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QJsonObject, config);
    const CsvFixture file(bytes);
    const Understood first = understand(file.path(), config);
    QVERIFY2(!first.table.error, first.table.error ? qPrintable(first.table.error->logLine()) : "");
    QVERIFY(!first.table.names.isEmpty());
    for (const SourceReading &reading : {first.atOpen, first.atEnd}) {
        QCOMPARE(FileConnector().checkConfig(reading.config()), QList<FieldError>());
        const Understood again = understand(file.path(), reading.config());
        QVERIFY2(!again.table.error, again.table.error ? qPrintable(again.table.error->logLine()) : "");
        QCOMPARE(again.table.names, first.table.names);
        QCOMPARE(shown(again.table.rows), shown(first.table.rows));
        QCOMPARE(again.table, first.table);
        QCOMPARE(again.atEnd.config(), reading.config());
        // And any one of them alone does no harm.
        for (const ReadingSetting &setting : reading.settings) {
            QJsonObject one = config;
            if (setting.name != u"range" && setting.name != u"header_row" && setting.name != u"skip_rows")
                one.insert(setting.name, setting.value);
            QCOMPARE(shown(understand(file.path(), one).table.rows), shown(first.table.rows));
        }
    }
}

void TestSourceReading::shownSettings_ofALargeFile_giveTheSameRows()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"people.csv"_s);
    QVERIFY(test::writePeople(path, 30'000));
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QVERIFY(file.write("30001,J\xF6rg,j@example.org,K\xF6ln,1.50\r\n") > 0);
    file.close();

    const Understood first = understand(path, {});
    QVERIFY(!first.table.error);
    QCOMPARE(first.table.rows.size(), std::size_t(30'001));
    QCOMPARE(valueOf(first.atOpen, "encoding"), QJsonValue(u"ASCII"_s));
    QCOMPARE(valueOf(first.atEnd, "encoding"), QJsonValue(u"windows-1252"_s));
    QVERIFY(understand(path, first.atOpen.config()).table == first.table);
    QVERIFY(understand(path, first.atEnd.config()).table == first.table);
}

void TestSourceReading::csv_dialectAndHeader_areTold()
{
    const SourceReading reading =
        understandBytes("Fair in Bonn\n\nid;name;since\n1;'J\xF6rg; B';2024-01-01\n2;'Bo; C';2024-01-02\n").atEnd;
    QCOMPARE(reading.config(), (QJsonObject{{u"encoding"_s, u"windows-1252"_s},
                                            {u"delimiter"_s, u";"_s},
                                            {u"quote"_s, u"'"_s},
                                            {u"escape"_s, u"doubled"_s},
                                            {u"header_row"_s, 3},
                                            {u"header_rows"_s, 1},
                                            {u"skip_rows"_s, 0}}));
    for (const ReadingSetting &setting : reading.settings)
        QVERIFY2(!setting.chosen, qPrintable(setting.name));
    QCOMPARE(reading.remarks, QStringList(u"Lines above the table that are passed over: 2."_s));
    // Each value is among its choices, as a list of choices has to show it.
    for (const char *name : {"encoding", "delimiter", "quote", "escape", "header_row"}) {
        const ReadingSetting *setting = reading.find(QString::fromLatin1(name));
        QVERIFY(setting);
        QVERIFY2(std::ranges::any_of(setting->choices, [&](const auto &each) { return each.value == setting->value; }),
                 name);
    }
}

void TestSourceReading::csv_separatorLine_isTold()
{
    const SourceReading reading = understandBytes("sep=;\nid;name\n1;Ada\n").atEnd;
    QCOMPARE(valueOf(reading, "header_row"), QJsonValue(2));
    QCOMPARE(reading.find(u"delimiter")->reason, u"told by the file's first line"_s);
    QCOMPARE(reading.remarks, QStringList(u"The first line of the file names its delimiter and is no row."_s));
}

void TestSourceReading::csv_withoutHeader_isTold()
{
    const SourceReading reading = understandBytes("1,2024-01-01\n2,2024-01-02\n").atEnd;
    QCOMPARE(valueOf(reading, "header_row"), QJsonValue(0));
    QVERIFY(!reading.find(u"header_rows"));
    QCOMPARE(reading.remarks, QStringList(u"No line names the columns, so they are numbered."_s));
}

void TestSourceReading::csv_encoding_isUndecidedWhileOnlyAsciiIsSeen()
{
    // A file that is known whole is UTF-8 as well as ASCII.
    QCOMPARE(valueOf(understandBytes("id\n1\n").atOpen, "encoding"), QJsonValue(u"UTF-8"_s));
    const SourceReading open = understandBytes("id,name\n" + QByteArray("1,Ada\n").repeated(300'000)).atOpen;
    QCOMPARE(valueOf(open, "encoding"), QJsonValue(u"ASCII"_s));
    QVERIFY(open.remarks.isEmpty());
}

void TestSourceReading::csv_repairedRows_areRemarked()
{
    QByteArray bytes = "id,name,date,mail\n";
    for (int row = 1; row < 10; ++row)
        bytes += QByteArray::number(row) + ",Ada,2024-01-01,a@example.org\n";
    const Understood read = understandBytes(bytes + "10,,Bo,2024-01-02,b@example.org\n");
    QCOMPARE(read.table.rejections.size(), std::size_t(0));
    QCOMPARE(read.atEnd.remarks, QStringList(u"Rows with a delimiter or quote out of place that were put right: 1."_s));
}

void TestSourceReading::chosenSettings_areMarked()
{
    const SourceReading reading =
        understandBytes("x\nid;name\n1;Ada\n", {{u"delimiter"_s, u"semicolon"_s}, {u"header_row"_s, 2}}).atEnd;
    QCOMPARE(valueOf(reading, "delimiter"), QJsonValue(u";"_s));
    QVERIFY(reading.find(u"delimiter")->chosen);
    QCOMPARE(valueOf(reading, "header_row"), QJsonValue(2));
    QVERIFY(reading.find(u"header_row")->chosen);
    QVERIFY(!reading.find(u"quote")->chosen);
}

void TestSourceReading::workbook_sheetsAndRange_areTold()
{
    const SourceReading reading = understandBytes(manySheets(), {}, u"people.xlsx"_s).atOpen;
    QCOMPARE(reading.config(), (QJsonObject{{u"sheet"_s, u"People"_s},
                                            {u"range"_s, u"C3:D7"_s},
                                            {u"header_row"_s, 1},
                                            {u"header_rows"_s, 1},
                                            {u"skip_rows"_s, 0}}));
    const QList<ReadingChoice> sheets = reading.find(u"sheet")->choices;
    QCOMPARE(sheets.size(), 4);
    QVERIFY(sheets[0].hidden && sheets[0].value == QJsonValue(u"Old"_s));
    QVERIFY(!sheets[3].hidden && sheets[3].label == u"Towns"_s);
    QCOMPARE(reading.remarks, QStringList(u"Sheets without text that are passed over: Cover."_s));
}

void TestSourceReading::workbook_sampled_leavesTheRangeOpen()
{
    const CsvFixture file(manySheets());
    ReadRequest request;
    request.file = StoredFile{u"a.xlsx"_s, file.path(), 0};
    request.sampleRows = 2;
    const FileConnector connector;
    const auto reader = connector.open(request);
    IDS_VERIFY_OK(reader);
    const SourceReading reading = (*reader)->reading();
    QCOMPARE(valueOf(reading, "range"), QJsonValue(QJsonValue::Null));
    QCOMPARE(valueOf(reading, "header_row"), QJsonValue(3));
    QVERIFY(!(*reader)->totalRows());
    QCOMPARE(reading.remarks.size(), 2);
    const Understood again = understand(file.path(), reading.config());
    QCOMPARE(shown(again.table.rows), shown(understand(file.path(), {}).table.rows));
}

void TestSourceReading::fileName_thatSaysOtherwise_isRemarked()
{
    QCOMPARE(understandBytes("id\n1\n", {}, u"old.XLS"_s).atOpen.remarks,
             QStringList(u"The name says .xls, but the file is text; it is read as text."_s));
    QVERIFY(understandBytes(manySheets(), {}, u"a.csv"_s)
                .atOpen.remarks.contains(u"The name says .csv, but the file is a workbook; it is read as one."_s));
}

void TestSourceReading::settings_thatHaveNoMeaning_areRemarked()
{
    QCOMPARE(understandBytes("id\n1\n", {{u"sheet"_s, u"People"_s}}).atOpen.remarks.size(), 1);
    QVERIFY(understandBytes(manySheets(), {{u"delimiter"_s, u";"_s}}, u"a.xlsx"_s)
                .atOpen.remarks.last()
                .startsWith(u"The file is a workbook."));
}

void TestSourceReading::settings_thatPassOverEverything_areNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    QTest::newRow("header row") << QByteArray("a\n1\n") << QJsonObject{{u"header_row"_s, 9'000'000'000'000LL}}
                                << u"nothing_left"_s << u"config.header_row"_s;
    QTest::newRow("skipped rows") << QByteArray("a\n1\n") << QJsonObject{{u"skip_rows"_s, 2}} << u"nothing_left"_s
                                  << u"config.skip_rows"_s;
    QTest::newRow("sheet") << manySheets() << QJsonObject{{u"sheet"_s, u"Cover"_s}} << u"empty_file"_s
                           << u"config.sheet"_s;
    QTest::newRow("no such sheet") << manySheets() << QJsonObject{{u"sheet"_s, u"Orders"_s}} << u"sheet_not_found"_s
                                   << u"config.sheet"_s;
    QTest::newRow("range") << manySheets() << QJsonObject{{u"range"_s, u"Z1:Z9"_s}} << u"empty_file"_s
                           << u"config.range"_s;
}

void TestSourceReading::settings_thatPassOverEverything_areNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QJsonObject, config);
    QFETCH(QString, field);
    const auto error = understandBytes(bytes, config).table.error;
    QVERIFY(error);
    QTEST(error->code, "code");
    QVERIFY(error->kind == ErrorKind::Source);
    QCOMPARE(error->fields.first().field, field);
    QVERIFY2(error->detail().contains(field.section(u'.', 1)), qPrintable(error->detail()));
}

void TestSourceReading::delimiter_ofSeveralCharacters_canBeSet()
{
    const auto read = [](const char *delimiter) {
        return shown(understandBytes("a|~b\n1|~2\n", {{u"delimiter"_s, QString::fromLatin1(delimiter)}}).table.rows);
    };
    QCOMPARE(read("|~"), "[1][2]\n");
    QCOMPARE(read("|"), "[1][~2]\n");
    const auto longer = understandBytes("a=><=b\n1=>2=><=3\n", {{u"delimiter"_s, u"=><="_s}});
    QCOMPARE(shown(longer.table.rows), "[1=>2][3]\n");
    QCOMPARE(longer.atEnd.find(u"delimiter")->value, u"=><="_s);
}

void TestSourceReading::headerRows_canBeSet()
{
    const Understood read = understandBytes("a,b\nc,d\n1,2\n", {{u"header_row"_s, 1}, {u"header_rows"_s, 2}});
    QCOMPARE(read.table.names, (QStringList{u"a c"_s, u"b d"_s}));
    QCOMPARE(shown(read.table.rows), "[1][2]\n");
    QVERIFY(read.atEnd.find(u"header_rows")->chosen);
}

void TestSourceReading::checkConfig_namesTheField()
{
    const FileConnector connector;
    const auto fields = [&connector](const QJsonObject &config) {
        QStringList names;
        for (const FieldError &problem : connector.checkConfig(config))
            names.append(problem.field);
        return names;
    };
    QCOMPARE(fields({{u"delimiter"_s, u"abc"_s}, {u"header_rows"_s, 1}, {u"range"_s, u"B"_s}}),
             (QStringList{u"config.delimiter"_s, u"config.range"_s}));
    QCOMPARE(fields({{u"delimiter"_s, 5}}), QStringList(u"config.delimiter"_s));
    QCOMPARE(fields({{u"header_rows"_s, 0}}), QStringList(u"config.header_rows"_s));
    QCOMPARE(fields({{u"sheets"_s, u"x"_s}}), QStringList(u"config.sheets"_s));
    QCOMPARE(fields({{u"encoding"_s, u"ascii"_s}, {u"delimiter"_s, u"\\"_s}}), QStringList());
}

QTEST_GUILESS_MAIN(TestSourceReading)
#include "tst_source_reading.moc"
