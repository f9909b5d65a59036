// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/cell_range.h"
#include "connectors/files/workbook/number_format.h"
#include "workbook_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QByteArray readXlsx(const ZipParts &parts, const QJsonObject &config = {})
{
    const ReadTable table = readFile(zipped(parts), config);
    if (table.error)
        return table.error->logLine().toUtf8();
    return table.names.join(u',').toUtf8() + '\n' + shown(table.rows);
}

/// A row with one text, in the first column.
QByteArray textRow(const QByteArray &text)
{
    return "<row><c t=\"inlineStr\"><is><t>" + text + "</t></is></c></row>";
}

ZipParts withPart(ZipParts parts, const QByteArray &name, const QByteArray &content)
{
    for (auto &part : parts) {
        if (part.first == name)
            part.second = content;
    }
    return parts;
}

} // namespace

class TestWorkbookReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_ofAllTypes_becomeText();
    void sharedStrings_richAndEscaped_areJoined();
    void dates_ofThe1904System_areCountedFromThere();
    void serialDates_areIsoText_data();
    void serialDates_areIsoText();
    void numberFormats_areToldApart_data();
    void numberFormats_areToldApart();
    void emptyRowsAndColumns_aroundTheTable_areCutOff();
    void rows_keepTheirNumbers();
    void sheet_firstVisibleWithData_isRead();
    void sheet_byName_isRead();
    void range_limitsRowsAndColumns();
    void range_forms_areUnderstood_data();
    void range_forms_areUnderstood();
    void headerRow_ofTheSheet_isUsed();
    void headerOfSeveralRows_isPutTogether();
    void partNames_inAnyWriting_areFound();
    void openDocument_cellsAndRepeats_areRead();
    void openDocument_hiddenTable_isPassed();
    void content_countsNotTheName();
    void htmlTable_isReadAsOne_data();
    void htmlTable_isReadAsOne();
    void htmlTables_areSheets();
    void htmlWithoutTable_isRefused_data();
    void htmlWithoutTable_isRefused();
    void brokenWorkbooks_areRefused_data();
    void brokenWorkbooks_areRefused();
};

void TestWorkbookReader::cells_ofAllTypes_becomeText()
{
    const QByteArray rows =
        textRow("name") +
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>0.25</v></c><c r=\"C2\" s=\"4\"><v>0.25"
        "</v></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c><c r=\"F2\" t=\"str\">"
        "<f>A1&amp;B1</f><v>x</v></c><c r=\"G2\" s=\"1\"><v>45413</v></c><c r=\"H2\" t=\"d\"><v>2024-05-01T"
        "00:00:00</v></c><c r=\"I2\"><v>1.0000000000000001E-2</v></c><c r=\"J2\"><f>1/3</f></c></row>";
    QCOMPARE(readXlsx(xlsxParts(rows, "<si><t>007</t></si>")),
             "name,column_2,column_3,column_4,column_5,column_6,column_7,column_8,column_9\n"
             "[007][0.25][0.25][TRUE][#N/A][x][2024-05-01][2024-05-01][0.01]\n");
}

void TestWorkbookReader::sharedStrings_richAndEscaped_areJoined()
{
    const QByteArray rows = textRow("a") + "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row>";
    QCOMPARE(
        readXlsx(xlsxParts(rows, "<si><r><t>To</t></r><r><t xml:space=\"preserve\"> ge</t></r><rPh><t>NO</t></rPh></si>"
                                 "<si><t>a_x0009_b_x005F_x0009_ _xZZ_ _xD83D__xDE00_</t></si>")),
        "a\n[To ge]\n[a\tb_x0009_ _xZZ_ \xF0\x9F\x98\x80]\n");
}

void TestWorkbookReader::dates_ofThe1904System_areCountedFromThere()
{
    const QByteArray rows = textRow("day") + "<row><c s=\"1\"><v>0</v></c></row><row><c s=\"5\"><v>1.5</v></c></row>";
    QCOMPARE(readXlsx(xlsxParts(rows, {}, "<workbookPr date1904=\"1\"/>")),
             "day\n[1904-01-01]\n[1904-01-02T12:00:00]\n");
}

void TestWorkbookReader::serialDates_areIsoText_data()
{
    QTest::addColumn<double>("serial");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, double serial, NumberKind kind, const QString &text) {
        QTest::newRow(name) << serial << static_cast<int>(kind) << text;
    };
    row("first day", 1, NumberKind::Date, u"1900-01-01"_s);
    row("before the day that never was", 59, NumberKind::Date, u"1900-02-28"_s);
    row("the day that never was", 60, NumberKind::Date, {});
    row("after it", 61, NumberKind::Date, u"1900-03-01"_s);
    row("last day", 2958465, NumberKind::Date, u"9999-12-31"_s);
    row("past the last day", 2958466, NumberKind::Date, {});
    row("negative", -1, NumberKind::Date, {});
    row("rounded up", 45413.99999999999, NumberKind::Date, u"2024-05-02"_s);
    row("milliseconds", 45413.5 + 0.25 / 86400, NumberKind::Date, u"2024-05-01T12:00:00.250"_s);
    row("time", 0.75, NumberKind::Time, u"18:00:00"_s);
    row("elapsed", 1.5, NumberKind::Elapsed, u"36:00:00"_s);
    row("elapsed, negative", -0.5, NumberKind::Elapsed, u"-12:00:00"_s);
    row("infinite", std::numeric_limits<double>::infinity(), NumberKind::Date, {});
}

void TestWorkbookReader::serialDates_areIsoText()
{
    QFETCH(double, serial);
    QFETCH(int, kind);
    QFETCH(QString, text);
    const auto result = serialText(serial, static_cast<NumberKind>(kind), false);
    QCOMPARE(QString::fromStdString(result.value_or(std::string())), text);
}

void TestWorkbookReader::numberFormats_areToldApart_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *code, NumberKind kind) {
        QTest::newRow(code) << QByteArray(code) << static_cast<int>(kind);
    };
    row("General", NumberKind::Number);
    row("0.00%", NumberKind::Number);
    row("#,##0.00 \"days\"", NumberKind::Number);
    row("[Red]0.00", NumberKind::Number);
    row("0\\d", NumberKind::Number);
    row("[$-409]d\\-mmm\\-yy;@", NumberKind::Date);
    row("mmm", NumberKind::Date);
    row("yyyy-mm-dd hh:mm", NumberKind::Date);
    row("mm:ss", NumberKind::Time);
    row("h:mm AM/PM", NumberKind::Time);
    row("[h]:mm:ss", NumberKind::Elapsed);
    row("0;yyyy", NumberKind::Number);
}

void TestWorkbookReader::numberFormats_areToldApart()
{
    QFETCH(QByteArray, code);
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(numberKind(code.toStdString())), kind);
}

void TestWorkbookReader::emptyRowsAndColumns_aroundTheTable_areCutOff()
{
    const QByteArray rows = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v> </v></c></row>"
                            "<row r=\"4\"><c r=\"C4\" t=\"str\"><v>a</v></c><c r=\"E4\" t=\"str\"><v>b</v></c></row>"
                            "<row r=\"6\"><c r=\"C6\"><v>1</v></c></row>"
                            "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    QCOMPARE(readXlsx(xlsxParts(rows)), "a,column_2,b\n[1]NULLNULL\n");
}

void TestWorkbookReader::rows_keepTheirNumbers()
{
    const auto table =
        readFile(zipped(xlsxParts(textRow("a") + "<row r=\"5\"><c><v>1</v></c></row><row><c><v>2</v></c></row>")));
    QVERIFY(!table.error);
    QCOMPARE(table.lines, (std::vector<qint64>{5, 6}));
}

void TestWorkbookReader::sheet_firstVisibleWithData_isRead()
{
    ZipParts parts =
        withPart(xlsxParts(textRow("hidden")), "xl/workbook.xml",
                 "<workbook><sheets><sheet name=\"H\" r:id=\"rId1\" state=\"veryHidden\"/><sheet name=\"E\" "
                 "r:id=\"e\"/><sheet name=\"Data\" r:id=\"d\"/></sheets></workbook>");
    parts = withPart(parts, "xl/_rels/workbook.xml.rels",
                     "<Relationships><Relationship Id=\"rId1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                     "<Relationship Id=\"e\" Type=\"/worksheet\" Target=\"e.xml\"/>"
                     "<Relationship Id=\"d\" Type=\"/worksheet\" Target=\"d.xml\"/></Relationships>");
    parts.emplace_back("xl/e.xml", "<worksheet/>");
    parts.emplace_back("xl/d.xml", "<worksheet><sheetData>" + textRow("seen") + "</sheetData></worksheet>");
    QCOMPARE(readXlsx(parts), "seen\n");
    QCOMPARE(readXlsx(parts, {{u"sheet"_s, u"h"_s}}), "hidden\n");
    QCOMPARE(refusal(zipped(parts), {{u"sheet"_s, u"E"_s}}), u"empty_file"_s);
}

void TestWorkbookReader::sheet_byName_isRead()
{
    const ReadTable table = readFile(zipped(xlsxParts(textRow("a"))), {{u"sheet"_s, u"Orders"_s}});
    QVERIFY(table.error);
    QCOMPARE(table.error->code, u"sheet_not_found"_s);
    QVERIFY(table.error->remedy.contains(u"People"));
    QCOMPARE(readXlsx(xlsxParts(textRow("a")), {{u"sheet"_s, u"people"_s}}), "a\n");
}

void TestWorkbookReader::range_limitsRowsAndColumns()
{
    const QByteArray rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"str\"><v>b</v></c></row>"
                            "<row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"B2\"><v>4</v></c></row>"
                            "<row r=\"3\"><c r=\"A3\"><v>5</v></c><c r=\"B3\"><v>6</v></c></row>";
    QCOMPARE(readXlsx(xlsxParts(rows), {{u"range"_s, u"B1:B2"_s}}), "b\n[4]\n");
    QCOMPARE(refusal(zipped(xlsxParts(rows)), {{u"range"_s, u"B"_s}}), u"invalid_config"_s);
}

void TestWorkbookReader::range_forms_areUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("understood");
    const auto row = [](const char *text, const QString &understood) {
        QTest::newRow(text) << QString::fromLatin1(text) << understood;
    };
    row("B3:F200", u"3-200 1-5"_s);
    row("$f$200:$b$3", u"3-200 1-5"_s);
    row("A:AB", u"1-end 0-27"_s);
    row("2:9", u"2-9 0-end"_s);
    row("B3:F", u"3-end 1-5"_s);
    row("B3", {});
    row(":", {});
    row("B3:5", {});
    row("A0:B2", {});
}

void TestWorkbookReader::range_forms_areUnderstood()
{
    QFETCH(QString, text);
    QFETCH(QString, understood);
    const auto range = CellRange::fromString(text);
    QCOMPARE(range.has_value(), !understood.isEmpty());
    if (!range)
        return;
    const auto end = [](auto number) {
        return number == std::numeric_limits<decltype(number)>::max() ? u"end"_s : QString::number(number);
    };
    QCOMPARE(u"%1-%2 %3-%4"_s.arg(end(range->firstRow), end(range->lastRow), end(range->firstColumn),
                                  end(range->lastColumn)),
             understood);
}

void TestWorkbookReader::headerRow_ofTheSheet_isUsed()
{
    const ZipParts parts = xlsxParts(textRow("Report of May") + textRow("name") + textRow("Ada"));
    QCOMPARE(readXlsx(parts, {{u"header_row"_s, 2}}), "name\n[Ada]\n");
    QCOMPARE(readXlsx(parts, {{u"skip_rows"_s, 1}, {u"header_row"_s, 1}}), "name\n[Ada]\n");
    QCOMPARE(readXlsx(parts, {{u"skip_rows"_s, 1}, {u"header_row"_s, 0}}), "column_1\n[name]\n[Ada]\n");
}

void TestWorkbookReader::headerOfSeveralRows_isPutTogether()
{
    const auto row = [](std::initializer_list<const char *> cells) -> QByteArray {
        QByteArray xml = "<row>";
        char column = 'A';
        for (const char *cell : cells) {
            if (*cell)
                xml += QByteArray("<c r=\"") + column + "1\" t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
            ++column;
        }
        return xml + "</row>";
    };
    const QByteArray sheet = row({"Person", "Sales", "", "Since"}) + row({}) + row({"name", "2023", "net EUR", "day"}) +
                             row({"Ada", "10", "7.5", "2024-01-05"}) + row({"Bob", "11", "8.5", "2024-01-06"}) +
                             row({"Cleo", "12", "9.5", "2024-01-07"});
    const QByteArray words = row({"Person", "Sales", "", "Since"}) + row({"name", "gross", "net", "day"}) +
                             row({"Ada", "10", "7.5", "2024-01-05"}) + row({"Bob", "11", "8.5", "2024-01-06"}) +
                             row({"Cleo", "12", "9.5", "2024-01-07"});
    const QByteArray table = "[Ada][10][7.5][2024-01-05]\n[Bob][11][8.5][2024-01-06]\n[Cleo][12][9.5][2024-01-07]\n";
    QCOMPARE(readXlsx(xlsxParts(words)), "Person name,Sales gross,net,Since day\n" + table);
    // A number among the names speaks for data, unless it is said how many rows there are; rows of nothing do not
    // count.
    QCOMPARE(readXlsx(xlsxParts(sheet), {{u"header_row"_s, 1}, {u"header_rows"_s, 2}}),
             "Person name,Sales 2023,net EUR,Since day\n" + table);
    QVERIFY(
        readXlsx(xlsxParts(words), {{u"header_rows"_s, 1}}).startsWith("Person,Sales,column_3,Since\n[name][gross]"));
    QVERIFY(readXlsx(xlsxParts(words), {{u"header_row"_s, 1}}).startsWith("Person,Sales,column_3,Since\n[name]"));
    QCOMPARE(readXlsx(xlsxParts(row({"a", "b"})), {{u"header_rows"_s, 9}}), "a,b\n");
}

void TestWorkbookReader::partNames_inAnyWriting_areFound()
{
    ZipParts parts = xlsxParts(textRow("a"));
    for (auto &part : parts)
        part.first = part.first.toUpper().replace('/', '\\');
    QCOMPARE(readXlsx(parts), "a\n");
}

void TestWorkbookReader::openDocument_cellsAndRepeats_areRead()
{
    const QByteArray rows =
        "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
        "table:number-columns-repeated=\"16384\"/></table:table-row><table:table-row><table:table-cell/"
        "><table:table-cell "
        "office:value-type=\"string\"><text:p>na<text:s text:c=\"2\"/>me</text:p><office:annotation><text:p>NO</text:p>"
        "</office:annotation></table:table-cell><table:table-cell table:number-columns-repeated=\"2\" "
        "office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row><table:table-row "
        "table:number-rows-repeated=\"2\"><table:table-cell/><table:table-cell office:value-type=\"percentage\" "
        "office:value=\"0.5\"><text:p>50%</text:p></table:table-cell><table:table-cell office:value-type=\"date\" "
        "office:date-value=\"2024-05-01T00:00:00\"/><table:table-cell office:value-type=\"time\" "
        "office:time-value=\"PT27H05M01S\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048569\">"
        "<table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    QCOMPARE(readXlsx(odsParts(rows)), "na  me,x,x_2\n[0.5][2024-05-01][27:05:01]\n[0.5][2024-05-01][27:05:01]\n");
    QCOMPARE(readFile(zipped(odsParts(rows))).lines, (std::vector<qint64>{5, 6}));
}

void TestWorkbookReader::openDocument_hiddenTable_isPassed()
{
    const auto table = [](const QByteArray &name, const QByteArray &style) -> QByteArray {
        return "<table:table table:name=\"" + name + "\" table:style-name=\"" + style +
               "\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>" + name +
               "</text:p></table:table-cell></table:table-row></table:table>";
    };
    const ZipParts parts = odsParts(table("one", "h") + table("two", "v"),
                                    "<style:style style:name=\"v\"/><style:style style:name=\"h\">"
                                    "<style:table-properties table:display=\"false\"/></style:style>");
    QCOMPARE(readXlsx(parts), "two\n");
    QCOMPARE(readXlsx(parts, {{u"sheet"_s, u"one"_s}}), "one\n");
}

void TestWorkbookReader::content_countsNotTheName()
{
    const ReadTable table = readFile("a\tb\n1\t2\n");
    QVERIFY(!table.error);
    QCOMPARE(shown(table.rows), "[1][2]\n");
}

void TestWorkbookReader::brokenWorkbooks_areRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const QByteArray sheet = "xl/worksheets/sheet1.xml";
    const ZipParts whole = xlsxParts(textRow("a"));
    const auto row = [](const char *name, const QByteArray &bytes, const QString &code) {
        QTest::newRow(name) << bytes << code;
    };
    row("cut archive", zipped(whole).chopped(200), u"workbook_damaged"_s);
    row("cut sheet", zipped(withPart(whole, sheet, "<worksheet><sheetData>" + textRow("a"))), u"workbook_damaged"_s);
    row("no sheet", zipped(ZipParts(whole.begin(), whole.end() - 1)), u"workbook_damaged"_s);
    row("no such string", zipped(xlsxParts("<row><c t=\"s\"><v>7</v></c></row>")), u"workbook_damaged"_s);
    row("entities",
        zipped(
            withPart(whole, "xl/sharedStrings.xml", "<!DOCTYPE s [<!ENTITY a \"b\">]><sst><si><t>&a;</t></si></sst>")),
        u"workbook_damaged"_s);
    row("deep nesting", zipped(withPart(whole, sheet, QByteArray("<a>").repeated(300))), u"workbook_damaged"_s);
    row("endless text", zipped(xlsxParts(textRow(QByteArray(2'000'000, 'x')))), u"workbook_too_large"_s);
    row("endless attribute", zipped(withPart(whole, sheet, "<worksheet a=\"" + QByteArray(6'000'000, 'x') + "\"/>")),
        u"workbook_too_large"_s);
    row("bomb", zipped(withPart(whole, sheet, "<worksheet>" + QByteArray(80'000'000, ' ') + "</worksheet>")),
        u"workbook_too_large"_s);
    row("too wide", zipped(xlsxParts(textRow("a") + "<row><c r=\"XFD2\"><v>1</v></c></row>")), u"too_many_columns"_s);
    row("beyond the last column", zipped(xlsxParts("<row><c r=\"ZZZZ1\"><v>1</v></c></row>")), u"workbook_damaged"_s);
    row("empty sheet", zipped(xlsxParts({})), u"empty_file"_s);
    row("encrypted OpenDocument",
        zipped(ZipParts{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                        {"content.xml", "?"},
                        {"META-INF/manifest.xml", "<manifest:encryption-data/>"}}),
        u"workbook_encrypted"_s);
    row("text document", zipped(ZipParts{{"word/document.xml", "<document/>"}}), u"not_a_workbook"_s);
    row("archive", zipped(ZipParts{{"a.png", "x"}, {"b.png", "y"}}), u"archive_without_table"_s);
}

void TestWorkbookReader::brokenWorkbooks_areRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QCOMPARE(refusal(bytes), code);
}

void TestWorkbookReader::htmlTable_isReadAsOne_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &page, const QByteArray &expected) {
        QTest::newRow(name) << page << expected;
    };
    row("plain", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a,b\n[1][2]\n");
    row("as Excel writes it",
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8>\n<!--[if gte mso 9]><xml>"
        "<table><tr><td>no</td></tr></table></xml><![endif]-->\n<style>\n<!--td {mso-number-format:\"\\@\";} "
        "</td>--></style></head><body link=blue>\n<table x:str border=0>\n <col width=64>\n <tr height=17>\n"
        "  <td class=xl24 x:num>code</td>\n  <td>name</td>\n </tr>\n <![if supportMisalignedColumns]>\n <tr>"
        "<td>007</td><td>\n  Ada\n  Lovelace </td></tr>\n <![endif]></table></body></html>",
        "code,name\n[007][Ada Lovelace]\n");
    row("end tags left out", "<TABLE><TR><TD>a<TD>b<TR><TD>1<TD>2</TABLE>", "a,b\n[1][2]\n");
    row("references and breaks",
        "<table><tr><td>a<td>b<tr><td>1 &lt;&nbsp;2 &amp;amp; &euro;&#8364;&#x20AC; &nosuch; &#xD800;<td>x<br>y<p>z</p>"
        "</table>",
        "a,b\n[1 < 2 &amp; \xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC &nosuch; \xEF\xBF\xBD][x\ny\nz]\n");
    row("spans", "<table><tr><td>a<td>b<td>c<tr><td rowspan=2>1<td colspan='2'>2<tr><td>3<td>4<tr><td>5</table>",
        "a,b,c\n[1][2]NULL\nNULL[3][4]\n[5]NULLNULL\n");
    row("groups", "<table><thead><tr><td>a<td>b<tbody><tr><td>1<td>2</tbody><tfoot><tr><td>3<td>4</tfoot></table>",
        "a,b\n[1][2]\n[3][4]\n");
    row("bold, scripts and comments",
        "<!-- x --><html><script>if (a < b) document.write('<table>')</script><table><tr><td><b>a</b><td>b<!-- "
        "</td><td>c --><tr><td><a href=\"x>y\">1</a><td>2</table>",
        "a,b\n[1][2]\n");
    row("windows-1252",
        "<html><meta content=\"text/html; charset=windows-1252\"><table><tr><td>a<td>b<tr><td>M\xFCller<td>2"
        "</table>",
        "a,b\n[M\xC3\xBCller][2]\n");
    row("laid out by a table", "<table><tr><td>Report<table><tr><td>a<td>b<tr><td>1<td>2</table></table>",
        "a,b\n[1][2]\n");
    row("one column", "<table><tr><td>a<tr><td>1</table>", "a\n[1]\n");
    row("a long text", "<table><tr><td>a<td>b<tr><td>" + QByteArray(200'000, 'x') + "&amp;<td>2</table>",
        "a,b\n[" + QByteArray(200'000, 'x') + "&][2]\n");
}

void TestWorkbookReader::htmlTable_isReadAsOne()
{
    QFETCH(QByteArray, page);
    QFETCH(QByteArray, expected);
    const ReadTable table = readFile(page);
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names.join(u',').toUtf8() + '\n' + shown(table.rows), expected);
}

void TestWorkbookReader::htmlTables_areSheets()
{
    const QByteArray page = "<html><table><tr><td>Report of May</table><table><tr><td>a<td>b<tr><td>1<td>2</table>"
                            "<table><tr><td>c<td>d<tr><td>3<td>4</table>";
    QCOMPARE(shown(readFile(page).rows), "[1][2]\n");
    QCOMPARE(shown(readFile(page, {{u"sheet"_s, u"Table 2"_s}}).rows), "[3][4]\n");
    QCOMPARE(refusal(page, {{u"sheet"_s, u"Table 3"_s}}), u"sheet_not_found"_s);
    QCOMPARE(shown(readFile(page, {{u"range"_s, u"B:B"_s}}).rows), "[2]\n");
}

void TestWorkbookReader::htmlWithoutTable_isRefused_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QString>("code");
    const QByteArray table = "<table><tr><td>a<td>b<tr><td>1<td>2</table>";
    QTest::newRow("no table") << QByteArray("<html><body>Sign in</body></html>") << u"not_a_workbook"_s;
    QTest::newRow("a page to sign in at")
        << "<html><form><INPUT name=p type=\"Password\"></form>" + table << u"not_a_workbook"_s;
    QTest::newRow("cut off") << table.chopped(10) << u"workbook_damaged"_s;
    QTest::newRow("cut off in a tag") << table.chopped(2) << u"workbook_damaged"_s;
    QTest::newRow("cut off in a comment") << table.chopped(8) + "<!-- " + table << u"workbook_damaged"_s;
    QTest::newRow("empty table") << QByteArray("<table><tr><td></td></tr></table>") << u"empty_file"_s;
    QTest::newRow("nested without end") << QByteArray("<table><tr><td>").repeated(1000) << u"workbook_damaged"_s;
    QTest::newRow("a tag without end") << "<table><tr><td " + QByteArray(1'000'000, 'x') << u"workbook_too_large"_s;
    QTest::newRow("too many tables") << table.repeated(10'001) << u"workbook_too_large"_s;
    QTest::newRow("too wide") << "<table><tr>" + QByteArray("<td colspan=1000>x").repeated(5) + "</table>"
                              << u"workbook_too_large"_s;
}

void TestWorkbookReader::htmlWithoutTable_isRefused()
{
    QFETCH(QByteArray, page);
    QTEST(refusal(page), "code");
}

QTEST_GUILESS_MAIN(TestWorkbookReader)
#include "tst_workbook_reader.moc"
