// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/batch_workers.h"

#include "models/ingest/pipeline.h"

#include <algorithm>

namespace idstore {

namespace {

/// More memory than this a batch does not keep for the next one: a single huge row must not stay for good.
constexpr std::size_t bytesKept = 8 * 1024 * 1024;
constexpr int maxThreads = 16;

std::size_t bytesOf(const RowBatch &rows)
{
    std::size_t bytes = rows.byteCount();
    for (const Rejection &rejection : rows.rejections()) {
        bytes += sizeof(Rejection) +
                 static_cast<std::size_t>(rejection.reason.size() + rejection.raw.size()) * sizeof(QChar);
    }
    return bytes;
}

} // namespace

int BatchWorkers::usualThreadCount()
{
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, maxThreads);
}

BatchWorkers::BatchWorkers(RecordReader &reader, const DatasetWriter &writer, const Columns &columns,
                           const CancelToken &cancel, int threadCount)
    : m_reader(reader)
    , m_pieces(reader.pieces())
    , m_writer(writer)
    , m_cancel(cancel)
    , m_slotsAhead(static_cast<std::size_t>(threadCount) * 2 + 2)
    , m_inOrder(!m_pieces)
    , m_profiles(static_cast<std::size_t>(threadCount), ColumnProfile(columns))
{
    for (std::size_t i = 0; i < m_profiles.size(); ++i)
        m_threads.emplace_back([this, i] { work(i); });
}

BatchWorkers::~BatchWorkers()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_workOrStop.notify_all();
    }
    for (std::thread &thread : m_threads)
        thread.join();
}

void BatchWorkers::work(std::size_t thread)
{
    lowerThreadPriority();
    Lock lock(m_mutex);
    while (!m_isStopped) {
        // A source that is read by one thread alone must not wait for it.
        const bool readsFirst = !m_pieces && thread == 0 && mayRead(thread);
        Slot *const settled = readsFirst ? nullptr : firstAt(Stage::Settled);
        if (settled)
            prepare(*settled, m_profiles[thread], lock);
        else if (mayRead(thread))
            readNext(lock);
        else
            m_workOrStop.wait(lock);
    }
}

bool BatchWorkers::mayRead(std::size_t thread) const
{
    if (m_isAtEnd || m_isTakingNext || m_inFlight.size() >= m_slotsAhead ||
        (m_bytesInFlight >= bytesAhead && !m_inFlight.empty()))
        return false;
    if (!m_pieces)
        return thread == 0;
    return !m_inOrder || m_settled == m_inFlight.size();
}

void BatchWorkers::readNext(Lock &lock)
{
    if (m_cancel.isCancelled()) {
        end(cancelledError());
        return;
    }
    std::unique_ptr<Slot> slot;
    if (m_spare.empty()) {
        slot = std::make_unique<Slot>();
        if (m_pieces)
            slot->piece = m_pieces->newPiece();
    } else {
        slot = std::move(m_spare.back());
        m_spare.pop_back();
    }
    m_isTakingNext = true;
    slot->isPiece = !m_inOrder;
    lock.unlock();
    const Result<bool> taken = slot->isPiece ? m_pieces->cut(*slot->piece) : m_reader.read(slot->rows);
    lock.lock();
    m_isTakingNext = false;
    if (!taken) {
        end(taken.error());
        return;
    }
    if (!*taken) {
        if (slot->isPiece)
            m_inOrder = true;
        else
            end({});
        m_spare.push_back(std::move(slot));
        m_workOrStop.notify_all();
        return;
    }
    m_inOrder = !m_pieces;
    Slot &mine = *slot;
    m_inFlight.push_back(std::move(slot));
    if (mine.isPiece) {
        mine.stage = Stage::Reading;
        countBytes(mine, mine.piece->byteCount());
        m_workOrStop.notify_one(); // the next piece can be cut
        lock.unlock();
        m_pieces->parse(*mine.piece, mine.rows);
        lock.lock();
    }
    mine.stage = Stage::Read;
    countBytes(mine, (mine.isPiece ? mine.piece->byteCount() : 0) + bytesOf(mine.rows));
    settleWhatCanBe();
}

void BatchWorkers::settleWhatCanBe()
{
    std::size_t settledNow = 0;
    for (; m_settled < m_inFlight.size() && m_inFlight[m_settled]->stage == Stage::Read; ++m_settled, ++settledNow) {
        Slot &slot = *m_inFlight[m_settled];
        if (slot.isPiece)
            m_pieces->settle(*slot.piece, slot.rows);
        slot.rowsBefore = m_rows;
        m_rows += static_cast<qint64>(slot.rows.rowCount());
        slot.stage = Stage::Settled;
    }
    // One of them is for the caller.
    if (settledNow > 1 || m_inOrder || !m_pieces)
        m_workOrStop.notify_all();
}

void BatchWorkers::prepare(Slot &slot, ColumnProfile &profile, Lock &lock)
{
    slot.stage = Stage::Preparing;
    lock.unlock();
    profile.observe(slot.rows);
    Result<void> outcome = m_writer.prepareBatch(slot.rows, slot.rowsBefore, slot.prepared);
    lock.lock();
    slot.outcome = std::move(outcome);
    slot.stage = Stage::Ready;
    if (&slot == m_inFlight.front().get())
        m_readyOrEnd.notify_one();
}

BatchWorkers::Slot *BatchWorkers::firstAt(Stage stage)
{
    const auto settledEnd = m_inFlight.begin() + static_cast<std::ptrdiff_t>(m_settled);
    const auto found =
        std::find_if(m_inFlight.begin(), settledEnd, [&](const auto &slot) { return slot->stage == stage; });
    return found == settledEnd ? nullptr : found->get();
}

void BatchWorkers::countBytes(Slot &slot, std::size_t bytes)
{
    m_bytesInFlight += bytes - slot.bytes;
    slot.bytes = bytes;
}

void BatchWorkers::end(Result<void> outcome)
{
    m_isAtEnd = true;
    if (!m_isBroken)
        m_outcome = std::move(outcome);
    m_readyOrEnd.notify_one();
}

BatchWorkers::Batch *BatchWorkers::take(std::chrono::milliseconds patience)
{
    Lock lock(m_mutex);
    const auto isReady = [&] { return !m_inFlight.empty() && m_inFlight.front()->stage == Stage::Ready; };
    m_readyOrEnd.wait_for(lock, patience, [&] { return isReady() || (m_isAtEnd && m_inFlight.empty()); });
    if (!isReady())
        return nullptr;
    Slot &slot = *m_inFlight.front();
    if (slot.outcome)
        return &slot;
    // What comes after it is of no interest any more, not even its errors.
    m_outcome = slot.outcome;
    m_isBroken = true;
    m_isStopped = true;
    m_workOrStop.notify_all();
    return nullptr;
}

void BatchWorkers::giveBack()
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<Slot> slot = std::move(m_inFlight.front());
    m_inFlight.pop_front();
    --m_settled;
    const bool isLarge = slot->bytes > bytesKept;
    countBytes(*slot, 0);
    if (!isLarge)
        m_spare.push_back(std::move(slot));
    m_workOrStop.notify_all();
}

bool BatchWorkers::isDone() const
{
    const std::lock_guard lock(m_mutex);
    return m_isBroken || (m_isAtEnd && m_inFlight.empty());
}

Result<void> BatchWorkers::outcome() const
{
    const std::lock_guard lock(m_mutex);
    return m_outcome;
}

ColumnProfile BatchWorkers::profile() const
{
    ColumnProfile whole = m_profiles.front();
    for (auto part = m_profiles.begin() + 1; part != m_profiles.end(); ++part)
        whole.merge(*part);
    return whole;
}

} // namespace idstore
