// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/result_checks.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/record_table_model.h"
#include "ui/pages/records/record_delegate.h"
#include "ui/pages/records/record_grid.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QScrollBar>

#include <malloc.h>

using namespace idstore;

namespace {

RecordTableModel::Dataset dataset(qint64 rows)
{
    Columns columns;
    for (int i = 0; i < 5; ++i)
        columns.append({.name = QStringLiteral("column %1").arg(i)});
    return {columns, rows, 1};
}

Result<RecordPage> numbers(const RecordQuery &query, const CancelToken &)
{
    RecordPage page;
    page.generation = 1;
    for (qint64 row = query.after + 1; row <= query.after + query.limit; ++row) {
        const QString text = QString::number(row);
        page.records.append({row, {text, text, text, text, text}});
    }
    page.next = query.after + query.limit;
    return page;
}

/// A grid over a model of so many rows, on the screen.
struct Shown
{
    explicit Shown(qint64 rows)
        : theme(ThemeVariant::Light, QApplication::font())
        , model(async)
        , grid(theme)
        , delegate(theme)
    {
        grid.setItemDelegate(&delegate);
        grid.setRecordModel(&model);
        grid.resize(640, 480);
        model.show(dataset(rows), numbers);
        grid.show();
    }

    AsyncRunner async;
    Theme theme;
    RecordTableModel model;
    RecordGrid grid;
    RecordDelegate delegate;
};

} // namespace

class TestRecordGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenMillionRows_takeNoMemoryPerRow();
    void scrollBar_countsRows();
    void lastOfAHundredMillionRows_canBeReached();
    void shownRows_areLoadedAndNoOthers();
    void shiftDown_selectsRowsOfTheColumn();
    void clickOnACell_makesItCurrent();
};

void TestRecordGrid::tenMillionRows_takeNoMemoryPerRow()
{
    Shown shown(10);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    const auto before = mallinfo2().uordblks + mallinfo2().hblkhd;
    shown.model.show(dataset(10'000'000), numbers);
    shown.grid.doItemsLayout();
    const auto after = mallinfo2().uordblks + mallinfo2().hblkhd;
    constexpr qint64 oneMegabyte = 1'000'000;
    QVERIFY2(qint64(after) - qint64(before) < oneMegabyte, qPrintable(QString::number(qint64(after) - qint64(before))));
    QCOMPARE(shown.model.rowCount(), 10'000'000);
}

void TestRecordGrid::scrollBar_countsRows()
{
    Shown shown(10'000'000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    const int whole = shown.grid.viewport()->height() / shown.grid.rowHeight();
    QCOMPARE(shown.grid.verticalScrollBar()->maximum(), 10'000'000 - whole);
    shown.grid.verticalScrollBar()->setValue(4'210'365);
    QCOMPARE(shown.grid.indexAt(QPoint(5, 5)).row(), 4'210'365);
    QTRY_COMPARE(shown.grid.indexAt(QPoint(5, 5)).data().toString(), QStringLiteral("4210366"));
}

void TestRecordGrid::lastOfAHundredMillionRows_canBeReached()
{
    Shown shown(100'000'000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    shown.grid.setCurrentIndex(shown.model.index(0, 1));
    QTest::keyClick(&shown.grid, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(shown.grid.currentIndex().row(), 99'999'999);
    QCOMPARE(shown.grid.currentIndex().column(), 4);
    const QRect place = shown.grid.visualRect(shown.model.index(99'999'999, 0));
    QVERIFY(place.top() >= 0);
    QVERIFY(place.bottom() <= shown.grid.viewport()->height());
    QTest::keyClick(&shown.grid, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(shown.grid.currentIndex().row(), 0);
    QCOMPARE(shown.grid.firstVisibleRow(), 0);
}

void TestRecordGrid::shownRows_areLoadedAndNoOthers()
{
    Shown shown(1'000'000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    QTRY_VERIFY(shown.model.isLoaded(0));
    shown.grid.scrollToRow(500'000);
    QTRY_VERIFY(shown.model.isLoaded(500'000));
    QVERIFY(!shown.model.isLoaded(250'000));
}

void TestRecordGrid::shiftDown_selectsRowsOfTheColumn()
{
    Shown shown(1000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    shown.grid.setCurrentIndex(shown.model.index(3, 2));
    QTest::keyClick(&shown.grid, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&shown.grid, Qt::Key_Down, Qt::ShiftModifier);
    const QItemSelection selection = shown.grid.selectionModel()->selection();
    QCOMPARE(selection.size(), 1);
    QCOMPARE(selection.constFirst().top(), 3);
    QCOMPARE(selection.constFirst().bottom(), 5);
    QCOMPARE(selection.constFirst().left(), 2);
    QCOMPARE(selection.constFirst().right(), 2);
}

void TestRecordGrid::clickOnACell_makesItCurrent()
{
    Shown shown(1000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.grid));
    shown.grid.scrollToRow(100);
    const QModelIndex cell = shown.model.index(104, 1);
    QTest::mouseClick(shown.grid.viewport(), Qt::LeftButton, {}, shown.grid.visualRect(cell).center());
    QCOMPARE(shown.grid.currentIndex(), cell);
    QVERIFY(shown.grid.selectionModel()->isSelected(cell));
}

QTEST_MAIN(TestRecordGrid)
#include "tst_record_grid.moc"
