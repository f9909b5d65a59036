// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/change_set.h"
#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"

#include <QObject>

#include <functional>
#include <memory>

namespace idstore {

struct ActiveRun;
struct EngineParts;
class RunRegistry;
class RunTask;
struct Source;

/// Runs: starting, watching, cancelling, and what became of them. Thread-safe. start() returns at once; the run goes
/// on in the background, one a source at a time, different sources in parallel.
class IngestionService : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxRetriedAtOnce = 10'000; ///< rows that can be named

    explicit IngestionService(EngineParts &parts);
    /// Cancels what runs and waits for it.
    ~IngestionService() override;

    /// Conflict ("already_ingesting") while a run of this source is in progress. `confirmRemovals`: rows that are gone
    /// from the source may go even if they are many; else such a run fails with "removals_need_confirmation".
    [[nodiscard]] Result<RunId> start(UserId user, SourceId source, RunMode mode, RunTrigger trigger,
                                      bool confirmRemovals = false);
    /// A run that makes rows of rejected rows whose correction fits. `rejections`: their numbers; empty: all that have
    /// a correction. InvalidInput ("ids") naming those that are not set aside or have no correction; Conflict
    /// ("nothing_to_retry") when there is no correction at all, and as start().
    [[nodiscard]] Result<RunId> retry(UserId user, SourceId source, QList<qint64> rejections, RunTrigger trigger);
    /// Asks the run to stop; it ends Cancelled soon after. Conflict ("not_ingesting") when there is none.
    [[nodiscard]] Result<void> cancel(UserId user, SourceId source);

    /// Takes back the run that made the rows in use: rows, counts, columns and mark are again what they were before it.
    /// Returns it. Conflict "already_ingesting", or "nothing_to_take_back" when the rows of before are not kept.
    [[nodiscard]] Result<IngestionRun> rollback(UserId user, SourceId source);
    /// What a run changed. Conflict ("changes_not_kept") when that is not known: first loads, sources without a key,
    /// runs long ago.
    [[nodiscard]] Result<ChangePage> changes(UserId user, RunId run, std::optional<ChangeKind> kind, qint64 after,
                                             int limit);

    /// Newest first. `before`: only runs older than this one (paging); a null id starts at the newest.
    [[nodiscard]] Result<QList<IngestionRun>> history(UserId user, SourceId source, int limit, RunId before = {});
    /// The same over all sources of the user.
    [[nodiscard]] Result<QList<IngestionRun>> activity(UserId user, int limit, RunId before = {});
    [[nodiscard]] Result<IngestionRun> run(UserId user, RunId id);
    [[nodiscard]] Result<QList<RunLogLine>> log(UserId user, RunId id);

    /// A sample of the source's run in progress; nothing when there is none. Never blocks on the disk: the window may
    /// call it on its own thread.
    [[nodiscard]] std::optional<Progress> progress(SourceId source) const;
    [[nodiscard]] int runningCount() const;

    /// Cancels every run and waits until all have ended. No run starts afterwards.
    void shutDown();

Q_SIGNALS:
    // Emitted from an ingestion thread, after the change is committed.
    void runStarted(idstore::SourceId source, idstore::RunId run);
    void runFinished(idstore::SourceId source, idstore::RunId run);

private:
    using MakeTask = std::function<std::shared_ptr<RunTask>(const Source &, const IngestionRun &, const ActiveRun &)>;

    /// NotFound, Unavailable and Conflict as start() answers them. With EngineParts::lifecycle held.
    [[nodiscard]] Result<Source> startable(UserId user, SourceId source);
    /// Writes the run down and lets its task go. With EngineParts::lifecycle held.
    [[nodiscard]] Result<RunId> launch(const Source &source, RunMode mode, RunTrigger trigger, const MakeTask &make);
    void announce(SourceId source, RunId run);
    [[nodiscard]] Result<void> checkRetry(const Source &source, const QList<qint64> &rejections);
    [[nodiscard]] IngestionRun withLiveCounts(IngestionRun run) const;

    EngineParts &m_parts;
    std::unique_ptr<RunRegistry> m_registry;
};

} // namespace idstore
