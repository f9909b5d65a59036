// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/run_log.h"
#include "models/services/engine_parts.h"
#include "models/services/run_registry.h"

#include <QMutex>

namespace idstore {

/// Collects a run's log and hands it to the catalog in few writes. Thread-safe.
class BufferedRunLog final : public RunLog
{
public:
    BufferedRunLog(RunId run, const Clock &clock)
        : m_run(run)
        , m_clock(clock)
    {}

    void write(RunLogLine::Level level, const QString &text) override;
    /// Inside CatalogDatabase::write().
    [[nodiscard]] Result<void> flush(RunRepository &runs);

private:
    const RunId m_run;
    const Clock &m_clock;
    QMutex m_mutex;
    QList<RunLogLine> m_pending;
    int m_flushed = 0;
};

/// One run from its first row to its last word in the catalog. Works on a pool thread.
class RunTask
{
public:
    RunTask(EngineParts &parts, RunRegistry &registry, Source source, IngestionRun run, ActiveRun active);

    /// Never fails: whatever happens ends in the run's status.
    void execute();

private:
    struct Built
    {
        qint64 generation = 0;
        DatasetSummary summary;
    };

    [[nodiscard]] Result<void> waitForSlot();
    [[nodiscard]] Result<Built> build();
    /// What is other about the columns than after the run before: files of one source change.
    void logColumnChanges(const Columns &columns);
    void heartbeat();
    void end(const Result<Built> &built);
    [[nodiscard]] Result<void> complete(const Built &built);
    void finishWithError(const Error &error);

    EngineParts &m_parts;
    RunRegistry &m_registry;
    Source m_source;
    IngestionRun m_run;
    ActiveRun m_active;
    BufferedRunLog m_log;
};

} // namespace idstore
