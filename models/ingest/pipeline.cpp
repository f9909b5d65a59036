// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/domain/column_choices.h"
#include "models/ingest/bounded_queue.h"
#include "models/ingest/column_profile.h"
#include "models/ingest/run_progress.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <memory>
#include <thread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace idstore {

namespace {

using BatchPointer = std::unique_ptr<RowBatch>;

/// Batches of about 1 MiB: enough to keep both threads busy, little enough to keep memory flat.
constexpr std::size_t batchesAhead = 4;

/// The reader's side: fills batches, takes back emptied ones so that their memory is used again.
class ReaderThread
{
public:
    ReaderThread(RecordReader &reader, const Columns &columns, const CancelToken &cancel)
        : m_reader(reader)
        , m_cancel(cancel)
        , m_profile(columns)
        , m_filled(batchesAhead)
        , m_emptied(batchesAhead + 2)
        , m_thread([this] { run(); })
    {}

    /// Stops reading; waits for the reader to notice.
    ~ReaderThread()
    {
        m_filled.close();
        m_thread.join();
    }

    std::optional<BatchPointer> take(std::chrono::milliseconds patience) { return m_filled.pop(patience); }
    /// What the rows read say of their columns; only after isDone().
    [[nodiscard]] const ColumnProfile &profile() const { return m_profile; }
    void giveBack(BatchPointer batch) { m_emptied.push(std::move(batch)); }
    [[nodiscard]] bool isDone() const { return m_filled.isDrained(); }
    /// How reading ended; only after isDone().
    [[nodiscard]] const Result<void> &outcome() const { return m_outcome; }

private:
    void run()
    {
        lowerThreadPriority();
        for (;;) {
            if (m_cancel.isCancelled()) {
                m_outcome = cancelledError();
                break;
            }
            BatchPointer batch = m_emptied.pop(std::chrono::milliseconds(0)).value_or(nullptr);
            if (!batch)
                batch = std::make_unique<RowBatch>();
            Result<bool> more = m_reader.read(*batch);
            if (!more)
                m_outcome = more.error();
            else
                m_profile.observe(*batch);
            if (!more || !*more || !m_filled.push(std::move(batch)))
                break;
        }
        m_filled.close();
    }

    RecordReader &m_reader;
    const CancelToken m_cancel;
    ColumnProfile m_profile;
    BoundedQueue<BatchPointer> m_filled;
    BoundedQueue<BatchPointer> m_emptied;
    Result<void> m_outcome; ///< written before m_filled closes, read after
    std::thread m_thread; // starts last
};

} // namespace

Result<DatasetSummary> pump(RecordReader &reader, DatasetWriter &writer, const CancelToken &cancel,
                            RunProgress &progress, const std::function<void()> &everySecond, const Columns &before)
{
    constexpr auto patience = std::chrono::milliseconds(200);
    constexpr qint64 beatMs = 1000;

    QElapsedTimer sinceBeat;
    sinceBeat.start();
    Columns columns = withChoices(reader.columns(), before);
    {
        ReaderThread source(reader, columns, cancel);
        while (!source.isDone()) {
            if (sinceBeat.elapsed() >= beatMs) {
                everySecond();
                sinceBeat.restart();
            }
            if (cancel.isCancelled())
                return cancelledError();
            std::optional<BatchPointer> batch = source.take(patience);
            if (!batch)
                continue;
            IDS_CHECK(writer.write(**batch));
            progress.advance(static_cast<qint64>((*batch)->rowCount()),
                             static_cast<qint64>((*batch)->rejections().size()), (*batch)->sourceBytes);
            source.giveBack(std::move(*batch));
        }
        IDS_CHECK(source.outcome());
        source.profile().describe(columns);
    }
    if (cancel.isCancelled())
        return cancelledError();
    progress.setPhase(RunPhase::Finishing);
    return writer.finish(columns);
}

void lowerThreadPriority()
{
#ifdef Q_OS_LINUX
    // Per thread on Linux; elsewhere the scheduler is left alone.
    constexpr int background = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), background);
#endif
}

Error cancelledError()
{
    return {ErrorKind::Cancelled,
            QStringLiteral("cancelled"),
            QCoreApplication::translate("Ingestion", "The run was cancelled."),
            QCoreApplication::translate("Ingestion", "The rows of the run before are unchanged."),
            {},
            {}};
}

} // namespace idstore
