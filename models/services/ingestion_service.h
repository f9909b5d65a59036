// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"
#include "models/domain/rejection.h"

#include <QObject>

#include <memory>

namespace idstore {

struct EngineParts;
class RunRegistry;

/// Runs: starting, watching, cancelling, and what became of them. Thread-safe. start() returns at once; the run goes
/// on in the background, one a source at a time, different sources in parallel.
class IngestionService : public QObject
{
    Q_OBJECT

public:
    explicit IngestionService(EngineParts &parts);
    /// Cancels what runs and waits for it.
    ~IngestionService() override;

    /// Conflict ("already_ingesting") while a run of this source is in progress.
    [[nodiscard]] Result<RunId> start(UserId user, SourceId source, RunMode mode, RunTrigger trigger);
    /// Asks the run to stop; it ends Cancelled soon after. Conflict ("not_ingesting") when there is none.
    [[nodiscard]] Result<void> cancel(UserId user, SourceId source);

    /// Newest first. `before`: only runs older than this one (paging); a null id starts at the newest.
    [[nodiscard]] Result<QList<IngestionRun>> history(UserId user, SourceId source, int limit, RunId before = {});
    /// The same over all sources of the user.
    [[nodiscard]] Result<QList<IngestionRun>> activity(UserId user, int limit, RunId before = {});
    [[nodiscard]] Result<IngestionRun> run(UserId user, RunId id);
    [[nodiscard]] Result<QList<RunLogLine>> log(UserId user, RunId id);

    /// Rows set aside by the run whose rows are in use. `after`: RejectionPage::next of the page before, or 0.
    [[nodiscard]] Result<RejectionPage> rejections(UserId user, SourceId source, qint64 after, int limit);

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
    [[nodiscard]] IngestionRun withLiveCounts(IngestionRun run) const;

    EngineParts &m_parts;
    std::unique_ptr<RunRegistry> m_registry;
};

} // namespace idstore
