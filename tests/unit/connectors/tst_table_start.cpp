// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_start.h"
#include "csv_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestTableStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void start_ofFile_isFound_data();
    void start_ofFile_isFound();
    void preamble_keepsLineNumbers();
    void headerRowSetting_turnsFindingOff();
};

void TestTableStart::start_ofFile_isFound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<int>("rows");
    const auto row = [](const char *name, const char *bytes, const QStringList &names, int rows) {
        QTest::newRow(name) << QByteArray(bytes) << names << rows;
    };
    const QStringList names = {u"id"_s, u"name"_s, u"at"_s};
    row("ordinary", "id,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", names, 2);
    row("title", "Report of May\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", names, 2);
    row("title and blank line", "Report of May\n\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", names, 2);
    row("padded title", "Report,,\r\n,,\r\nid,name,at\r\n1,Ada,2024-01-05\r\n2,Bob,2024-01-06\r\n", names, 2);
    row("comments", "# made by, us\n# in May\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", names, 2);
    row("note over two lines", "\"Report\nof May\",,\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", names, 2);
    row("title and no header", "Report,,\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n",
        {u"column_1"_s, u"column_2"_s, u"column_3"_s}, 2);
    row("two header rows", "order,client,date\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n",
        {u"order id"_s, u"client name"_s, u"date at"_s}, 2);
    row("header row with gaps", "order,,date\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n",
        {u"order id"_s, u"name"_s, u"date at"_s}, 2);
    row("title and two header rows", "May,,\na,b,c\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n",
        {u"a id"_s, u"b name"_s, u"c at"_s}, 2);
    row("first row of data is incomplete", "id,name,at\nunknown,Ada,unknown\n2,Bob,2024-01-05\n3,Cleo,2024-01-06\n",
        names, 3);
    row("first row of data has dashes", "id,name,at\n-,Ada,--\n2,Bob,2024-01-05\n3,Cleo,2024-01-06\n", names, 3);
    row("first row of data is nearly empty", "id,name,at\n,Ada,\n2,Bob,2024-01-05\n3,Cleo,2024-01-06\n", names, 3);
    row("only words", "id,name,at\na,b,c\nd,e,f\ng,h,i\n", names, 3);
    row("header with gaps", "id,,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n", {u"id"_s, u"column_2"_s, u"at"_s}, 2);
    row("heading that begins with a number sign", "#,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n",
        {u"#"_s, u"name"_s, u"at"_s}, 2);
    row("one column", "name\nAda\nBob\n", {u"name"_s}, 2);
}

void TestTableStart::start_ofFile_isFound()
{
    QFETCH(QByteArray, bytes);
    const ReadTable table = readCsv(bytes);
    QTEST(table.names, "names");
    QTEST(static_cast<int>(table.rows.size()), "rows");
    QVERIFY(table.rejections.empty());
}

void TestTableStart::preamble_keepsLineNumbers()
{
    const ReadTable table = readCsv("\"Report\nof May\"\n\nid,name\n1,Ada\n2,Bob\n");
    QCOMPARE(table.names, (QStringList{u"id"_s, u"name"_s}));
    QCOMPARE(table.lines, (std::vector<qint64>{5, 6}));
}

void TestTableStart::headerRowSetting_turnsFindingOff()
{
    const QByteArray bytes = "order,client,date\nid,name,at\n1,Ada,2024-01-05\n2,Bob,2024-01-06\n";
    const ReadTable table = readCsv(bytes, QJsonObject{{u"header_row"_s, 1}});
    QCOMPARE(table.names, (QStringList{u"order"_s, u"client"_s, u"date"_s}));
    QCOMPARE(table.rows.size(), 3U);
}

QTEST_GUILESS_MAIN(TestTableStart)
#include "tst_table_start.moc"
