// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/run_log.h"
#include "models/services/engine_parts.h"
#include "models/services/run_registry.h"

#include <QMutex>

namespace idstore {

class RejectionRepairer;

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

/// One run from its first row to its last word in the catalog. Works on a pool thread. This one reads the source.
class RunTask
{
public:
    RunTask(EngineParts &parts, RunRegistry &registry, Source source, IngestionRun run, ActiveRun active);
    virtual ~RunTask();
    RunTask(const RunTask &) = delete;
    RunTask &operator=(const RunTask &) = delete;

    /// Never fails: whatever happens ends in the run's status.
    void execute();

protected:
    struct Built
    {
        qint64 generation = 0; ///< 0: that in use stays
        DatasetSummary summary;
        std::optional<QJsonObject> readerState = {}; ///< to be kept with the source; nothing: as it is
    };

    /// The rows, safe on the disk in a generation that is not in use yet.
    [[nodiscard]] virtual Result<Built> build();
    /// The last line of the log of a run that has completed.
    [[nodiscard]] virtual QString completedText() const;
    /// What goes into the catalog along with the run's success, in its transaction.
    [[nodiscard]] virtual Result<void> recordMore();

    [[nodiscard]] EngineParts &parts() const { return m_parts; }
    [[nodiscard]] const Source &source() const { return m_source; }
    [[nodiscard]] const ActiveRun &active() const { return m_active; }
    void log(RunLogLine::Level level, const QString &text) { m_log.write(level, text); }
    /// A sign of life in the catalog; about once a second.
    void heartbeat();
    [[nodiscard]] Error countsDoNotAddUp(const DatasetSummary &summary) const;

private:
    [[nodiscard]] Result<void> waitForSlot();
    /// What is other about the columns than after the run before: files of one source change.
    void logColumnChanges(const Columns &columns);
    void end(const Result<Built> &built);
    [[nodiscard]] Result<void> complete(const Built &built);
    void finishWithError(const Error &error);

    EngineParts &m_parts;
    RunRegistry &m_registry;
    Source m_source;
    IngestionRun m_run;
    ActiveRun m_active;
    BufferedRunLog m_log;
    std::unique_ptr<RejectionRepairer> m_repairer; ///< null when nothing was read
};

} // namespace idstore
