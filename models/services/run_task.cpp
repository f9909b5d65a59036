// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/run_task.h"

#include "models/base/logging.h"
#include "models/domain/column_choices.h"
#include "models/ingest/keyed_reader.h"
#include "models/ingest/pipeline.h"
#include "models/services/rejection_repairer.h"
#include "models/services/source_opening.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>

namespace idstore {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunTask", text);
}

QString count(qint64 number)
{
    return QLocale().toString(number);
}

} // namespace

void BufferedRunLog::write(RunLogLine::Level level, const QString &text)
{
    qCInfo(logIngest).noquote() << m_run.toString() << text;
    const QMutexLocker locker(&m_mutex);
    m_pending.append({m_clock.now(), level, text});
}

Result<void> BufferedRunLog::flush(RunRepository &runs)
{
    const QMutexLocker locker(&m_mutex);
    IDS_CHECK(runs.appendLog(m_run, m_pending, m_flushed));
    m_flushed += static_cast<int>(m_pending.size());
    m_pending.clear();
    return {};
}

RunTask::RunTask(EngineParts &parts, RunRegistry &registry, Source source, IngestionRun run, ActiveRun active)
    : m_parts(parts)
    , m_registry(registry)
    , m_source(std::move(source))
    , m_run(std::move(run))
    , m_active(std::move(active))
    , m_log(m_run.id, parts.clock)
{}

RunTask::~RunTask() = default;

void RunTask::execute()
{
    lowerThreadPriority();
    Result<Built> built = cancelledError();
    const Result<void> slot = waitForSlot();
    if (slot) {
        built = build();
        m_registry.workSlots.release();
    } else {
        built = slot.error();
    }
    end(built);
}

Result<void> RunTask::waitForSlot()
{
    constexpr int patienceMs = 100;
    while (!m_registry.workSlots.tryAcquire(1, patienceMs)) {
        if (m_active.cancel.isCancelled())
            return cancelledError();
    }
    return {};
}

Result<RunTask::Built> RunTask::build()
{
    m_log.write(RunLogLine::Level::Info, tr("Run started."));
    IDS_TRY(connector, readableConnector(m_parts, m_source.sourceType));
    IDS_TRY(found, readRequest(m_parts, m_source));
    const auto request = std::make_shared<ReadRequest>(std::move(found));
    request->mode = m_run.mode;
    request->cancel = m_active.cancel;
    request->log = &m_log;
    request->waiting = [progress = m_active.progress](const QDateTime &until) { progress->setWaiting(until); };

    m_chosenKey = m_source.keyColumns.isEmpty() ? connector->keyColumns(m_source.config) : m_source.keyColumns;
    setMarkOf(*request);

    IDS_TRY(opened, connector->open(*request));
    if (opened->isUnchanged())
        return Built{0, {}, opened->state()};
    const QStringList key = keyOf(*opened);
    if (key.isEmpty())
        logColumnChanges(opened->columns());
    CorrectionReader corrections(opened->columns(),
                                 [connector, request] { return connector->openRowParser(*request); });
    IDS_TRY(repairer, RejectionRepairer::create(*m_parts.corrections, m_source.id, std::move(corrections)));
    m_repairer = std::move(repairer);
    std::unique_ptr<RecordReader> reader = std::move(opened);
    if (m_repairer->hasCorrections())
        reader = std::make_unique<RepairingReader>(std::move(reader), *m_repairer);
    m_active.progress->setTotals(reader->totalRows(), reader->totalBytes(), reader->estimateBasis());
    m_active.progress->setPhase(RunPhase::Reading);

    if (!key.isEmpty())
        return buildKeyed(std::move(reader), *request, key);
    IDS_TRY(generation, m_parts.sourceRows->nextGeneration(m_source.id));
    IDS_TRY(writer, m_parts.datasets->createWriter(m_source.id, generation, reader->columns()));
    IDS_TRY(summary,
            pump(
                *reader, *writer, m_active.cancel, *m_active.progress, [this] { heartbeat(); }, m_source.columns));

    const RunCounts counts = m_active.progress->counts();
    if (!counts.addUp() || counts.added != summary.rows || counts.rejected != summary.rejected)
        return countsDoNotAddUp(summary);
    if (m_repairer->repairedRows() > 0) {
        m_log.write(
            RunLogLine::Level::Info,
            tr("Rows set aside that were stored by their correction: %1.").arg(count(m_repairer->repairedRows())));
    }
    return Built{generation, std::move(summary), reader->state()};
}

Error RunTask::countsDoNotAddUp(const DatasetSummary &summary) const
{
    const QString cause = QStringLiteral("read %1, stored %2, set aside %3")
                              .arg(m_active.progress->counts().read)
                              .arg(summary.rows)
                              .arg(summary.rejected);
    return {ErrorKind::Internal,
            QStringLiteral("counts_do_not_add_up"),
            tr("The rows read and the rows stored do not add up."),
            tr("Nothing was replaced. Run the source again."),
            cause,
            {}};
}

void RunTask::logColumnChanges(const Columns &columns)
{
    if (m_source.generation == 0)
        return;
    const auto namesOf = [](const Columns &list) {
        QStringList names;
        for (const Column &column : list)
            names.append(column.name);
        return names;
    };
    const QStringList before = namesOf(m_source.columns);
    const QStringList now = namesOf(columns);
    const auto missingIn = [](const QStringList &names, const QStringList &others) {
        const QSet<QString> known(others.begin(), others.end());
        QStringList missing;
        for (const QString &name : names) {
            if (!known.contains(name))
                missing.append(name);
        }
        return missing;
    };
    const auto shown = [](const QStringList &names) {
        constexpr qsizetype most = 20;
        QString text = names.mid(0, most).join(QStringLiteral(", "));
        if (names.size() > most)
            text += QStringLiteral(", …");
        return text;
    };
    const QStringList added = missingIn(now, before);
    const QStringList gone = missingIn(before, now);
    if (!added.isEmpty())
        m_log.write(RunLogLine::Level::Info, tr("New columns: %1.").arg(shown(added)));
    if (!gone.isEmpty())
        m_log.write(RunLogLine::Level::Warning, tr("Columns that are no longer there: %1.").arg(shown(gone)));
    if (added.isEmpty() && gone.isEmpty() && now != before)
        m_log.write(RunLogLine::Level::Info, tr("The columns stand in another order than before."));
}

void RunTask::heartbeat()
{
    const auto written = m_parts.catalog->write([&]() -> Result<void> {
        IDS_CHECK(m_log.flush(*m_parts.runRows));
        return m_parts.runRows->heartbeat(m_run.id, m_active.progress->counts(), m_parts.clock.now());
    });
    if (!written)
        qCWarning(logIngest) << m_run.id.toString() << written.error().logLine();
}

void RunTask::end(const Result<Built> &built)
{
    const QMutexLocker locker(&m_parts.lifecycle);
    m_run.finishedAt = m_parts.clock.now();
    m_run.counts = built && built->counts ? *built->counts : m_active.progress->counts();
    // Cancel comes before success: whoever asked in time gets what they asked for.
    Result<void> ended = built ? Result<void>() : built.error();
    if (ended && m_active.cancel.isCancelled())
        ended = cancelledError();
    if (ended)
        ended = complete(*built);
    if (!ended) {
        if (built && built->generation > 0)
            m_parts.datasets->removeGeneration(m_source.id, built->generation);
        finishWithError(ended.error());
    }
    m_registry.remove(m_source.id);
}

Result<void> RunTask::complete(const Built &built)
{
    m_run.status = RunStatus::Completed;
    m_run.cursorAfter = built.mark ? built.mark : m_source.cursor.after;
    m_log.write(RunLogLine::Level::Info, completedText());
    IDS_TRY(outdated, m_parts.catalog->write([&]() -> Result<QList<qint64>> {
        IDS_CHECK(m_log.flush(*m_parts.runRows));
        IDS_CHECK(m_parts.runRows->finish(m_run));
        IDS_CHECK(recordMore());
        if (built.generation == 0) {
            if (built.readerState)
                IDS_CHECK(m_parts.sourceRows->setReaderState(m_source.id, *built.readerState));
            if (built.mark)
                IDS_CHECK(m_parts.sourceRows->setMark(m_source.id, built.mark));
            return QList<qint64>();
        }
        // Types chosen while the run was under way hold.
        IDS_TRY(now, m_parts.sourceRows->find(m_source.owner, m_source.id));
        DatasetSummary summary = built.summary;
        summary.columns = withLatestChoices(std::move(summary.columns), now.columns);
        IDS_TRY(unused, m_parts.sourceRows->switchTo(m_source.id, built.generation, m_run.id, summary, m_run.finishedAt,
                                                     built.key));
        // The mark moves with the rows it stands for, unless somebody has chosen another cursor meanwhile.
        const bool isSameCursor = now.cursor.column == m_source.cursor.column &&
                                  now.cursor.type == m_source.cursor.type && now.keyColumns == m_source.keyColumns;
        if (built.mark && isSameCursor)
            IDS_CHECK(m_parts.sourceRows->setMark(m_source.id, built.mark));
        if (built.readerState)
            IDS_CHECK(m_parts.sourceRows->setReaderState(m_source.id, *built.readerState));
        return unused;
    }));
    for (const qint64 generation : std::as_const(outdated))
        m_parts.datasets->removeGeneration(m_source.id, generation);
    return {};
}

QString RunTask::completedText() const
{
    if (!m_repairer)
        return tr("The source has not changed since the last run; the rows stay as they are.");
    if (m_run.counts.changed > 0 || m_run.counts.unchanged > 0 || m_run.counts.removed > 0) {
        return tr("Run completed: %1 rows read = %2 new + %3 changed + %4 unchanged + %5 set aside; %6 removed.")
            .arg(count(m_run.counts.read), count(m_run.counts.added), count(m_run.counts.changed),
                 count(m_run.counts.unchanged), count(m_run.counts.rejected), count(m_run.counts.removed));
    }
    return tr("Run completed: %1 rows read = %2 stored + %3 set aside.")
        .arg(count(m_run.counts.read), count(m_run.counts.added), count(m_run.counts.rejected));
}

Result<void> RunTask::recordMore()
{
    if (!m_repairer)
        return {};
    // Only who has read everything knows which rows are still set aside.
    if (!m_readsFromMark)
        IDS_CHECK(m_parts.corrections->closeUpTo(m_source.id, m_repairer->newestCorrection()));
    for (const RejectionRepairer::Outcome &outcome : m_repairer->misfits())
        IDS_CHECK(m_parts.corrections->keepOpen(outcome.correction, outcome.misfit));
    return {};
}

void RunTask::finishWithError(const Error &error)
{
    const bool cancelled = error.kind == ErrorKind::Cancelled;
    m_run.status = cancelled ? RunStatus::Cancelled : RunStatus::Failed;
    // Nothing was taken in: what was read before the end is told by the log alone.
    const RunCounts seen = m_run.counts;
    m_run.counts = {};
    m_run.counts.bytes = seen.bytes;
    if (!cancelled)
        m_run.error = error;
    m_log.write(cancelled ? RunLogLine::Level::Warning : RunLogLine::Level::Error,
                cancelled
                    ? tr("Run cancelled after %1 rows. Nothing was replaced.").arg(count(seen.read))
                    : tr("Run failed after %1 rows. Nothing was replaced. %2").arg(count(seen.read), error.detail()));
    if (!error.cause.isEmpty())
        qCWarning(logIngest).noquote() << m_run.id.toString() << error.logLine();
    const auto written = m_parts.catalog->write([&]() -> Result<void> {
        IDS_CHECK(m_log.flush(*m_parts.runRows));
        return m_parts.runRows->finish(m_run);
    });
    // With the catalog itself unwritable (disk full) the run stays "running" there until the next start finds it.
    if (!written)
        qCWarning(logIngest) << m_run.id.toString() << written.error().logLine();
}

} // namespace idstore
