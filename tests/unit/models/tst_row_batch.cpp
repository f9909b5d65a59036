// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/row_batch.h"

#include <QTest>

using namespace idstore;

class TestRowBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_nullAndEmpty_stayApart()
    {
        RowBatch batch;
        batch.reset(2);
        batch.addNull();
        batch.addCell("");
        batch.endRow(7);
        QCOMPARE(batch.rowCount(), 1U);
        QVERIFY(!batch.cell(0, 0).has_value());
        QVERIFY(batch.cell(0, 1).has_value());
        QVERIFY(batch.cell(0, 1)->empty());
        QCOMPARE(batch.line(0), 7);
    }

    void discardRow_afterTwoCells_leavesEarlierRows()
    {
        RowBatch batch;
        batch.reset(2);
        batch.addCell("a");
        batch.addCell("b");
        batch.endRow(1);
        batch.addCell("half");
        batch.discardRow();
        batch.addCell("c");
        batch.addCell("d");
        batch.endRow(3);
        QCOMPARE(batch.rowCount(), 2U);
        QCOMPARE(QByteArray(batch.cell(1, 0)->data(), 1), QByteArray("c"));
        QCOMPARE(batch.line(1), 3);
    }

    void rowText_ofEachRow_isItsCellsInOrder()
    {
        RowBatch batch;
        batch.reset(3);
        batch.addCell("ab");
        batch.addNull();
        batch.addCell("c");
        batch.endRow(1);
        batch.addCell("half a row");
        batch.discardRow();
        batch.addCell("");
        batch.addNull();
        batch.addNull();
        batch.endRow(2);
        batch.addNull();
        batch.addCell("d");
        batch.addCell("efg");
        batch.endRow(3);
        QVERIFY(batch.rowText(0) == "abc");
        QVERIFY(batch.rowText(1).empty());
        QVERIFY(batch.rowText(2) == "defg");
        QCOMPARE(batch.cellLength(0, 0), 2);
        QCOMPARE(batch.cellLength(0, 1), -1);
        QCOMPARE(batch.cellLength(1, 0), 0);
        QCOMPARE(batch.cellLength(2, 2), 3);
    }

    void reset_afterUse_isEmpty()
    {
        RowBatch batch;
        batch.reset(1);
        batch.addCell("x");
        batch.endRow(1);
        batch.addRejection({});
        batch.reset(3);
        QVERIFY(batch.isEmpty());
        QCOMPARE(batch.columnCount(), 3);
        QCOMPARE(batch.byteCount(), 0U);
    }
};

QTEST_APPLESS_MAIN(TestRowBatch)
#include "tst_row_batch.moc"
