// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/run_log.h"
#include "models/services/engine_parts.h"
#include "models/services/run_registry.h"

#include <QMutex>

namespace idstore {

class KeyedReader;
class RejectionRepairer;
struct ReadRequest;

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
    /// Rows that are gone from the source may go here, however many they are. Before execute().
    void confirmRemovals(bool confirmed) { m_removalsConfirmed = confirmed; }
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
        QStringList key = {}; ///< what the rows of the generation are unique by
        std::optional<RunCounts> counts = {}; ///< nothing: as the progress says
        std::optional<QString> mark = {}; ///< the mark from now on; nothing: as it is
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
    /// What tells the rows of this run apart; empty: nothing.
    [[nodiscard]] QStringList keyOf(const RecordReader &reader) const;
    /// Prepares the request for a run from the mark, where that can be, and for one of everything otherwise.
    void setMarkOf(ReadRequest &request);
    /// The rows of a source with a key: put into those there are, or a first load of rows that no two share a key.
    [[nodiscard]] Result<Built> buildKeyed(std::unique_ptr<RecordReader> reader, const ReadRequest &request,
                                           const QStringList &key);
    [[nodiscard]] Result<Built> buildFirst(KeyedReader &reader, const QStringList &key);
    [[nodiscard]] Result<Built> mergeInto(KeyedReader &reader, const QStringList &key, bool readsAll);
    [[nodiscard]] Result<void> checkRemovals(qint64 unseen) const;
    /// What every row of `rows` says of `columns`.
    [[nodiscard]] Result<void> describe(DatasetScan &rows, Columns &columns);
    void noteSchemaChanges(const Columns &before, const Columns &now);
    void logMark(const KeyedReader &reader, Built &built);
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
    bool m_removalsConfirmed = false;
    QStringList m_chosenKey; ///< what a person said the key is: of the source, or among the settings of its connector
    bool m_readsFromMark = false; ///< not all rows come, and those that do not stay
    std::unique_ptr<RejectionRepairer> m_repairer; ///< null when nothing was read
};

} // namespace idstore
