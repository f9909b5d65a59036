// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/repair_task.h"

#include "models/ingest/pipeline.h"
#include "models/services/source_opening.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RepairTask)
};

constexpr int rowsAtOnce = 500;

QString count(qint64 number)
{
    return QLocale().toString(number);
}

} // namespace

RepairTask::RepairTask(EngineParts &parts, RunRegistry &registry, Source source, IngestionRun run, ActiveRun active,
                       QList<qint64> rejections)
    : RunTask(parts, registry, std::move(source), std::move(run), std::move(active))
    , m_rejections(std::move(rejections))
    , m_profile(this->source().columns)
{}

Result<RunTask::Built> RepairTask::build()
{
    log(RunLogLine::Level::Info, Words::tr("Repair of rejected rows started."));
    IDS_TRY(connector, readableConnector(parts(), source().sourceType));
    IDS_TRY(request, readRequest(parts(), source()));
    request.cancel = active().cancel;
    CorrectionReader reader(source().columns, [&] { return connector->openRowParser(request); });
    if (!m_rejections.isEmpty())
        active().progress->setTotals(m_rejections.size(), {}, EstimateBasis::CountedRows);
    active().progress->setPhase(RunPhase::Reading);
    m_sinceBeat.start();
    IDS_CHECK(repairRows(reader));
    IDS_CHECK(saveMisfits());
    if (!m_revision)
        return Built{0, {source().columns, source().rowCount, source().rejectedCount}};

    active().progress->setPhase(RunPhase::Finishing);
    IDS_TRY(columns, describedColumns());
    IDS_TRY(summary, m_revision->finish(columns));
    const qint64 repaired = active().progress->counts().added;
    if (summary.rows != source().rowCount + repaired || summary.rejected != source().rejectedCount - repaired)
        return countsDoNotAddUp(summary);
    return Built{m_generation, std::move(summary)};
}

Result<void> RepairTask::repairRows(CorrectionReader &reader)
{
    // Every row that has a correction is looked at, chosen or not: several may have the same text.
    IDS_TRY(marks, parts().corrections->marks(source().id, CorrectionRepository::Which::All));
    qint64 after = 0;
    do {
        IDS_CHECK(checkIn());
        IDS_TRY(page, parts().datasets->rejections(source().id, source().generation, after, rowsAtOnce));
        for (const RejectedRow &row : std::as_const(page.rejections)) {
            const RowKey key = RowKey::of(row);
            if (!std::ranges::binary_search(marks, key.mark()))
                continue;
            if (m_rejections.isEmpty() || std::ranges::binary_search(m_rejections, row.id))
                IDS_CHECK(repair(row, key, reader));
            else
                m_waiting.insert(key.mark());
        }
        after = page.next;
    } while (after > 0);
    return {};
}

Result<void> RepairTask::repair(const RejectedRow &row, const RowKey &key, CorrectionReader &reader)
{
    IDS_TRY(saved, parts().corrections->find(source().id, key));
    if (!saved) // forgotten since the run was started
        return {};
    IDS_TRY(misfit, reader.read(saved->correction, row, m_row));
    if (misfit) {
        m_misfits.push_back({saved->id, std::move(misfit)});
        active().progress->advance(0, 1, 0);
        return {};
    }
    if (!m_revision) {
        IDS_TRY(generation, parts().sourceRows->nextGeneration(source().id));
        IDS_TRY(revision, parts().datasets->createRevision(source().id, source().generation, generation,
                                                           source().columns, active().cancel));
        m_generation = generation;
        m_revision = std::move(revision);
    }
    m_row.setLine(0, row.line);
    IDS_CHECK(m_revision->repair(row.id, m_row));
    m_profile.observe(m_row);
    m_stored.push_back({saved->id, key.mark()});
    active().progress->advance(1, 0, 0);
    return {};
}

Result<Columns> RepairTask::describedColumns()
{
    Columns columns = source().columns;
    const int columnCount = static_cast<int>(columns.size());
    IDS_TRY(rows, parts().datasets->scan(source().id, source().generation, columns));
    RowBatch batch;
    for (bool more = true; more;) {
        IDS_CHECK(checkIn());
        batch.reset(columnCount);
        for (int i = 0; more && i < rowsAtOnce; ++i) {
            IDS_TRY(found, rows->next());
            more = found;
            if (!more)
                break;
            for (int column = 0; column < columnCount; ++column) {
                if (const auto text = rows->cell(column))
                    batch.addCell(*text);
                else
                    batch.addNull();
            }
            batch.endRow(0);
        }
        m_profile.observe(batch);
    }
    m_profile.describe(columns);
    return columns;
}

Result<void> RepairTask::saveMisfits()
{
    IDS_CHECK(parts().catalog->write([&]() -> Result<void> {
        for (const StillOpen &open : m_misfits)
            IDS_CHECK(parts().corrections->keepOpen(open.correction, open.misfit));
        return {};
    }));
    m_misfits.clear();
    return {};
}

Result<void> RepairTask::checkIn()
{
    constexpr qint64 beatMs = 1000;
    if (active().cancel.isCancelled())
        return cancelledError();
    if (m_sinceBeat.elapsed() >= beatMs) {
        heartbeat();
        IDS_CHECK(saveMisfits());
        m_sinceBeat.restart();
    }
    return {};
}

QString RepairTask::completedText() const
{
    const RunCounts counts = active().progress->counts();
    return Words::tr("Repair completed: %1 rows retried = %2 stored + %3 still set aside.")
        .arg(count(counts.read), count(counts.added), count(counts.rejected));
}

Result<void> RepairTask::recordMore()
{
    for (const Stored &stored : m_stored) {
        if (!m_waiting.contains(stored.mark))
            IDS_CHECK(parts().corrections->close(stored.correction));
    }
    return {};
}

} // namespace idstore
