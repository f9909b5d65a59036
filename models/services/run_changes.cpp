// SPDX-License-Identifier: GPL-3.0-or-later
// What runs changed, and taking them back: the part of IngestionService that is about what has been.
#include "models/services/engine_parts.h"
#include "models/services/ingestion_service.h"
#include "models/services/run_registry.h"

namespace idstore {

namespace {

/// The corrections of rows that are set aside in the generation now in use are open, no others.
Result<void> reopenCorrections(EngineParts &parts, const Source &source)
{
    constexpr int atOnce = 500;
    for (qint64 after = 0;;) {
        IDS_TRY(page, parts.corrections->list(source.id, after, atOnce));
        for (const SavedCorrection &correction : std::as_const(page))
            IDS_CHECK(parts.corrections->close(correction.id));
        if (page.size() < atOnce)
            break;
        after = page.constLast().id;
    }
    if (source.generation == 0)
        return {};
    for (qint64 after = 0;;) {
        IDS_TRY(page, parts.datasets->rejections(source.id, source.generation, after, atOnce));
        for (const RejectedRow &row : std::as_const(page.rejections)) {
            IDS_TRY(correction, parts.corrections->find(source.id, RowKey::of(row)));
            if (correction)
                IDS_CHECK(parts.corrections->keepOpen(correction->id, correction->misfit));
        }
        after = page.next;
        if (after == 0)
            return {};
    }
}

} // namespace

Result<IngestionRun> IngestionService::rollback(UserId user, SourceId id)
{
    RunId taken;
    {
        const QMutexLocker locker(&m_parts.lifecycle);
        IDS_TRY(source, startable(user, id));
        IDS_TRY(back, m_parts.catalog->write([&]() -> Result<std::optional<TakenBack>> {
            IDS_TRY(now, m_parts.sourceRows->find(user, id));
            IDS_TRY(done, m_parts.sourceRows->takeBack(now, m_parts.clock.now()));
            if (!done)
                return done;
            IDS_TRY(after, m_parts.sourceRows->find(user, id));
            IDS_CHECK(reopenCorrections(m_parts, after));
            return done;
        }));
        if (!back) {
            return Error{ErrorKind::Conflict,
                         QStringLiteral("nothing_to_take_back"),
                         tr("There is no run of %1 that could be taken back.").arg(source.name),
                         tr("The rows of one run before the last are kept, no more."),
                         {},
                         {}};
        }
        m_parts.datasets->removeGeneration(id, back->generation);
        taken = back->run;
    }
    Q_EMIT m_parts.sources->sourceChanged(id);
    return m_parts.runRows->find(user, taken);
}

Result<ChangePage> IngestionService::changes(UserId user, RunId id, std::optional<ChangeKind> kind, qint64 after,
                                             int limit)
{
    IDS_TRY(run, m_parts.runRows->find(user, id));
    IDS_TRY(source, m_parts.sourceRows->find(user, run.source));
    std::optional<ChangePage> page;
    if (source.generation > 0) {
        IDS_TRY(found, m_parts.datasets->changes(source.id, source.generation, id, kind, after, limit));
        page = std::move(found);
    }
    if (page)
        return *page;
    const RunCounts &counts = run.counts;
    if (run.status == RunStatus::Completed && !run.takenBack && counts.added + counts.changed + counts.removed == 0)
        return ChangePage();
    return Error{ErrorKind::Conflict,
                 QStringLiteral("changes_not_kept"),
                 tr("What this run changed is not kept row by row."),
                 tr("It is kept for the latest runs of sources with a key, from the second run on."),
                 {},
                 {}};
}

} // namespace idstore
