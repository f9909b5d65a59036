// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"
#include "models/ingest/run_progress.h"
#include "tests/support/memory_connector.h"
#include "tests/support/result_checks.h"

#include <QTest>

#include <limits>
#include <thread>

using namespace idstore;

namespace {

/// Counts what it is given, and fails when told to.
class CountingWriter final : public DatasetWriter
{
public:
    qint64 failAfterRows = -1;
    DatasetSummary summary;
    bool finished = false;

    Result<void> write(const RowBatch &batch) override
    {
        summary.rows += static_cast<qint64>(batch.rowCount());
        summary.rejected += static_cast<qint64>(batch.rejections().size());
        if (failAfterRows >= 0 && summary.rows > failAfterRows)
            return Error{ErrorKind::StorageFull, QStringLiteral("storage_full"), {}, {}, {}, {}};
        return {};
    }
    Result<DatasetSummary> finish(const Columns &columns) override
    {
        summary.columns = columns;
        finished = true;
        return summary;
    }
};

/// Prepares batches, which fails from a row on, and checks what it is given back.
class PreparingWriter final : public DatasetWriter
{
public:
    struct Prepared final : PreparedBatch
    {
        qint64 rowsBefore = 0;
        std::size_t rows = 0;
    };

    qint64 failFromRow = std::numeric_limits<qint64>::max();
    qint64 rows = 0;
    bool fits = true; ///< every batch came with what was prepared of it

    Result<void> prepareBatch(const RowBatch &batch, qint64 rowsBefore,
                              std::unique_ptr<PreparedBatch> &prepared) const override
    {
        if (rowsBefore + static_cast<qint64>(batch.rowCount()) > failFromRow)
            return Error{ErrorKind::Internal, QStringLiteral("row_%1").arg(rowsBefore), {}, {}, {}, {}};
        auto made = std::make_unique<Prepared>();
        made->rowsBefore = rowsBefore;
        made->rows = batch.rowCount();
        prepared = std::move(made);
        return {};
    }
    Result<void> write(const RowBatch &batch) override
    {
        Q_UNUSED(batch)
        fits = false;
        return {};
    }
    Result<void> writePrepared(const RowBatch &batch, PreparedBatch &prepared) override
    {
        const auto &made = static_cast<Prepared &>(prepared);
        fits = fits && made.rowsBefore == rows && made.rows == batch.rowCount();
        rows += static_cast<qint64>(batch.rowCount());
        return {};
    }
    Result<DatasetSummary> finish(const Columns &columns) override { return DatasetSummary{columns, rows, 0}; }
};

std::unique_ptr<RecordReader> openReader(const test::MemoryConnector &connector, const CancelToken &cancel)
{
    ReadRequest request;
    request.cancel = cancel;
    return std::move(*connector.open(request));
}

} // namespace

class TestPipeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pump_wholeSource_countsAddUp()
    {
        test::MemoryConnector connector;
        connector.behaviour = {.rows = 12'345, .rejectEvery = 10};
        CountingWriter writer;
        RunProgress progress;
        const auto summary = pump(*openReader(connector, {}), writer, {}, progress, [] {});
        IDS_VERIFY_OK(summary);
        QCOMPARE(summary->rows, 12'345 - 1'234);
        QCOMPARE(summary->rejected, 1'234);
        QVERIFY(progress.counts().addUp());
        QCOMPARE(progress.counts().read, 12'345);
        QVERIFY(writer.finished);
    }

    void pump_sourceBreaks_isNotFinished()
    {
        test::MemoryConnector connector;
        connector.behaviour = {.rows = 1'000, .failAfter = 500};
        CountingWriter writer;
        RunProgress progress;
        IDS_VERIFY_ERROR(pump(*openReader(connector, {}), writer, {}, progress, [] {}), ErrorKind::Source,
                         "source_broke");
        QVERIFY(!writer.finished);
    }

    void pump_writerFails_endsWithItsError()
    {
        test::MemoryConnector connector;
        connector.behaviour = {.rows = 1'000'000};
        CountingWriter writer;
        writer.failAfterRows = 1'000;
        RunProgress progress;
        IDS_VERIFY_ERROR(pump(*openReader(connector, {}), writer, {}, progress, [] {}), ErrorKind::StorageFull,
                         "storage_full");
        QVERIFY(!writer.finished);
    }

    void pump_writerPrepares_getsItBackInOrder()
    {
        for (int threads = 1; threads <= 8; ++threads) {
            test::MemoryConnector connector;
            connector.behaviour = {.rows = 12'345, .rejectEvery = 7};
            PreparingWriter writer;
            RunProgress progress;
            IDS_VERIFY_OK(pump(
                *openReader(connector, {}), writer, {}, progress, [] {}, {}, threads));
            QVERIFY(writer.fits);
            QCOMPARE(writer.rows, 12'345 - 12'345 / 7);
        }
    }

    void pump_preparingFails_endsWithTheFirstErrorOfTheSource()
    {
        for (int threads = 1; threads <= 8; ++threads) {
            test::MemoryConnector connector;
            // Every batch from row 5,000 on fails, and so does the source, further down.
            connector.behaviour = {.rows = 10'000, .failAfter = 5'900};
            PreparingWriter writer;
            writer.failFromRow = 5'000;
            RunProgress progress;
            IDS_VERIFY_ERROR(pump(
                                 *openReader(connector, {}), writer, {}, progress, [] {}, {}, threads),
                             ErrorKind::Internal, "row_5000");
            QCOMPARE(writer.rows, 5'000);
        }
    }

    void pump_cancelledWhileRunning_ends()
    {
        test::MemoryConnector connector;
        const CancelToken cancel;
        connector.behaviour = {.rows = 1'000'000'000, .beforeBatch = [&](qint64 row) {
                                   if (row > 5'000)
                                       cancel.cancel();
                               }};
        CountingWriter writer;
        RunProgress progress;
        IDS_VERIFY_ERROR(pump(*openReader(connector, cancel), writer, cancel, progress, [] {}), ErrorKind::Cancelled,
                         "cancelled");
        QVERIFY(!writer.finished);
    }

    void pump_silentSource_stillBeats()
    {
        test::MemoryConnector connector;
        std::atomic<bool> beaten = false;
        connector.behaviour = {.rows = 10, .beforeBatch = [&](qint64 row) {
                                   // The source goes quiet until the heartbeat has come twice the patience later.
                                   while (row == 0 && !beaten)
                                       std::this_thread::yield();
                               }};
        CountingWriter writer;
        RunProgress progress;
        IDS_VERIFY_OK(pump(*openReader(connector, {}), writer, {}, progress, [&] { beaten = true; }));
        QVERIFY(beaten);
    }

    void progress_knownTotals_giveTimeLeftAndItsBasis()
    {
        RunProgress progress;
        progress.setTotals(1'000, std::nullopt, EstimateBasis::CountedRows);
        QVERIFY(!progress.sample().secondsLeft);
        QTest::qWait(250);
        progress.advance(200, 50, 10);
        const Progress sample = progress.sample();
        QCOMPARE(sample.rows, 250);
        QCOMPARE(sample.fraction(), 0.25);
        QVERIFY(sample.rowsPerSecond > 0);
        QVERIFY(sample.secondsLeft.has_value());
        QVERIFY(sample.basis == EstimateBasis::CountedRows);
    }
};

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
