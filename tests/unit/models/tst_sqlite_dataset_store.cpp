// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/record_service.h"
#include "models/store/sqlite/sqlite_dataset_store.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <string>

using namespace idstore;

namespace {

const SourceId source(1);

Columns twoColumns()
{
    return {{QStringLiteral("Email")}, {QStringLiteral("email"), ColumnType::Text, true}};
}

} // namespace

class TestSqliteDatasetStore : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<DataDirectory> m_directory;
    std::unique_ptr<SqliteDatasetStore> m_store;

private Q_SLOTS:
    void initTestCase()
    {
        auto directory = DataDirectory::open(m_folder.path());
        IDS_VERIFY_OK(directory);
        m_directory = std::move(*directory);
        m_store = std::make_unique<SqliteDatasetStore>(*m_directory);
    }

    void init() { m_store->removeAll(source); }

    void write_awkwardValues_comeBackByteForByte()
    {
        const QList<std::optional<QString>> values{std::nullopt,
                                                   QString(QLatin1StringView("")),
                                                   QStringLiteral("00123"),
                                                   QStringLiteral("1e5"),
                                                   QStringLiteral("  spaced "),
                                                   QStringLiteral("line\r\nbreak"),
                                                   QStringLiteral("☕ 佐藤"),
                                                   QString(QChar(0)) + u'x',
                                                   QStringLiteral("'; DROP TABLE records; --")};
        auto writer = m_store->createWriter(source, 1, twoColumns());
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        for (const auto &value : values) {
            if (value)
                batch.addCell(value->toStdString());
            else
                batch.addNull();
            batch.addCell("x");
            batch.endRow(5);
        }
        IDS_VERIFY_OK((*writer)->write(batch));
        const auto summary = (*writer)->finish(twoColumns());
        IDS_VERIFY_OK(summary);
        QCOMPARE(summary->rows, values.size());

        const auto page = m_store->page(source, 1, summary->columns, {}, {});
        IDS_VERIFY_OK(page);
        QCOMPARE(page->records.size(), values.size());
        for (qsizetype i = 0; i < values.size(); ++i) {
            QCOMPARE(page->records[i].row, i + 1);
            QCOMPARE(page->records[i].cells[0], values[i]);
        }
        QCOMPARE(page->next, 0);
    }

    void writer_withoutFinish_leavesNoFile()
    {
        {
            auto writer = m_store->createWriter(source, 3, twoColumns());
            IDS_VERIFY_OK(writer);
            QVERIFY(QFile::exists(m_directory->datasetPath(source, 3)));
        }
        QVERIFY(QDir(m_directory->datasetFolder(source)).isEmpty());
    }

    void createWriter_tooManyColumns_isRefused()
    {
        Columns columns;
        for (int i = 0; i <= SqliteDatasetStore::maxColumns; ++i)
            columns.append({QStringLiteral("c%1").arg(i)});
        IDS_VERIFY_ERROR(m_store->createWriter(source, 1, columns), ErrorKind::Source, "too_many_columns");
        columns.removeLast();
        IDS_VERIFY_OK(m_store->createWriter(source, 1, columns));
    }

    void page_searchAndFilter_findRows()
    {
        auto writer = m_store->createWriter(source, 1, twoColumns());
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        for (int i = 1; i <= 1000; ++i) {
            batch.addCell(i % 10 == 0 ? "MÜLLER@Example.com" : "other");
            batch.addCell(i % 2 == 0 ? "even" : "odd");
            batch.endRow(i);
        }
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(twoColumns()));

        RecordQuery query;
        query.limit = 30;
        query.text = QStringLiteral("example.COM");
        const auto first = m_store->page(source, 1, twoColumns(), query, {});
        IDS_VERIFY_OK(first);
        QCOMPARE(first->records.size(), 30);
        QCOMPARE(first->records.first().row, 10);
        QCOMPARE(first->next, 300);
        query.after = 970;
        const auto last = m_store->page(source, 1, twoColumns(), query, {});
        IDS_VERIFY_OK(last);
        QCOMPARE(last->records.size(), 3);
        QCOMPARE(last->next, 0);

        query = {};
        query.filters = {{QStringLiteral("email"), QStringLiteral("odd")}};
        query.text = QStringLiteral("müller");
        const auto none = m_store->page(source, 1, twoColumns(), query, {});
        IDS_VERIFY_OK(none);
        QCOMPARE(none->records.size(), 0);
    }

    void page_sorted_followsTheColumnsTypeAndFilters()
    {
        Columns columns = twoColumns();
        columns[0].type = ColumnType::Integer;
        auto writer = m_store->createWriter(source, 1, columns);
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        constexpr int rows = 3000;
        for (int i = 1; i <= rows; ++i) {
            batch.addCell(std::to_string((i * 7919) % rows)); // every number once, in disorder
            batch.addCell(i % 2 == 0 ? "even" : "odd");
            batch.endRow(i);
        }
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(columns));

        for (const bool descending : {false, true}) {
            for (const bool filtered : {false, true}) {
                RecordQuery query;
                query.limit = 700;
                query.sort = RecordSort{columns[0].name, descending};
                if (filtered)
                    query.filters = {{columns[1].name, QStringLiteral("odd")}};
                QList<int> numbers;
                do {
                    const auto page = m_store->page(source, 1, columns, query, {});
                    IDS_VERIFY_OK(page);
                    for (const Record &record : page->records) {
                        QCOMPARE(record.cells[0]->toInt(), int(record.row * 7919 % rows));
                        numbers.append(record.cells[0]->toInt());
                    }
                    query.after = page->next;
                } while (query.after > 0);
                QCOMPARE(numbers.size(), filtered ? rows / 2 : rows);
                if (descending)
                    std::ranges::reverse(numbers);
                QVERIFY(std::ranges::is_sorted(numbers));
            }
        }
        QCOMPARE(QDir(m_directory->datasetFolder(source)).entryList(QDir::Files),
                 QStringList({QStringLiteral("1.c1-integer.order"), QStringLiteral("1.db")}));
        m_store->removeGeneration(source, 1);
        QVERIFY(QDir(m_directory->datasetFolder(source)).isEmpty());
    }

    void prepareSort_cancelled_leavesNothingBehind()
    {
        auto writer = m_store->createWriter(source, 1, twoColumns());
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        for (int i = 1; i <= 20'000; ++i) {
            batch.addCell("x");
            batch.addNull();
            batch.endRow(i);
        }
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(twoColumns()));
        const CancelToken cancel;
        cancel.cancel();
        const RecordSort sort{twoColumns()[0].name};
        IDS_VERIFY_ERROR(m_store->prepareSort(source, 1, twoColumns(), sort, cancel, {}), ErrorKind::Cancelled,
                         "cancelled");
        QCOMPARE(QDir(m_directory->datasetFolder(source)).entryList(QDir::Files), QStringList(QStringLiteral("1.db")));
        IDS_VERIFY_OK(m_store->prepareSort(source, 1, twoColumns(), sort, {}, {}));
    }

    void page_cancelledSearch_stops()
    {
        auto writer = m_store->createWriter(source, 1, twoColumns());
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        for (int i = 1; i <= 2000; ++i) {
            batch.addNull();
            batch.addNull();
            batch.endRow(i);
        }
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(twoColumns()));
        RecordQuery query;
        query.text = QStringLiteral("nowhere");
        const CancelToken cancel;
        cancel.cancel();
        IDS_VERIFY_ERROR(m_store->page(source, 1, twoColumns(), query, cancel), ErrorKind::Cancelled, "cancelled");
    }

    void rejections_arePaged()
    {
        auto writer = m_store->createWriter(source, 1, twoColumns());
        IDS_VERIFY_OK(writer);
        RowBatch batch;
        batch.reset(2);
        for (int i = 1; i <= 5; ++i)
            batch.addRejection(
                {i, {}, QStringLiteral("too_many_fields"), QStringLiteral("Too many."), QStringLiteral("a;b;c")});
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(twoColumns()));

        const auto first = m_store->rejections(source, 1, 0, 3);
        IDS_VERIFY_OK(first);
        QCOMPARE(first->rejections.size(), 3);
        QCOMPARE(first->next, 3);
        const auto second = m_store->rejections(source, 1, first->next, 3);
        IDS_VERIFY_OK(second);
        QCOMPARE(second->rejections.size(), 2);
        QCOMPARE(second->rejections.last(), (Rejection{5, QLatin1StringView(""), QStringLiteral("too_many_fields"),
                                                       QStringLiteral("Too many."), QStringLiteral("a;b;c")}));
        QCOMPARE(second->next, 0);
    }
};

QTEST_GUILESS_MAIN(TestSqliteDatasetStore)
#include "tst_sqlite_dataset_store.moc"
