// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/ingestion_service.h"

#include "models/services/engine_parts.h"
#include "models/services/repair_task.h"
#include "models/services/run_registry.h"
#include "models/services/run_task.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"

#include <algorithm>

namespace idstore {

IngestionService::IngestionService(EngineParts &parts)
    : m_parts(parts)
    , m_registry(std::make_unique<RunRegistry>(std::max(1, parts.options.parallelRuns)))
{}

IngestionService::~IngestionService()
{
    shutDown();
}

Result<Source> IngestionService::startable(UserId user, SourceId id)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    if (m_registry->closed) {
        return Error{ErrorKind::Unavailable,
                     QStringLiteral("shutting_down"),
                     tr("Identity Store is closing."),
                     tr("Start it again, then run the source."),
                     {},
                     {}};
    }
    if (m_registry->find(id)) {
        return Error{ErrorKind::Conflict,
                     QStringLiteral("already_ingesting"),
                     tr("%1 is being ingested already.").arg(source.name),
                     tr("Wait until the run ends, or cancel it."),
                     {},
                     {}};
    }
    IDS_CHECK(readableConnector(m_parts, source.sourceType));
    return source;
}

Result<RunId> IngestionService::launch(const Source &source, RunMode mode, RunTrigger trigger, const MakeTask &make)
{
    const SourceId id = source.id;
    IngestionRun run;
    run.source = id;
    run.trigger = trigger;
    run.mode = mode;
    run.startedAt = m_parts.clock.now();
    run.cursorBefore = source.cursor.after;
    IDS_TRY(runId, m_parts.catalog->write([&] { return m_parts.runRows->insert(run); }));
    run.id = runId;

    ActiveRun active;
    active.run = runId;
    m_registry->add(id, active);
    m_registry->threads.start([this, task = make(source, run, active), id, runId] {
        task->execute();
        Q_EMIT m_parts.sources->sourceChanged(id);
        Q_EMIT runFinished(id, runId);
    });
    return runId;
}

void IngestionService::announce(SourceId source, RunId run)
{
    Q_EMIT m_parts.sources->sourceChanged(source);
    Q_EMIT runStarted(source, run);
}

Result<RunId> IngestionService::start(UserId user, SourceId id, RunMode mode, RunTrigger trigger, bool confirmRemovals)
{
    Q_ASSERT(mode != RunMode::Repair);
    QMutexLocker locker(&m_parts.lifecycle);
    IDS_TRY(source, startable(user, id));
    // An uploaded file is always read as a whole; what other sources can leave out is for their readers to know.
    const RunMode effective = source.file ? RunMode::Full : mode;
    IDS_TRY(run, launch(source, effective, trigger, [&](const auto &of, const auto &started, const auto &active) {
                auto task = std::make_shared<RunTask>(m_parts, *m_registry, of, started, active);
                task->confirmRemovals(confirmRemovals);
                return task;
            }));
    locker.unlock();
    announce(id, run);
    return run;
}

Result<RunId> IngestionService::retry(UserId user, SourceId id, QList<qint64> rejections, RunTrigger trigger)
{
    std::ranges::sort(rejections);
    rejections.erase(std::unique(rejections.begin(), rejections.end()), rejections.end());
    QMutexLocker locker(&m_parts.lifecycle);
    IDS_TRY(source, startable(user, id));
    IDS_CHECK(checkRetry(source, rejections));
    IDS_TRY(run, launch(source, RunMode::Repair, trigger,
                        [&](const auto &of, const auto &started, const auto &active) -> std::shared_ptr<RunTask> {
                            return std::make_shared<RepairTask>(m_parts, *m_registry, of, started, active, rejections);
                        }));
    locker.unlock();
    announce(id, run);
    return run;
}

Result<void> IngestionService::checkRetry(const Source &source, const QList<qint64> &rejections)
{
    const auto wrong = [](const QString &sentence) { return invalidInput({{QStringLiteral("ids"), sentence}}); };
    if (rejections.size() > maxRetriedAtOnce)
        return wrong(tr("Name at most %1 rows, or none to retry all that are corrected.").arg(maxRetriedAtOnce));
    for (const qint64 id : rejections) {
        std::optional<RejectedRow> row;
        if (source.generation > 0) {
            IDS_TRY(found, m_parts.datasets->rejection(source.id, source.generation, id));
            row = std::move(found);
        }
        if (!row)
            return wrong(tr("There is no rejected row %1.").arg(id));
        IDS_TRY(correction, m_parts.corrections->find(source.id, RowKey::of(*row)));
        if (!correction)
            return wrong(tr("Rejected row %1 has no correction; save one first.").arg(id));
    }
    if (rejections.isEmpty()) {
        IDS_TRY(open, m_parts.corrections->count(source.id, CorrectionRepository::Which::Open));
        if (open == 0) {
            return Error{ErrorKind::Conflict,
                         QStringLiteral("nothing_to_retry"),
                         tr("No rejected row of %1 has a correction.").arg(source.name),
                         tr("Correct a row first, then retry it."),
                         {},
                         {}};
        }
    }
    return {};
}

Result<void> IngestionService::cancel(UserId user, SourceId id)
{
    const QMutexLocker locker(&m_parts.lifecycle);
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    const auto active = m_registry->find(id);
    if (!active) {
        return Error{ErrorKind::Conflict,
                     QStringLiteral("not_ingesting"),
                     tr("%1 is not being ingested.").arg(source.name),
                     tr("There is nothing to cancel."),
                     {},
                     {}};
    }
    active->cancel.cancel();
    return {};
}

Result<QList<IngestionRun>> IngestionService::history(UserId user, SourceId source, int limit, RunId before)
{
    IDS_CHECK(m_parts.sourceRows->find(user, source));
    IDS_TRY(runs, m_parts.runRows->list(user, source, limit, before));
    std::ranges::transform(runs, runs.begin(), [this](const IngestionRun &run) { return withLiveCounts(run); });
    return runs;
}

Result<QList<IngestionRun>> IngestionService::activity(UserId user, int limit, RunId before)
{
    IDS_TRY(runs, m_parts.runRows->list(user, {}, limit, before));
    std::ranges::transform(runs, runs.begin(), [this](const IngestionRun &run) { return withLiveCounts(run); });
    return runs;
}

Result<IngestionRun> IngestionService::run(UserId user, RunId id)
{
    IDS_TRY(run, m_parts.runRows->find(user, id));
    return withLiveCounts(run);
}

Result<QList<RunLogLine>> IngestionService::log(UserId user, RunId id)
{
    IDS_CHECK(m_parts.runRows->find(user, id));
    return m_parts.runRows->log(id);
}

std::optional<Progress> IngestionService::progress(SourceId source) const
{
    const auto active = m_registry->find(source);
    return active ? std::optional(active->progress->sample()) : std::nullopt;
}

int IngestionService::runningCount() const
{
    return m_registry->size();
}

void IngestionService::shutDown()
{
    {
        const QMutexLocker locker(&m_parts.lifecycle);
        m_registry->closed = true;
        m_registry->cancelAll();
    }
    m_registry->threads.waitForDone();
}

IngestionRun IngestionService::withLiveCounts(IngestionRun run) const
{
    if (run.status == RunStatus::Running) {
        const auto active = m_registry->find(run.source);
        if (active && active->run == run.id)
            run.counts = active->progress->counts();
    }
    return run;
}

} // namespace idstore
