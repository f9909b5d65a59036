// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a worksheet that are scanned by hand come out as the XML parser would have them.
#include "workbook_fixture.h"

#include "connectors/files/workbook/sheet_row_scanner.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

RowScan scanned(std::string text, ScannedRow &row)
{
    const std::size_t size = text.size();
    text.resize(size + scannerPadding);
    std::size_t length = 0;
    const RowScan outcome = scanSheetRow(std::string_view(text).substr(0, size), row, length);
    // The views of the row have gone with the text, their number has not.
    return outcome == RowScan::Taken && length > size ? RowScan::Unusual : outcome;
}

RowScan scanned(std::string text)
{
    ScannedRow row;
    return scanned(std::move(text), row);
}

/// What the workbook with these rows is read as, or why it is not.
QByteArray read(const QByteArray &rows, const QByteArray &dataTag)
{
    ZipParts parts = xlsxParts({}, "<si><t>name</t></si><si><t>007</t></si>");
    parts.back().second = "<worksheet>" + dataTag + rows + "</sheetData><legacyDrawing r:id=\"d\"/></worksheet>";
    const ReadTable table = readFile(zipped(parts));
    if (table.error)
        return table.error->code.toUtf8();
    QByteArray lines;
    for (const qint64 line : table.lines)
        lines += QByteArray::number(line) + ' ';
    return table.names.join(u',').toUtf8() + '\n' + lines + '\n' + shown(table.rows);
}

} // namespace

class TestSheetRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scan_usualRow_isTakenApart();
    void scan_cutAnywhere_asksForMore();
    void scan_unusualRow_isLeftAlone_data();
    void scan_unusualRow_isLeftAlone();
    void rows_scannedAndParsed_areAlike_data();
    void rows_scannedAndParsed_areAlike();
    void rows_ofBothForms_keepTheirOrder();
};

void TestSheetRows::scan_usualRow_isTakenApart()
{
    std::string text =
        "\n <row r=\"7\" spans=\"1:3\"><c r=\"A7\" s=\"4\" t=\"s\"><v>12</v></c><c r=\"B7\"/><c r=\"C7\" "
        "t=\"str\"><f>A1&amp;B1</f><v>a&lt;b</v></c></row><row>";
    const std::size_t size = text.size();
    text.resize(size + scannerPadding);
    ScannedRow row;
    std::size_t length = 0;
    QVERIFY(scanSheetRow(std::string_view(text).substr(0, size), row, length) == RowScan::Taken);
    QCOMPARE(length, size - 5);
    QCOMPARE(row.number, "7");
    QCOMPARE(row.cells.size(), 3U);
    QCOMPARE(row.cells[0].reference, "A7");
    QCOMPARE(row.cells[0].style, "4");
    QCOMPARE(row.cells[0].type, "s");
    QCOMPARE(row.cells[0].value, "12");
    QVERIFY(row.cells[1].value.empty());
    QVERIFY(row.cells[2].hasEntities);
    std::string resolved;
    appendWithoutEntities(row.cells[2].value, resolved);
    QCOMPARE(resolved, "a<b");
}

void TestSheetRows::scan_cutAnywhere_asksForMore()
{
    const std::string text =
        "<row r=\"1\" ht=\"15\"><c r=\"A1\" t=\"inlineStr\"><is><t>a &amp; \xE2\x82\xAC</t></is></c><c "
        "r=\"B1\"><f>A1</f><v>1</v></c></row>";
    QVERIFY(scanned(text) == RowScan::Taken);
    for (std::size_t length = 0; length < text.size(); ++length)
        QVERIFY2(scanned(text.substr(0, length)) == RowScan::Incomplete, text.substr(0, length).c_str());
}

void TestSheetRows::scan_unusualRow_isLeftAlone_data()
{
    QTest::addColumn<QByteArray>("cells");
    const auto row = [](const char *name, const QByteArray &cells) { QTest::newRow(name) << cells; };
    row("prefix", "<x:c r=\"A1\"><x:v>1</x:v></x:c>");
    row("comment", "<!-- x --><c r=\"A1\"><v>1</v></c>");
    row("CDATA", "<c r=\"A1\"><v><![CDATA[1]]></v></c>");
    row("numeric entity", "<c r=\"A1\" t=\"str\"><v>&#10;</v></c>");
    row("unknown entity", "<c r=\"A1\" t=\"str\"><v>&auml;</v></c>");
    row("end of CDATA", "<c r=\"A1\" t=\"str\"><v>]]></v></c>");
    row("same attribute twice", "<c r=\"A1\" r=\"A2\"><v>1</v></c>");
    row("no space between attributes", "<c r=\"A1\"s=\"1\"><v>1</v></c>");
    row("single quotes", "<c r='A1'><v>1</v></c>");
    row("control character", "<c r=\"A1\" t=\"str\"><v>\x01</v></c>");
    row("carriage return", "<c r=\"A1\" t=\"str\"><v>a\r\nb</v></c>");
    row("broken UTF-8", "<c r=\"A1\" t=\"str\"><v>\xC3\x28</v></c>");
    row("no character", "<c r=\"A1\" t=\"str\"><v>\xEF\xBF\xBE</v></c>");
    row("rich text", "<c r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r></is></c>");
    row("other tag closed", "<c r=\"A1\"><v>1</c></v>");
    row("extension", "<c r=\"A1\"><v>1</v><extLst/></c>");
}

void TestSheetRows::scan_unusualRow_isLeftAlone()
{
    QFETCH(QByteArray, cells);
    const std::string after(scannerPadding, ' ');
    QVERIFY(scanned("<row r=\"1\">" + cells.toStdString() + "</row>" + after) == RowScan::Unusual);
}

void TestSheetRows::rows_scannedAndParsed_areAlike_data()
{
    QTest::addColumn<QByteArray>("rows");
    const auto row = [](const char *name, const QByteArray &rows) { QTest::newRow(name) << rows; };
    const QByteArray head = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    row("plain", head + "<row r=\"2\"><c r=\"A2\"><v>1.50</v></c><c r=\"B2\" s=\"1\"><v>45413.25</v></c></row>");
    row("no references", "<row><c/><c t=\"s\"><v>0</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>");
    row("place after an empty cell", "<row><c r=\"C1\"/><c><v>5</v></c></row>" + head);
    row("gaps",
        head + "<row r=\"9\"/><row r=\"12\"><c r=\"A12\" t=\"b\"><v>0</v></c></row>\n<row><c><v>3</v></c></row>");
    row("spaces", " <row  r=\"1\"\n> <c r=\"A1\" ><v> 7 </v> </c> </row >" + head);
    row("texts", "<row><c t=\"str\"><v>a_x000A_b &amp;&lt;&gt;&quot;&apos;</v></c><c t=\"inlineStr\"><is><t "
                 "xml:space=\"preserve\"> J\xC3\xB6rg </t></is></c><c t=\"e\"><v>#N/A</v></c></row>");
    row("value and text", "<row><c t=\"inlineStr\"><v>1</v><is><t>a</t></is></c></row>");
    row("text and value", "<row><c t=\"inlineStr\"><is><t>a</t></is><v>1</v></c></row>");
    row("two values", "<row><c><v>1</v><v>2</v></c></row>");
    row("formula only", head + "<row><c><f t=\"shared\" ref=\"A1:A2\" si=\"0\">A1*2</f></c><c><f/><v>4</v></c></row>");
    row("attribute with a prefix", head + "<row x:r=\"5\"><c x:r=\"B5\"><v>1</v></c></row>");
    row("same local name twice", head + "<row x:r=\"5\" r=\"6\"><c r=\"B6\"><v>1</v></c></row>");
    row("unknown style and type", head + "<row><c s=\"99\"><v>1</v></c><c s=\"-1\" t=\"zz\"><v>2</v></c></row>");
    row("no such string", head + "<row><c t=\"s\"><v>2</v></c></row>");
    row("row number too small", "<row r=\"0\"><c><v>1</v></c></row>");
    row("column too large", "<row><c r=\"ZZZZ1\"><v>1</v></c></row>");
    row("carriage return", head + "<row><c t=\"str\"><v>a\r\nb\rc</v></c></row>");
    row("carriage return in a tag", head + "<row\r\nr=\"3\"><c t=\"str\"\r><v>a</v></c></row>");
    row("numeric entities", head + "<row><c t=\"str\"><v>&#65;&#x20AC;</v></c></row>");
    row("comment between", head + "<!-- <row><c><v>1</v></c></row> --><row><c><v>2</v></c></row>");
    row("row in a comment's neighbour", head + "<x><row><c><v>1</v></c></row></x><row><c><v>2</v></c></row>");
    row("row in a row", head + "<row><row><c><v>1</v></c></row></row><row><c><v>2</v></c></row>");
    row("cell in a cell", head + "<row><c><c><v>1</v></c></c></row>");
    row("second data", head + "</sheetData><sheetData><row><c><v>1</v></c></row>");
    row("not closed", head + "<row><c><v>1</v></row>");
    row("broken UTF-8", head + "<row><c t=\"str\"><v>\xFF</v></c></row>");
    row("nothing", {});
}

void TestSheetRows::rows_scannedAndParsed_areAlike()
{
    QFETCH(QByteArray, rows);
    // The space keeps the scanner from seeing where rows begin.
    QCOMPARE(read(rows, "<sheetData>"), read(rows, "<sheetData >"));
}

void TestSheetRows::rows_ofBothForms_keepTheirOrder()
{
    QByteArray rows = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>";
    QByteArray expected;
    // Several blocks of the file.
    const QByteArray filler(60, 'x');
    for (int i = 2; i < 20'000; ++i) {
        const QByteArray number = QByteArray::number(i);
        rows += i % 7 == 0 ? "<row r='" + number + "'>" : "<row r=\"" + number + "\">";
        rows += "<c t=\"str\"><v>" + number + filler + "</v></c></row>";
        expected += '[' + number + filler + "]NULL\n";
    }
    ZipParts parts = xlsxParts(rows, "<si><t>name</t></si><si><t>other</t></si>");
    const ReadTable table = readFile(zipped(parts));
    QVERIFY(!table.error);
    QCOMPARE(shown(table.rows), expected);
    QCOMPARE(table.lines.back(), 19'999);
}

QTEST_GUILESS_MAIN(TestSheetRows)
#include "tst_sheet_rows.moc"
