// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/ingestion_service.h"

#include "models/services/engine_parts.h"
#include "models/services/run_registry.h"
#include "models/services/run_task.h"
#include "models/services/source_opening.h"

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

Result<RunId> IngestionService::start(UserId user, SourceId id, RunMode mode, RunTrigger trigger)
{
    IngestionRun run;
    {
        const QMutexLocker locker(&m_parts.lifecycle);
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

        run.source = id;
        run.trigger = trigger;
        // Without a cursor every run reads everything, whatever was asked for.
        run.mode = source.cursor.column.isEmpty() ? RunMode::Full : mode;
        run.startedAt = m_parts.clock.now();
        run.cursorBefore = source.cursor.after;
        IDS_TRY(runId, m_parts.catalog->write([&] { return m_parts.runRows->insert(run); }));
        run.id = runId;

        ActiveRun active;
        active.run = runId;
        m_registry->add(id, active);
        m_registry->threads.start(
            [this, task = std::make_shared<RunTask>(m_parts, *m_registry, source, run, active), id, runId] {
                task->execute();
                Q_EMIT m_parts.sources->sourceChanged(id);
                Q_EMIT runFinished(id, runId);
            });
    }
    Q_EMIT m_parts.sources->sourceChanged(id);
    Q_EMIT runStarted(id, run.id);
    return run.id;
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

Result<RejectionPage> IngestionService::rejections(UserId user, SourceId id, qint64 after, int limit)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    if (source.generation == 0)
        return RejectionPage{};
    return m_parts.datasets->rejections(id, source.generation, after, limit);
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
