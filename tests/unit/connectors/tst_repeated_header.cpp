// SPDX-License-Identifier: GPL-3.0-or-later
#include "csv_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestRepeatedHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameHeader_isSetAside_andItsRowsStay();
    void tableWithFewerColumns_isSetAside();
    void tableWithMoreColumns_isSetAside();
    void ownHeader_afterAnotherTable_goesOn();
    void rowsThatLookLikeNames_stay();
};

void TestRepeatedHeader::sameHeader_isSetAside_andItsRowsStay()
{
    const ReadTable table = readCsv("id,name\n1,Ada\nid,name\n2,Bob\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][Ada]\n[2][Bob]\n"));
    QCOMPARE(table.rejections.size(), 1U);
    QCOMPARE(table.rejections[0].code, u"repeated_header"_s);
    QCOMPARE(table.rejections[0].line, 3);
}

void TestRepeatedHeader::tableWithFewerColumns_isSetAside()
{
    const ReadTable table = readCsv("id,name,town,note\n1,Ada,Rome,x\n2,Bob,Oslo,y\nid,name,town\n3,Cleo,Bern\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][Ada][Rome][x]\n[2][Bob][Oslo][y]\n"));
    QCOMPARE(table.rejections.size(), 2U);
    for (const Rejection &rejection : table.rejections)
        QCOMPARE(rejection.code, u"another_table"_s);
}

void TestRepeatedHeader::tableWithMoreColumns_isSetAside()
{
    const ReadTable table = readCsv("id,name,town\n1,Ada,Rome\n2,Bob,Oslo\nid,name,town,note\n3,Cleo,Bern,\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][Ada][Rome]\n[2][Bob][Oslo]\n"));
    QCOMPARE(table.rejections.size(), 2U);
    QCOMPARE(table.rejections[1].code, u"another_table"_s);
    QCOMPARE(table.rejections[1].raw, u"3,Cleo,Bern,"_s);
}

void TestRepeatedHeader::ownHeader_afterAnotherTable_goesOn()
{
    const ReadTable table = readCsv("id,name,town\n1,Ada,Rome\n4,Di,Nice\nid,name\n2,Bob\nid,name,town\n3,Cleo,Bern\n");
    QCOMPARE(shown(table.rows), QByteArray("[1][Ada][Rome]\n[4][Di][Nice]\n[3][Cleo][Bern]\n"));
    QCOMPARE(table.rejections.size(), 3U);
}

void TestRepeatedHeader::rowsThatLookLikeNames_stay()
{
    const ReadTable table = readCsv("id,name,town\nid,name,Rome\nname\nid,Bob\nx,y,z\n");
    QCOMPARE(shown(table.rows), QByteArray("[id][name][Rome]\n[name]NULLNULL\n[id][Bob]NULL\n[x][y][z]\n"));
    QVERIFY(table.rejections.empty());
}

QTEST_GUILESS_MAIN(TestRepeatedHeader)
#include "tst_repeated_header.moc"
