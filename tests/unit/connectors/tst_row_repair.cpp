// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/row_repair.h"
#include "csv_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

/// What the row of `line` becomes as the last but one of a table of a date, a time, a number, a code, words and an
/// address.
ReadTable tableWith(const QByteArray &line)
{
    QByteArray bytes = "day,at,seats,code,name,page,note\n";
    for (int i = 10; i < 21; ++i) {
        const QByteArray n = QByteArray::number(i);
        if (i == 20)
            bytes += line + '\n';
        bytes += "2024-01-" + n + ",10:" + n + ',' + n + ",AB-" + n + ",Ada Smith,\"https://example.org/" + n + "\",\n";
    }
    return readCsv(bytes);
}

} // namespace

class TestRowRepair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void row_thatIsClear_isPutRight_data();
    void row_thatIsClear_isPutRight();
    void row_thatIsNotClear_isLeft_data();
    void row_thatIsNotClear_isLeft();
    void row_withTextTooMuch_isRejected_data();
    void row_withTextTooMuch_isRejected();
    void tableWithoutKinds_isLeft();
    void quotedEmpty_staysEmptyText();
};

void TestRowRepair::row_thatIsClear_isPutRight_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("cells");
    const auto row = [](const char *name, const char *line, const char *cells) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(cells);
    };
    const char *const expected = "[2024-02-01][10:10][5][CD-1][Bo, Li][https://example.org/x]NULL\n";
    row("delimiter too many inside", "2024-02-01,10:10,,5,CD-1,\"Bo, Li\",https://example.org/x,", expected);
    row("delimiter too many in front", ",2024-02-01,10:10,5,CD-1,\"Bo, Li\",https://example.org/x,", expected);
    row("delimiter missing between kinds", "2024-02-01,10:10,5CD-1,\"Bo, Li\",https://example.org/x,", expected);
    row("delimiter missing between digits", "2024-02-0110:10,5,CD-1,\"Bo, Li\",https://example.org/x,", expected);
    row("delimiter missing between quotes", "2024-02-01,10:10,5,CD-1,\"Bo, Li\"\"https://example.org/x\",", expected);
    row("delimiter missing before a quote", "2024-02-01,10:10,5,CD-1,Bo Li\"https://example.org/x\",",
        "[2024-02-01][10:10][5][CD-1][Bo Li][https://example.org/x]NULL\n");
    row("semicolons", "2024-02-01;10:10;5;CD-1;\"Bo, Li\";https://example.org/x;", expected);
    row("spaces", "2024-02-01 10:10 5 CD-1 \"Bo, Li\" https://example.org/x ", expected);
    row("spaces and a name of two words", "2024-02-01 10:10 5 CD-1 Bo Li \"https://example.org/x\" ",
        "[2024-02-01][10:10][5][CD-1][Bo Li][https://example.org/x]NULL\n");
    row("quote too many", "2024-02-01,10:10,5,CD-1,\"\"Bo, Li\",https://example.org/x,",
        "[2024-02-01][10:10][5][CD-1][\"Bo, Li][https://example.org/x]NULL\n");
}

void TestRowRepair::row_thatIsClear_isPutRight()
{
    QFETCH(QByteArray, line);
    const ReadTable table = tableWith(line);
    QVERIFY(table.rejections.empty());
    QCOMPARE(table.rows.size(), 12U);
    QTEST(shown({table.rows[10]}), "cells");
}

void TestRowRepair::row_thatIsNotClear_isLeft_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("cells");
    const auto row = [](const char *name, const char *line, const char *cells) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(cells);
    };
    row("only the end is missing", "2024-02-01,10:10,5", "[2024-02-01][10:10][5]NULLNULLNULLNULL\n");
    row("number that could be two", "2024-02-01,10:10,57", "[2024-02-01][10:10][57]NULLNULLNULLNULL\n");
    row("nothing but more delimiters", "2024-02-01,10:10,5,CD-1,Bo,https://example.org/x,,,",
        "[2024-02-01][10:10][5][CD-1][Bo][https://example.org/x]NULL\n");
    row("one value", "total", "[total]NULLNULLNULLNULLNULLNULL\n");
    row("a sentence", "a note of seven words and so", "[a note of seven words and so]NULLNULLNULLNULLNULLNULL\n");
}

void TestRowRepair::row_thatIsNotClear_isLeft()
{
    QFETCH(QByteArray, line);
    const ReadTable table = tableWith(line);
    QVERIFY(table.rejections.empty());
    QTEST(shown({table.rows[10]}), "cells");
}

void TestRowRepair::row_withTextTooMuch_isRejected_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("beyond the end") << QByteArray("2024-02-01,10:10,5,CD-1,Bo,https://example.org/x,,more");
    QTest::newRow("in the midst") << QByteArray("2024-02-01,10:10,5,CD-1,Bo,Li,https://example.org/x,more");
    QTest::newRow("two values for one") << QByteArray("2024-02-01,10:10,5,6,CD-1,Bo,https://example.org/x,more");
}

void TestRowRepair::row_withTextTooMuch_isRejected()
{
    QFETCH(QByteArray, line);
    const ReadTable table = tableWith(line);
    QCOMPARE(table.rows.size(), 11U);
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"too_many_fields"_s);
}

void TestRowRepair::tableWithoutKinds_isLeft()
{
    const ReadTable table = readCsv("a,b,c\nx,y,z\np,q,r\nx;y;z\n,x,,y\n");
    QCOMPARE(shown(table.rows), QByteArray("[x][y][z]\n[p][q][r]\n[x;y;z]NULLNULL\n"));
    QCOMPARE(table.rejections.size(), 1U);
}

void TestRowRepair::quotedEmpty_staysEmptyText()
{
    const ReadTable table = tableWith("2024-02-01,10:10,,5,CD-1,\"\",https://example.org/x,");
    QCOMPARE(shown({table.rows[10]}), QByteArray("[2024-02-01][10:10][5][CD-1][][https://example.org/x]NULL\n"));
}

QTEST_GUILESS_MAIN(TestRowRepair)
#include "tst_row_repair.moc"
