// SPDX-License-Identifier: GPL-3.0-or-later
// The same bytes give the same table however they are cut into blocks; what a plain RFC 4180 writer writes is read
// back equal; and no bytes at all upset the reader.
#include "csv_fixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr quint32 seed = 20230808;

std::string randomText(QRandomGenerator &random)
{
    static const std::vector<std::string> pieces = {"a", "Z",  "7", ",",  ";", "\"",   "'", "\n",     "\r",  "\r\n",
                                                    " ", "\t", "|", "\\", "ä", "東京", "😀", "Müller", "\"\""};
    std::string text;
    const int count = random.bounded(6);
    for (int i = 0; i < count; ++i)
        text += pieces[static_cast<std::size_t>(random.bounded(static_cast<int>(pieces.size())))];
    return text;
}

QByteArray quoted(const std::string &text)
{
    return '"' + QByteArray::fromStdString(text).replace("\"", "\"\"") + '"';
}

QByteArray written(const std::vector<Row> &rows, const char *lineEnd)
{
    QByteArray bytes = QByteArray("first,second,third") + lineEnd;
    for (const Row &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                bytes += ',';
            if (row[i])
                bytes += quoted(*row[i]);
        }
        bytes += lineEnd;
    }
    return bytes;
}

} // namespace

class TestCsvSeams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocks_ofAnySize_giveTheSameTable_data();
    void blocks_ofAnySize_giveTheSameTable();
    void randomTables_writtenPlainly_areReadBackEqual();
    void randomBytes_neverUpsetTheReader();
    void straySyntax_inAnyBlocks_givesTheSameTable();
};

void TestCsvSeams::blocks_ofAnySize_giveTheSameTable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
    row("line ends", "a,b\r\n1,2\n3,4\r5,6\r\n\r\n7,8\n\r9,10");
    row("quotes", "a,b\r\n\"x\r\ny\",\"\"\"\"\r\n\"\",\"p\"\"q\"\r\n\"open\"later,2\r\n");
    row("never closed", "a,b\n1,\"two\n3,4\r\n5,6");
    row("never closed at once", "a,b\n1,2\n\"");
    row("backslashes", "a,b\n\"x \\\"y\\\" \\\\\",\"\\n\"\n\"p\",\"q\"\n");
    row("ragged", "a,b\n1\n1,2,3\n1,2,,\n,\n");
    row("two pipes", "a||b\n1||x|y\n\"p||q\"||2|\n3||\n|4||5");
    row("comma and space", "a, b\r\n1, \"x, y\"\r\n2,\r\n\"p, q\", z,3\r\n4,");
    row("one column", "name\n\nx\n\n\n\"\"\ny\n\n");
    row("utf-8", "\xEF\xBB\xBFn\xC3\xA4me,b\nZo\xC3\xAB,\xF0\x9F\x98\x80\nbad\xFF,x\n");
    row("windows-1252", "name,b\nplain,x\nM\xFCller,\x80\x81\nZo\xEB,\"a\nb\"\n");
    constexpr auto utf16 = "\xFF\xFE"
                           "a\0,\0b\0\r\0\n\0"
                           "1\0,\0\xE4\0\n\0"
                           "3\0,\0\x3D\xD8\x00\xDE\r\0\n\0"
                           "4\0,\0\x00\xD8\n\0"
                           "5\0,\0"
                           "6"sv;
    QByteArray utf32("\0\0\xFE\xFF", 4);
    for (const char32_t c : U"a,b\r\n1,\u00E4\r\n2,\U0001F600\n"sv) {
        for (const int shift : {24, 16, 8, 0})
            utf32 += static_cast<char>(c >> shift);
    }
    row("utf-32", utf32);
    row("utf-16", QByteArray(utf16.data(), static_cast<qsizetype>(utf16.size())));
}

void TestCsvSeams::blocks_ofAnySize_giveTheSameTable()
{
    QFETCH(QByteArray, bytes);
    const CsvFixture file(bytes);
    const ReadTable whole = file.read();
    QVERIFY(!whole.error);
    QVERIFY(!whole.rows.empty());
    for (std::size_t blockSize = 1; blockSize <= static_cast<std::size_t>(bytes.size()) + 1; ++blockSize) {
        const ReadTable table = file.read({}, {.blockSize = blockSize});
        QCOMPARE(shown(table.rows), shown(whole.rows));
        QVERIFY2(table == whole, qPrintable(u"with blocks of %1 bytes"_s.arg(blockSize)));
    }
}

void TestCsvSeams::randomTables_writtenPlainly_areReadBackEqual()
{
    QRandomGenerator random(seed);
    for (int round = 0; round < 200; ++round) {
        std::vector<Row> rows;
        const int count = 1 + random.bounded(30);
        for (int i = 0; i < count; ++i) {
            Row row;
            for (int column = 0; column < 3; ++column)
                row.push_back(random.bounded(5) == 0 ? Cell() : Cell(randomText(random)));
            rows.push_back(row);
        }
        const QByteArray bytes = written(rows, round % 2 == 0 ? "\r\n" : "\n");
        // What the dialect is must not hang on odd cells here: that has its own tests.
        const QJsonObject config = {
            {u"delimiter"_s, u","_s}, {u"quote"_s, u"\""_s}, {u"escape"_s, u"\""_s}, {u"header_row"_s, 1}};
        const ReadTable table =
            readCsv(bytes, config, {.blockSize = static_cast<std::size_t>(1 + random.bounded(200))});
        QVERIFY(!table.error);
        QCOMPARE(shown(table.rows), shown(rows));
        QVERIFY(table.rows == rows);
        QVERIFY(table.rejections.empty());
    }
}

void TestCsvSeams::randomBytes_neverUpsetTheReader()
{
    QRandomGenerator random(seed);
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes(random.bounded(400), '\0');
        for (char &c : bytes)
            c = static_cast<char>(random.bounded(256));
        const CsvFixture file(bytes);
        const ReadTable whole = file.read();
        const ReadTable cut = file.read({}, {.blockSize = static_cast<std::size_t>(1 + random.bounded(40))});
        QVERIFY(cut == whole);
    }
}

void TestCsvSeams::straySyntax_inAnyBlocks_givesTheSameTable()
{
    static const QByteArray alphabet = "\"\"',\n\r\\ab ;";
    QRandomGenerator random(seed);
    for (int round = 0; round < 1000; ++round) {
        QByteArray bytes = "x,y\n";
        const int count = random.bounded(60);
        for (int i = 0; i < count; ++i)
            bytes += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        const CsvFixture file(bytes);
        const CsvReader::Limits small = {.blockSize = 1, .rowBytes = 20};
        const CsvReader::Limits large = {.blockSize = 1000, .rowBytes = 1000};
        QVERIFY2(file.read({}, {.blockSize = 3}) == file.read({}, large), bytes.toPercentEncoding().constData());
        const ReadTable capped = file.read({}, small);
        QVERIFY2(!capped.error, bytes.toPercentEncoding().constData());
        QCOMPARE(capped.sourceBytes, bytes.size());
    }
}

QTEST_GUILESS_MAIN(TestCsvSeams)
#include "tst_csv_seams.moc"
