// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/record_table_model.h"

#include <QAbstractItemModelTester>
#include <QMutex>
#include <QSemaphore>
#include <QSignalSpy>

#include <malloc.h>

using namespace idstore;
using CellKind = RecordTableModel::CellKind;

namespace {

Columns twoColumns()
{
    return {{.name = QStringLiteral("id"), .type = ColumnType::Integer}, {.name = QStringLiteral("note")}};
}

/// Rows computed from their number: the id, and a note that is NULL for every third row and empty for every fifth.
Record rowNumber(qint64 row)
{
    std::optional<QString> note = QStringLiteral("note %1").arg(row);
    if (row % 3 == 0)
        note.reset();
    else if (row % 5 == 0)
        note = QString(QLatin1StringView(""));
    return {row, {QString::number(row), note}};
}

/// Answers like the record service for a source of `rows` such rows.
RecordTableModel::PageLoader computedRows(qint64 rows, qint64 generation = 1)
{
    return [=](const RecordQuery &query, const CancelToken &) -> Result<RecordPage> {
        RecordPage page;
        page.columns = twoColumns();
        page.generation = generation;
        qint64 row = query.after;
        while (row < rows && page.records.size() < query.limit) {
            Record record = rowNumber(++row);
            if (query.text.isEmpty() || record.cells.at(1).value_or(QString()).contains(query.text))
                page.records.append(record);
        }
        page.next = row < rows ? row : 0;
        return page;
    };
}

} // namespace

class TestRecordTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyChange_keepsTheRulesOfModels();
    void tenMillionRows_areCountedWithoutMemoryPerRow();
    void cell_beforeItsPageArrives_isAPlaceholder();
    void cell_nullAndEmpty_areNeverTheSame();
    void cell_withMarkup_isEscapedInItsToolTip();
    void manyPagesAsked_theNewestIsLoadedFirst();
    void pagesNoLongerVisible_areCancelled();
    void morePagesThanKept_theOldestAreForgotten();
    void search_countGrows_untilAllRowsAreScanned();
    void search_overAThousandMatches_waitsToBeAskedForMore();
    void search_pageForgotten_isLoadedAgainFromItsPlace();
    void filters_narrowTheRows_likeASearch();
    void sort_pages_areAskedForInItsOrder();
    void columns_otherTypes_keepTheRows();
    void newerGeneration_isNotShownButAnnouncedOnce();
    void brokenPage_isReportedOnceAndNotAskedForAgain();
    void copy_tabsQuotesAndNulls_areQuotedForSpreadsheets();
    void copy_moreRowsThanAllowed_stopsAtTheLimit();
    void realEngine_lastPage_holdsTheLastRow();
};

void TestRecordTableModel::anyChange_keepsTheRulesOfModels()
{
    // The tester looks at every row of the model after every change: enough rows for three pages, not for a long test.
    constexpr int rows = 600;
    AsyncRunner async;
    RecordTableModel model(async);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show({twoColumns(), rows, 1}, computedRows(rows));
    QCOMPARE(model.rowCount(), rows);
    QTRY_VERIFY(model.isLoaded(0) || !model.index(0, 0).data().isNull());
    model.setSearchText(QStringLiteral("note 1"));
    QTRY_VERIFY(model.isComplete());
    QVERIFY(model.rowCount() > 0);
    model.setSearchText({});
    QCOMPARE(model.rowCount(), rows);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestRecordTableModel::tenMillionRows_areCountedWithoutMemoryPerRow()
{
    AsyncRunner async;
    RecordTableModel model(async);
    const auto before = mallinfo2().uordblks + mallinfo2().hblkhd;
    model.show({twoColumns(), 10'000'000, 1}, computedRows(10'000'000));
    const auto after = mallinfo2().uordblks + mallinfo2().hblkhd;
    QCOMPARE(model.rowCount(), 10'000'000);
    constexpr qint64 oneMegabyte = 1'000'000; // a tenth of a byte a row
    QVERIFY2(qint64(after) - qint64(before) < oneMegabyte, qPrintable(QString::number(qint64(after) - qint64(before))));
    const QModelIndex last = model.index(9'999'999, 0);
    QCOMPARE(last.data(RecordTableModel::RowNumberRole).toLongLong(), 10'000'000);
    QTRY_COMPARE(last.data().toString(), QStringLiteral("10000000"));
}

void TestRecordTableModel::cell_beforeItsPageArrives_isAPlaceholder()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 1000, 1}, computedRows(1000));
    const QModelIndex cell = model.index(700, 0);
    QCOMPARE(cell.data(RecordTableModel::CellKindRole).value<CellKind>(), CellKind::Loading);
    QVERIFY(cell.data(Qt::EditRole).isNull());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 512);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 767);
    QCOMPARE(cell.data().toString(), QStringLiteral("701"));
}

void TestRecordTableModel::cell_nullAndEmpty_areNeverTheSame()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 10, 1}, computedRows(10));
    const QModelIndex null = model.index(2, 1);
    const QModelIndex empty = model.index(4, 1);
    QTRY_COMPARE(null.data(RecordTableModel::CellKindRole).value<CellKind>(), CellKind::Null);
    QCOMPARE(empty.data(RecordTableModel::CellKindRole).value<CellKind>(), CellKind::Empty);
    QVERIFY(null.data().toString() != empty.data().toString());
    QVERIFY(!model.value(null));
    QCOMPARE(model.value(empty), std::optional<QString>(QLatin1StringView("")));
    QVERIFY(null.data(Qt::EditRole).isNull());
    QVERIFY(null.data(Qt::ToolTipRole).toString() != empty.data(Qt::ToolTipRole).toString());
}

void TestRecordTableModel::cell_withMarkup_isEscapedInItsToolTip()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({{{.name = QStringLiteral("a")}}, 1, 1}, [](const RecordQuery &, const CancelToken &) {
        RecordPage page;
        page.generation = 1;
        page.records = {{1, {QStringLiteral("<img src=x>\nsecond")}}};
        return Result<RecordPage>(page);
    });
    const QModelIndex cell = model.index(0, 0);
    QTRY_VERIFY(cell.data().toString().startsWith(u'<'));
    QVERIFY(!cell.data().toString().contains(u'\n'));
    QVERIFY(!cell.data(Qt::ToolTipRole).toString().contains(QLatin1StringView("<img")));
    QCOMPARE(cell.data(Qt::EditRole).toString(), QStringLiteral("<img src=x>\nsecond"));
}

void TestRecordTableModel::manyPagesAsked_theNewestIsLoadedFirst()
{
    AsyncRunner async;
    RecordTableModel model(async);
    QMutex mutex;
    QList<qint64> order;
    const auto rows = computedRows(100'000);
    model.show({twoColumns(), 100'000, 1}, [&](const RecordQuery &query, const CancelToken &cancel) {
        const QMutexLocker lock(&mutex);
        order.append(query.after / RecordTableModel::pageSize);
        return rows(query, cancel);
    });
    for (int page = 0; page < 20; ++page)
        (void)model.index(page * RecordTableModel::pageSize, 0).data();
    QTRY_VERIFY(model.isLoaded(16 * RecordTableModel::pageSize));
    const QMutexLocker lock(&mutex);
    // Two run side by side, so the first two may have started in either order.
    QVERIFY(order.first(2).contains(19));
    QVERIFY(order.first(2).contains(18));
    QCOMPARE(order.size(), 4);
}

void TestRecordTableModel::pagesNoLongerVisible_areCancelled()
{
    AsyncRunner async;
    RecordTableModel model(async);
    QSemaphore started;
    std::atomic<int> cancelled = 0;
    const auto rows = computedRows(100'000);
    model.show({twoColumns(), 100'000, 1}, [&](const RecordQuery &query, const CancelToken &cancel) {
        if (query.after > 0)
            return rows(query, cancel);
        started.release();
        while (!cancel.isCancelled())
            QThread::msleep(1);
        ++cancelled;
        return Result<RecordPage>(Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}});
    });
    QSignalSpy failed(&model, &RecordTableModel::failed);
    (void)model.index(0, 0).data();
    QTRY_VERIFY(started.available() > 0);
    model.setVisibleRows(50'000, 50'030);
    QTRY_COMPARE(cancelled.load(), 1);
    (void)model.index(50'000, 0).data();
    QTRY_VERIFY(model.isLoaded(50'000));
    QCOMPARE(failed.size(), 0);
}

void TestRecordTableModel::morePagesThanKept_theOldestAreForgotten()
{
    AsyncRunner async;
    RecordTableModel model(async);
    const int pages = RecordTableModel::maxCachedPages + 10;
    model.show({twoColumns(), qint64(pages) * RecordTableModel::pageSize, 1},
               computedRows(qint64(pages) * RecordTableModel::pageSize));
    for (int page = 0; page < pages; ++page) {
        const int row = page * RecordTableModel::pageSize;
        (void)model.index(row, 0).data();
        QTRY_VERIFY(model.isLoaded(row));
    }
    QVERIFY(!model.isLoaded(0));
    QVERIFY(model.isLoaded((pages - 1) * RecordTableModel::pageSize));
    QVERIFY(model.isLoaded(11 * RecordTableModel::pageSize));
}

void TestRecordTableModel::search_countGrows_untilAllRowsAreScanned()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 2000, 1}, computedRows(2000));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setSearchText(QStringLiteral("note 19"));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.isComplete());
    QTRY_VERIFY(model.isComplete());
    int expected = 0;
    for (qint64 row = 1; row <= 2000; ++row)
        expected += rowNumber(row).cells.at(1).value_or(QString()).contains(QLatin1StringView("note 19"));
    QCOMPARE(model.rowCount(), expected);
    QVERIFY(!inserted.isEmpty());
    QCOMPARE(model.headerData(0, Qt::Vertical, RecordTableModel::RowNumberRole).toLongLong(), 19);
}

void TestRecordTableModel::search_overAThousandMatches_waitsToBeAskedForMore()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 20'000, 1}, computedRows(20'000));
    model.setSearchText(QStringLiteral("note"));
    QTRY_VERIFY(model.rowCount() >= RecordTableModel::matchStep && !model.isScanning());
    QVERIFY(!model.isComplete());
    const int first = model.rowCount();
    QVERIFY(first < RecordTableModel::matchStep + RecordTableModel::pageSize);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QTRY_VERIFY(model.rowCount() >= first + RecordTableModel::matchStep);
}

void TestRecordTableModel::search_pageForgotten_isLoadedAgainFromItsPlace()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 60'000, 1}, computedRows(60'000));
    model.setSearchText(QStringLiteral("note"));
    QTRY_VERIFY(!model.isScanning());
    const qint64 firstNumber = model.index(300, 0).data(RecordTableModel::RowNumberRole).toLongLong();
    QVERIFY(firstNumber > 0);
    while (model.rowCount() < (RecordTableModel::maxCachedPages + 8) * RecordTableModel::pageSize) {
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QTRY_VERIFY(!model.isScanning());
    }
    QVERIFY(!model.isLoaded(300));
    (void)model.index(300, 0).data();
    QTRY_VERIFY(model.isLoaded(300));
    QCOMPARE(model.index(300, 0).data(RecordTableModel::RowNumberRole).toLongLong(), firstNumber);
}

void TestRecordTableModel::filters_narrowTheRows_likeASearch()
{
    AsyncRunner async;
    RecordTableModel model(async);
    const ColumnFilter filter{QStringLiteral("id"), QStringLiteral("7"), FilterOperator::StartsWith, {}};
    const auto loader = [filter](const RecordQuery &query, const CancelToken &) -> Result<RecordPage> {
        RecordPage page;
        page.generation = 1;
        if (!query.filters.isEmpty() && query.filters.constFirst() == filter)
            page.records = {rowNumber(7), rowNumber(70)};
        return page;
    };
    model.show({twoColumns(), 100, 1}, loader);
    QCOMPARE(model.rowCount(), 100);
    model.setFilters({filter});
    QVERIFY(model.isNarrowed());
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Vertical, RecordTableModel::RowNumberRole).toLongLong(), 70);
    model.setFilters({});
    QCOMPARE(model.rowCount(), 100);
}

void TestRecordTableModel::sort_pages_areAskedForInItsOrder()
{
    AsyncRunner async;
    RecordTableModel model(async);
    const RecordSort sort{QStringLiteral("id"), true};
    const auto backwards = [sort](const RecordQuery &query, const CancelToken &) -> Result<RecordPage> {
        RecordPage page;
        page.generation = 1;
        for (qint64 position = query.after; position < query.after + query.limit && position < 1000; ++position)
            page.records.append(rowNumber(query.sort == sort ? 1000 - position : position + 1));
        return page;
    };
    model.show({twoColumns(), 1000, 1}, backwards);
    QCOMPARE(model.headerData(600, Qt::Vertical, RecordTableModel::RowNumberRole).toLongLong(), 601);
    model.setSort(sort);
    QCOMPARE(model.rowCount(), 1000);
    // Which row of the source stands there is not known before it is read.
    QCOMPARE(model.headerData(600, Qt::Vertical, RecordTableModel::RowNumberRole).toLongLong(), 0);
    QTRY_COMPARE(model.index(600, 0).data().toString(), QStringLiteral("400"));
    QCOMPARE(model.headerData(600, Qt::Vertical, RecordTableModel::RowNumberRole).toLongLong(), 400);
    const auto parts = model.copyParts(QItemSelection(model.index(0, 0), model.index(1, 0)), 10);
    const auto text = recordsAsText(model.loader(), parts, {0}, {}, {});
    IDS_VERIFY_OK(text);
    QCOMPARE(*text, QStringLiteral("1000\n999"));
    model.setSort({});
    QTRY_COMPARE(model.index(600, 0).data().toString(), QStringLiteral("601"));
}

void TestRecordTableModel::columns_otherTypes_keepTheRows()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 10, 1}, computedRows(10));
    QTRY_COMPARE(model.index(3, 0).data().toString(), QStringLiteral("4"));
    Columns columns = twoColumns();
    columns[0].type = ColumnType::Text;
    QVERIFY(model.hasRowsOf({columns, 10, 1}));
    QVERIFY(!model.hasRowsOf({columns, 10, 2}));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setColumns(columns);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.index(3, 0).data().toString(), QStringLiteral("4"));
    QCOMPARE(model.index(3, 0).data(Qt::TextAlignmentRole).toInt(), int(Qt::AlignLeft | Qt::AlignVCenter));
}

void TestRecordTableModel::newerGeneration_isNotShownButAnnouncedOnce()
{
    AsyncRunner async;
    RecordTableModel model(async);
    QSignalSpy outdated(&model, &RecordTableModel::outdated);
    model.show({twoColumns(), 1000, 1}, computedRows(1000, 2));
    (void)model.index(0, 0).data();
    (void)model.index(600, 0).data();
    QTRY_COMPARE(outdated.size(), 1);
    QVERIFY(!model.isLoaded(0));
    (void)model.index(0, 0).data();
    model.show({twoColumns(), 900, 2}, computedRows(900, 2));
    (void)model.index(0, 0).data();
    QTRY_VERIFY(model.isLoaded(0));
    QCOMPARE(outdated.size(), 1);
    QCOMPARE(model.rowCount(), 900);
}

void TestRecordTableModel::brokenPage_isReportedOnceAndNotAskedForAgain()
{
    AsyncRunner async;
    RecordTableModel model(async);
    std::atomic<int> asked = 0;
    model.show({twoColumns(), 1000, 1}, [&asked](const RecordQuery &, const CancelToken &) {
        ++asked;
        return Result<RecordPage>(Error{ErrorKind::Unavailable, QStringLiteral("store_gone"), {}, {}, {}, {}});
    });
    QSignalSpy failed(&model, &RecordTableModel::failed);
    (void)model.index(0, 0).data();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, QStringLiteral("store_gone"));
    (void)model.index(0, 0).data();
    QTest::qWait(50); // time enough for a second question, which must not come
    QCOMPARE(asked.load(), 1);
}

void TestRecordTableModel::copy_tabsQuotesAndNulls_areQuotedForSpreadsheets()
{
    const RecordTableModel::PageLoader loader = [](const RecordQuery &, const CancelToken &) {
        RecordPage page;
        page.records = {{1, {QStringLiteral("a\tb"), std::nullopt}},
                        {2, {QStringLiteral("say \"hi\""), QStringLiteral("two\nlines")}},
                        {3, {QStringLiteral("plain"), QString(QLatin1StringView(""))}}};
        return Result<RecordPage>(page);
    };
    const auto text = recordsAsText(loader, {{{}, 0, 3}}, {0, 1}, {QStringLiteral("x"), QStringLiteral("y")}, {});
    IDS_VERIFY_OK(text);
    QCOMPARE(*text, QStringLiteral("x\ty\n\"a\tb\"\t\n\"say \"\"hi\"\"\"\t\"two\nlines\"\nplain\t"));
    const auto oneColumn = recordsAsText(loader, {{{}, 1, 1}}, {0}, {}, {});
    IDS_VERIFY_OK(oneColumn);
    QCOMPARE(*oneColumn, QStringLiteral("\"say \"\"hi\"\"\""));
}

void TestRecordTableModel::copy_moreRowsThanAllowed_stopsAtTheLimit()
{
    AsyncRunner async;
    RecordTableModel model(async);
    model.show({twoColumns(), 10'000'000, 1}, computedRows(10'000'000));
    const QItemSelection all(model.index(100, 0), model.index(9'999'999, 1));
    const auto parts = model.copyParts(all, 1000);
    int rows = 0;
    for (const auto &part : parts)
        rows += part.count;
    QCOMPARE(rows, 1000);
    const auto text = recordsAsText(model.loader(), parts, {0}, {}, {});
    IDS_VERIFY_OK(text);
    const QStringList lines = text->split(u'\n');
    QCOMPARE(lines.size(), 1000);
    QCOMPARE(lines.constFirst(), QStringLiteral("101"));
    QCOMPARE(lines.constLast(), QStringLiteral("1100"));
}

void TestRecordTableModel::realEngine_lastPage_holdsTheLastRow()
{
    test::MemoryCatalog catalog;
    catalog.file.behaviour.rows = 5000;
    test::EngineFixture fixture(catalog);
    const auto added = fixture.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(added);
    const auto run = fixture.ingest(added->id);
    IDS_VERIFY_OK(run);
    const auto source = fixture.engine().sources().get(fixture.user(), added->id);
    IDS_VERIFY_OK(source);

    AsyncRunner async;
    RecordTableModel model(async);
    model.show(
        {source->columns, source->rowCount, source->generation},
        [&records = fixture.engine().records(), id = added->id](const RecordQuery &query, const CancelToken &cancel) {
            return records.page(test::EngineFixture::user(), id, query, cancel);
        });
    QCOMPARE(model.rowCount(), 5000);
    const QModelIndex last = model.index(4999, 1);
    (void)last.data();
    QTRY_COMPARE(last.data().toString(), QStringLiteral("Name 5000"));
    QCOMPARE(last.data(RecordTableModel::RowNumberRole).toLongLong(), 5000);
    QCOMPARE(model.index(4999, 2).data(RecordTableModel::CellKindRole).value<CellKind>(), CellKind::Null);
    QCOMPARE(model.index(4998, 2).data(RecordTableModel::CellKindRole).value<CellKind>(), CellKind::Empty);
    model.setSearchText(QStringLiteral("name 499"));
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 11);
}

QTEST_MAIN(TestRecordTableModel)
#include "tst_record_table_model.moc"
