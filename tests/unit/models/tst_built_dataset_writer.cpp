// SPDX-License-Identifier: GPL-3.0-or-later
// The built file against the reference writer's: same schema, same values of the same types, row for row, and whole
// in SQLite's own judgement.
#include "random_rows.h"

#include "models/ingest/column_profile.h"
#include "models/services/record_service.h"
#include "models/store/sqlite/built_dataset_writer.h"
#include "models/store/sqlite/sqlite_dataset_store.h"
#include "models/store/sqlite/sqlite_dataset_writer.h"
#include "tests/support/database_reading.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

#include <sqlite3.h>

using namespace idstore;
using idstore::test::addRandomCell;
using idstore::test::Database;
using idstore::test::difference;
using idstore::test::FileSizeLimit;
using idstore::test::randomRejection;
using idstore::test::textOf;

namespace {

const SourceId source(1);
constexpr qint64 referenceGeneration = 1;
constexpr qint64 builtGeneration = 2;

Columns columnsNamed(int count)
{
    Columns columns;
    for (int i = 0; i < count; ++i)
        columns.append(
            {QStringLiteral("Spalte %1 ü").arg(i), i % 3 == 0 ? ColumnType::Integer : ColumnType::Text, i % 5 == 0});
    return columns;
}

/// One batch of one column with a text of each length.
RowBatch textsOf(const std::vector<std::size_t> &lengths)
{
    RowBatch batch;
    batch.reset(1);
    qint64 line = 0;
    for (const std::size_t length : lengths) {
        batch.addCell(textOf(length, static_cast<quint32>(line)));
        batch.endRow(++line);
    }
    return batch;
}

} // namespace

class TestBuiltDatasetWriter : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<DataDirectory> m_directory;
    std::unique_ptr<SqliteDatasetStore> m_store;

    QString path(qint64 generation) const { return m_directory->datasetPath(source, generation); }

    /// Writes the batches with both writers, prepared or not or once each, and compares everything a reader can see of
    /// the files.
    void verifySame(const Columns &columns, const std::vector<RowBatch> &batches,
                    const BuiltDatasetWriter::Layout &layout, const std::vector<bool> &ways = {false, true})
    {
        ColumnProfile profile(static_cast<int>(columns.size()));
        auto reference = SqliteDatasetWriter::create(path(referenceGeneration), columns);
        IDS_VERIFY_OK(reference);
        for (const RowBatch &batch : batches) {
            IDS_VERIFY_OK((*reference)->write(batch));
            profile.observe(batch);
        }
        Columns described = columns;
        profile.describe(described);
        const auto expected = (*reference)->finish(described);
        IDS_VERIFY_OK(expected);
        for (const bool isPrepared : ways) {
            auto built = BuiltDatasetWriter::create(path(builtGeneration), columns, layout);
            IDS_VERIFY_OK(built);
            if (isPrepared)
                writePrepared(**built, batches);
            else
                writeInOrder(**built, batches);
            if (QTest::currentTestFailed())
                return;
            const auto actual = (*built)->finish(described);
            IDS_VERIFY_OK(actual);
            QCOMPARE(actual->rows, expected->rows);
            QCOMPARE(actual->rejected, expected->rejected);
            QCOMPARE(actual->columns, expected->columns);
            verifySameFiles(layout.pageSize);
            if (!QTest::currentTestFailed())
                verifySameThroughStore(expected->columns);
            if (QTest::currentTestFailed())
                QFAIL(isPrepared ? "prepared" : "not prepared");
        }
    }

    static void writeInOrder(BuiltDatasetWriter &writer, const std::vector<RowBatch> &batches)
    {
        for (const RowBatch &batch : batches)
            IDS_VERIFY_OK(writer.write(batch));
    }

    /// Prepares the batches back to front, three at a time, and leaves some unprepared.
    static void writePrepared(BuiltDatasetWriter &writer, const std::vector<RowBatch> &batches)
    {
        constexpr std::size_t ahead = 3;
        std::vector<std::unique_ptr<PreparedBatch>> prepared(ahead);
        qint64 rows = 0;
        for (std::size_t first = 0; first < batches.size(); first += ahead) {
            const std::size_t end = std::min(first + ahead, batches.size());
            std::vector<qint64> rowsBefore;
            for (std::size_t i = first; i < end; ++i) {
                rowsBefore.push_back(rows);
                rows += static_cast<qint64>(batches[i].rowCount());
            }
            for (std::size_t i = end; i-- > first;)
                IDS_VERIFY_OK(writer.prepareBatch(batches[i], rowsBefore[i - first], prepared[i - first]));
            for (std::size_t i = first; i < end; ++i) {
                if (i % 5 == 4)
                    IDS_VERIFY_OK(writer.write(batches[i]));
                else
                    IDS_VERIFY_OK(writer.writePrepared(batches[i], *prepared[i - first]));
            }
        }
    }

    void verifySameFiles(int pageSize)
    {
        Database expected(path(referenceGeneration));
        Database actual(path(builtGeneration));
        QVERIFY(expected.isOpen());
        QVERIFY(actual.isOpen());
        QCOMPARE(actual.value("PRAGMA integrity_check"), QByteArray("3:ok"));
        QCOMPARE(actual.value("PRAGMA page_size"), QByteArray("1:" + QByteArray::number(pageSize)));
        QCOMPARE(actual.value("PRAGMA freelist_count"), QByteArray("1:0"));
        for (const char *sql :
             {"PRAGMA application_id", "PRAGMA user_version", "PRAGMA encoding", "PRAGMA journal_mode",
              "PRAGMA schema_version", "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name",
              "SELECT count(*), min(rowid), max(rowid) FROM records", "SELECT rowid, line FROM records",
              "SELECT * FROM records", "SELECT * FROM records ORDER BY rowid DESC LIMIT 100", "SELECT * FROM rejects",
              "SELECT * FROM columns"})
            QCOMPARE(difference(expected, actual, sql), QString());
        // Every page has its place in the file, and the file no more than its pages.
        const qint64 pages = actual.value("PRAGMA page_count").mid(2).toLongLong();
        QCOMPARE(QFileInfo(path(builtGeneration)).size(), pages * pageSize);
    }

    void verifySameThroughStore(const Columns &columns)
    {
        auto expected = m_store->scan(source, referenceGeneration, columns);
        IDS_VERIFY_OK(expected);
        auto actual = m_store->scan(source, builtGeneration, columns);
        IDS_VERIFY_OK(actual);
        qint64 rows = 0;
        while (true) {
            const auto more = (*expected)->next();
            IDS_VERIFY_OK(more);
            const auto builtMore = (*actual)->next();
            IDS_VERIFY_OK(builtMore);
            QCOMPARE(*builtMore, *more);
            if (!*more)
                break;
            ++rows;
            for (int column = 0; column < columns.size(); ++column)
                QVERIFY((*actual)->cell(column) == (*expected)->cell(column));
        }
        RecordQuery query;
        query.limit = 20;
        for (const qint64 after : {qint64(0), rows / 2, rows - 5}) {
            query.after = std::max<qint64>(after, 0);
            const auto expectedPage = m_store->page(source, referenceGeneration, columns, query, {});
            IDS_VERIFY_OK(expectedPage);
            const auto actualPage = m_store->page(source, builtGeneration, columns, query, {});
            IDS_VERIFY_OK(actualPage);
            QCOMPARE(actualPage->next, expectedPage->next);
            QCOMPARE(actualPage->records.size(), expectedPage->records.size());
            for (qsizetype i = 0; i < actualPage->records.size(); ++i) {
                QCOMPARE(actualPage->records[i].row, expectedPage->records[i].row);
                QCOMPARE(actualPage->records[i].cells, expectedPage->records[i].cells);
            }
        }
        for (qint64 after = 0;;) {
            const auto expectedPage = m_store->rejections(source, referenceGeneration, after, 500);
            IDS_VERIFY_OK(expectedPage);
            const auto actualPage = m_store->rejections(source, builtGeneration, after, 500);
            IDS_VERIFY_OK(actualPage);
            QCOMPARE(actualPage->next, expectedPage->next);
            QCOMPARE(actualPage->rejections, expectedPage->rejections);
            after = expectedPage->next;
            if (after == 0)
                break;
        }
    }

    /// Rows that fill a leaf each, in pages of 512 bytes: the number of rows is the number of leaves.
    void verifyLeaves(int leaves)
    {
        const std::string cell = textOf(460, 1);
        RowBatch batch;
        batch.reset(1);
        for (int i = 0; i < leaves; ++i) {
            batch.addCell(cell);
            batch.endRow(i + 1);
        }
        auto writer = BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1), {.pageSize = 512});
        IDS_VERIFY_OK(writer);
        IDS_VERIFY_OK((*writer)->write(batch));
        IDS_VERIFY_OK((*writer)->finish(columnsNamed(1)));
        Database database(path(builtGeneration));
        QCOMPARE(database.value("PRAGMA integrity_check"), QByteArray("3:ok"));
        const QByteArray count = QByteArray::number(leaves);
        const QByteArray sum = QByteArray::number(leaves * (leaves + 1) / 2);
        const QByteArray sums = "3:" + count + ' ' + sum + ".0 " + sum + ".0 " + (leaves > 0 ? "1" : "0");
        QCOMPARE(database.value("SELECT count(*) || ' ' || total(line) || ' ' || total(rowid) || ' ' ||"
                                " count(DISTINCT c1) FROM records"),
                 sums);
        const QByteArray last = "SELECT line FROM records WHERE rowid = " + count;
        QCOMPARE(database.value(last.constData()), leaves > 0 ? QByteArray("1:" + count) : QByteArray("no row"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto directory = DataDirectory::open(m_folder.path());
        IDS_VERIFY_OK(directory);
        m_directory = std::move(*directory);
        m_store = std::make_unique<SqliteDatasetStore>(*m_directory);
    }

    void init()
    {
        m_store->removeAll(source);
        QVERIFY(QDir().mkpath(m_directory->datasetFolder(source)));
    }

    void tables_atRandom_areTheSame_data()
    {
        QTest::addColumn<int>("columnCount");
        QTest::addColumn<int>("rowCount");
        QTest::addColumn<int>("longest");
        QTest::addColumn<int>("pageSize");
        QTest::newRow("no rows") << 3 << 0 << 10 << 16384;
        QTest::newRow("one row") << 1 << 1 << 10 << 4096;
        QTest::newRow("small") << 14 << 3000 << 80 << 4096;
        QTest::newRow("small, smallest pages") << 5 << 3000 << 200 << 512;
        QTest::newRow("long texts") << 7 << 600 << 40000 << 8192;
        QTest::newRow("long texts, largest pages") << 7 << 600 << 200000 << 65536;
        QTest::newRow("header of 127 bytes") << 126 << 300 << 50 << 1024;
        QTest::newRow("header of 128 bytes") << 127 << 300 << 50 << 1024;
        QTest::newRow("wide") << 300 << 400 << 3000 << 16384;
        QTest::newRow("widest") << SqliteDatasetStore::maxColumns << 60 << 9000 << 16384;
        QTest::newRow("widest, smallest pages") << SqliteDatasetStore::maxColumns << 60 << 9000 << 512;
        QTest::newRow("widest, schema on page 1") << SqliteDatasetStore::maxColumns << 20 << 9000 << 32768;
    }

    void tables_atRandom_areTheSame()
    {
        QFETCH(int, columnCount);
        QFETCH(int, rowCount);
        QFETCH(int, longest);
        QFETCH(int, pageSize);
        for (quint32 seed = 1; seed <= 2; ++seed) {
            QRandomGenerator random(seed);
            std::vector<RowBatch> batches(1);
            batches.back().reset(columnCount);
            for (int row = 0; row < rowCount; ++row) {
                if (random.bounded(200) == 0) {
                    batches.emplace_back();
                    batches.back().reset(columnCount);
                }
                if (random.bounded(20) == 0) { // a row that turns out to be a reject
                    for (int column = 0; column < columnCount; ++column)
                        addRandomCell(batches.back(), random, 100);
                    batches.back().discardRow();
                    batches.back().addRejection(randomRejection(random));
                }
                for (int column = 0; column < columnCount; ++column)
                    addRandomCell(batches.back(), random, static_cast<std::size_t>(longest));
                batches.back().endRow(row * 3 / 2);
            }
            verifySame(columnsNamed(columnCount), batches, {.pageSize = pageSize, .preparedBytes = 0}, {seed == 2});
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void rows_ofEveryLengthOnSmallPages_areTheSame()
    {
        std::vector<std::size_t> lengths;
        for (std::size_t length = 0; length <= 3200; ++length)
            lengths.push_back(length);
        verifySame(columnsNamed(1), {textsOf(lengths)}, {.pageSize = 512});
    }

    void rows_aroundOverflowThresholds_areTheSame_data()
    {
        QTest::addColumn<int>("pageSize");
        for (const int pageSize : {1024, 4096, 8192, 16384, 32768, 65536})
            QTest::addRow("%d", pageSize) << pageSize;
    }

    void rows_aroundOverflowThresholds_areTheSame()
    {
        QFETCH(int, pageSize);
        const auto usable = static_cast<std::size_t>(pageSize);
        const std::size_t most = usable - 35;
        const std::size_t least = (usable - 12) * 32 / 255 - 23;
        std::vector<std::size_t> lengths;
        for (std::size_t pages = 0; pages <= 3; ++pages) {
            for (const std::size_t threshold : {most, least, usable}) {
                // Up to 12 bytes of header and line come on top of the text.
                const std::size_t middle = threshold + pages * (usable - 4);
                for (std::size_t length = middle - 20; length <= middle + 8; ++length)
                    lengths.push_back(length);
            }
        }
        verifySame(columnsNamed(1), {textsOf(lengths)}, {.pageSize = pageSize});
    }

    void cells_ofManyMegabytes_areTheSame()
    {
        const std::size_t mega = 1024 * 1024;
        verifySame(columnsNamed(1), {textsOf({5 * mega, 3, 0, 9 * mega + 1, mega, 20})}, {});
    }

    void lines_ofEverySize_areTheSame()
    {
        RowBatch batch;
        batch.reset(1);
        for (int bit = 0; bit <= 63; ++bit) {
            const auto power = static_cast<qint64>(quint64(1) << bit);
            for (const qint64 line : {power, bit < 63 ? power - 1 : std::numeric_limits<qint64>::max(), ~power}) {
                batch.addCell("x");
                batch.endRow(line);
            }
        }
        verifySame(columnsNamed(1), {batch}, {});
    }

    void leaves_aroundTheFanOut_makeWholeTrees()
    {
        // Some 70 leaves to a page above them, as long as rowids are small.
        for (int leaves = 0; leaves <= 150 && !QTest::currentTestFailed(); ++leaves)
            verifyLeaves(leaves);
        // From where the page above those is full, until it has become two for certain.
        for (int leaves = 3850; leaves <= 3985 && !QTest::currentTestFailed(); ++leaves)
            verifyLeaves(leaves);
    }

    void rows_overFourLevels_areTheSame()
    {
        std::vector<RowBatch> batches;
        for (int i = 0; i < 300'000; ++i) {
            if (i % 5000 == 0) {
                batches.emplace_back();
                batches.back().reset(1);
            }
            if (i % 7 == 0)
                batches.back().addNull();
            else
                batches.back().addCell(textOf(i % 11, static_cast<quint32>(i)));
            batches.back().endRow(i);
        }
        verifySame(columnsNamed(1), batches, {.pageSize = 512});
    }

    void rejections_inGreatNumber_areTheSame()
    {
        QRandomGenerator random(4);
        std::vector<RowBatch> batches(20);
        for (RowBatch &batch : batches) {
            batch.reset(2);
            for (int i = 0; i < 500; ++i)
                batch.addRejection(randomRejection(random));
            batch.addCell("between");
            batch.addNull();
            batch.endRow(1);
        }
        verifySame(columnsNamed(2), batches, {});
    }

    void lockBytePage_isLeftOut_data()
    {
        QTest::addColumn<int>("pageSize");
        QTest::addColumn<int>("longest");
        QTest::newRow("among leaves") << 512 << 100;
        QTest::newRow("in a chain") << 512 << 90000;
        QTest::newRow("larger pages") << 16384 << 300000;
    }

    void lockBytePage_isLeftOut()
    {
        QFETCH(int, pageSize);
        QFETCH(int, longest);
        // Where SQLite takes its locks: a GiB into the file, brought near for the test.
        constexpr int near = 256 * 1024;
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, near);
        QRandomGenerator random(9);
        RowBatch batch;
        batch.reset(2);
        while (batch.byteCount() < 1024 * 1024) {
            addRandomCell(batch, random, static_cast<std::size_t>(longest));
            batch.addCell(textOf(random.bounded(static_cast<quint32>(longest)), 3));
            batch.endRow(1);
        }
        verifySame(columnsNamed(2), {batch}, {.pageSize = pageSize, .lockByteOffset = near, .preparedBytes = 0});
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, static_cast<int>(SqlitePageFile::lockByteOffset));
    }

    void tables_beforeFinish_areEmpty()
    {
        auto writer = BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1));
        IDS_VERIFY_OK(writer);
        RowBatch batch = textsOf(std::vector<std::size_t>(5000, 1000));
        batch.addRejection({1, {}, QStringLiteral("code"), {}, {}});
        IDS_VERIFY_OK((*writer)->write(batch));
        Database database(path(builtGeneration));
        QCOMPARE(database.value("SELECT (SELECT count(*) FROM records) + (SELECT count(*) FROM rejects)"),
                 QByteArray("1:0"));
    }

    void writer_withoutFinish_leavesNoFile()
    {
        {
            auto writer = BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1));
            IDS_VERIFY_OK(writer);
            IDS_VERIFY_OK((*writer)->write(textsOf({5, 5000000})));
            QVERIFY(QFile::exists(path(builtGeneration)));
        }
        QVERIFY(QDir(m_directory->datasetFolder(source)).isEmpty());
    }

    void create_overALeftover_startsFromNothing()
    {
        {
            QFile leftover(path(builtGeneration));
            QVERIFY(leftover.open(QIODevice::WriteOnly));
            leftover.write(QByteArray(100000, 'x'));
        }
        verifySame(columnsNamed(2), {}, {});
    }

    void create_inAFolderThatIsNotThere_fails()
    {
        m_store->removeAll(source);
        IDS_VERIFY_ERROR(BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1)), ErrorKind::Internal,
                         "dataset_error");
    }

    void diskFull_whileWriting_isReportedAndNothingLeft()
    {
        {
            const FileSizeLimit limit(3'000'000);
            auto writer = BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1));
            IDS_VERIFY_OK(writer);
            const RowBatch batch = textsOf(std::vector<std::size_t>(1000, 5000));
            IDS_VERIFY_ERROR((*writer)->write(batch), ErrorKind::StorageFull, "storage_full");
            // And it stays so: a later call cannot make a file with a hole of it.
            IDS_VERIFY_ERROR((*writer)->write(textsOf({1})), ErrorKind::StorageFull, "storage_full");
            IDS_VERIFY_ERROR((*writer)->finish(columnsNamed(1)), ErrorKind::StorageFull, "storage_full");
        }
        QVERIFY(QDir(m_directory->datasetFolder(source)).isEmpty());
    }

    void diskFull_atTheEnd_isReportedAndNothingLeft()
    {
        {
            const FileSizeLimit limit(300'000);
            auto writer = BuiltDatasetWriter::create(path(builtGeneration), columnsNamed(1));
            IDS_VERIFY_OK(writer);
            IDS_VERIFY_OK((*writer)->write(textsOf(std::vector<std::size_t>(100, 5000)))); // still in memory
            IDS_VERIFY_ERROR((*writer)->finish(columnsNamed(1)), ErrorKind::StorageFull, "storage_full");
        }
        QVERIFY(QDir(m_directory->datasetFolder(source)).isEmpty());
    }

    void store_writesBuiltFiles()
    {
        auto writer = m_store->createWriter(source, builtGeneration, columnsNamed(1));
        IDS_VERIFY_OK(writer);
        QVERIFY(dynamic_cast<BuiltDatasetWriter *>(writer->get()));
    }
};

QTEST_GUILESS_MAIN(TestBuiltDatasetWriter)
#include "tst_built_dataset_writer.moc"
