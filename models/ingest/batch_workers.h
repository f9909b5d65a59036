// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/domain/row_batch.h"
#include "models/ingest/column_profile.h"
#include "models/ingest/piece_reader.h"
#include "models/ingest/record_reader.h"
#include "models/store/dataset_store.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace idstore {

/// Threads that read a source and prepare its batches for the writer, some way ahead of it: whoever is free prepares
/// the oldest batch whose place is known, or reads a new one. A source that falls into pieces is parsed by all of them;
/// any other is read by the first thread alone. Batches come out in the order of the source, a little more than
/// `bytesAhead` of them at most, so memory depends on the number of threads only.
///
/// A batch's way: read (parsed) → settled, in order, which tells how many rows come before it → prepared → taken.
/// Used by one thread. Errors of reading and preparing come out in the source's order too.
class BatchWorkers
{
public:
    struct Batch
    {
        RowBatch rows;
        std::unique_ptr<PreparedBatch> prepared; ///< for DatasetWriter::writePrepared()
    };

    static constexpr std::size_t bytesAhead = 32 * 1024 * 1024;

    /// As many threads as there are processors, within reason.
    [[nodiscard]] static int usualThreadCount();

    /// `reader` and `writer` must outlive it; only prepareBatch() is called of the writer.
    /// `columns`: the reader's, with the types chosen for them.
    BatchWorkers(RecordReader &reader, const DatasetWriter &writer, const Columns &columns, const CancelToken &cancel,
                 int threadCount);
    /// Stops reading; waits for the threads to notice.
    ~BatchWorkers();
    Q_DISABLE_COPY_MOVE(BatchWorkers)

    /// The next batch, which stays here; null when none is ready within `patience`, or ever.
    [[nodiscard]] Batch *take(std::chrono::milliseconds patience);
    /// The batch taken last has been written; its memory is used again.
    void giveBack();
    /// Nothing comes any more.
    [[nodiscard]] bool isDone() const;
    /// How reading ended; only after isDone().
    [[nodiscard]] Result<void> outcome() const;
    /// What the rows read say of their columns; only after isDone() with a good outcome.
    [[nodiscard]] ColumnProfile profile() const;

private:
    enum class Stage { Reading, Read, Settled, Preparing, Ready };
    struct Slot : Batch
    {
        std::unique_ptr<SourcePiece> piece;
        bool isPiece = false; ///< read with parse(); else with read()
        Stage stage = Stage::Reading;
        qint64 rowsBefore = 0;
        std::size_t bytes = 0; ///< as counted in m_bytesInFlight
        Result<void> outcome;
    };
    using Lock = std::unique_lock<std::mutex>;

    void work(std::size_t thread);
    [[nodiscard]] bool mayRead(std::size_t thread) const;
    void readNext(Lock &lock);
    void prepare(Slot &slot, ColumnProfile &profile, Lock &lock);
    void settleWhatCanBe();
    void end(Result<void> outcome);
    void countBytes(Slot &slot, std::size_t bytes);
    [[nodiscard]] Slot *firstAt(Stage stage);

    RecordReader &m_reader;
    PieceReader *const m_pieces; ///< null: read() only
    const DatasetWriter &m_writer;
    const CancelToken m_cancel;
    const std::size_t m_slotsAhead;

    mutable std::mutex m_mutex; ///< for all below but the profiles, of which each thread has one
    std::condition_variable m_workOrStop;
    std::condition_variable m_readyOrEnd;
    std::deque<std::unique_ptr<Slot>> m_inFlight; ///< in the order of the source
    std::vector<std::unique_ptr<Slot>> m_spare;
    std::size_t m_settled = 0; ///< so many at the front of m_inFlight
    std::size_t m_bytesInFlight = 0;
    qint64 m_rows = 0; ///< in all batches settled
    bool m_isTakingNext = false; ///< somebody is in cut() or read()
    bool m_inOrder = false; ///< the next batch comes from read()
    bool m_isAtEnd = false; ///< of the source, or of what can be read of it
    bool m_isStopped = false;
    bool m_isBroken = false; ///< a batch could not be prepared, and all before it have been taken
    Result<void> m_outcome;

    std::vector<ColumnProfile> m_profiles;
    std::vector<std::thread> m_threads; // start last
};

} // namespace idstore
