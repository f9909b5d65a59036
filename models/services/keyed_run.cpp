// SPDX-License-Identifier: GPL-3.0-or-later
// What a run does with the rows of a source whose rows can be told apart: the part of RunTask that is about keys.
#include "models/domain/column_choices.h"
#include "models/ingest/column_profile.h"
#include "models/ingest/keyed_reader.h"
#include "models/ingest/pipeline.h"
#include "models/services/run_task.h"
#include "models/services/source_opening.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(KeyedRun)
};

QString count(qint64 number)
{
    return QLocale().toString(number);
}

bool isSameSet(QStringList one, QStringList other)
{
    one.sort();
    other.sort();
    return one == other;
}

} // namespace

void RunTask::setMarkOf(ReadRequest &request)
{
    const Cursor &cursor = m_source.cursor;
    // Without a choice the key of the rows there are is the one that the source itself knows.
    const QStringList key = m_chosenKey.isEmpty() ? m_source.datasetKey : m_chosenKey;
    request.keyColumns = key;
    request.cursor.after = std::nullopt;
    if (cursor.column.isEmpty())
        return;
    const bool isFirst = m_source.generation == 0;
    const bool isUnkeyed = key.isEmpty() && m_source.datasetKey.isEmpty();
    if (isUnkeyed && !isFirst) {
        m_log.write(
            RunLogLine::Level::Warning,
            Words::tr("The source has no key, so that every run is a full load. Choose key columns to read only "
                      "what is new."));
    }
    const bool merges = !isFirst && !key.isEmpty() && isSameSet(key, m_source.datasetKey);
    if (m_run.mode == RunMode::Incremental && cursor.after) {
        if (merges)
            request.cursor.after = startOfReading(cursor);
        else if (isFirst || isUnkeyed) // where a person said that the rows begin
            request.cursor.after = cursor.after;
    }
    m_readsFromMark = merges && request.cursor.after;
    if (!m_readsFromMark)
        m_run.mode = RunMode::Full;
}

QStringList RunTask::keyOf(const RecordReader &reader) const
{
    return m_chosenKey.isEmpty() ? reader.naturalKey() : m_chosenKey;
}

Result<RunTask::Built> RunTask::buildKeyed(std::unique_ptr<RecordReader> reader, const ReadRequest &request,
                                           const QStringList &key)
{
    IDS_TRY(keyed, KeyedReader::create(std::move(reader), key, m_source.cursor));
    const bool readsAll = !request.cursor.after;
    const bool merges = m_source.generation > 0 && isSameSet(key, m_source.datasetKey);
    if (m_source.generation > 0 && !merges) {
        m_log.write(RunLogLine::Level::Info,
                    Words::tr("The rows there are have another key, so that what changed is not known; all are new."));
    }
    IDS_TRY(built, merges ? mergeInto(*keyed, key, readsAll) : buildFirst(*keyed, key));
    built.key = key;
    built.readerState = keyed->state();
    logMark(*keyed, built);
    return built;
}

void RunTask::logMark(const KeyedReader &reader, Built &built)
{
    if (m_source.cursor.column.isEmpty())
        return;
    built.mark = reader.mark();
    if (reader.unreadableCursors() > 0) {
        m_log.write(
            RunLogLine::Level::Warning,
            Words::tr("Rows whose “%1” is not of the type %2, so that the mark passes over them: %3.")
                .arg(m_source.cursor.column, toString(m_source.cursor.type), count(reader.unreadableCursors())));
    }
    if (built.mark)
        m_log.write(RunLogLine::Level::Info, Words::tr("The next run reads from the mark %1.").arg(*built.mark));
}

Result<RunTask::Built> RunTask::buildFirst(KeyedReader &reader, const QStringList &key)
{
    IDS_TRY(generation, m_parts.sourceRows->nextGeneration(m_source.id));
    IDS_TRY(writer, m_parts.datasets->createWriter(m_source.id, generation, reader.columns()));
    IDS_TRY(summary,
            pump(
                reader, *writer, m_active.cancel, *m_active.progress, [this] { heartbeat(); }, m_source.columns));
    RunCounts counts = m_active.progress->counts();
    if (!counts.addUp() || counts.added != summary.rows || counts.rejected != summary.rejected)
        return countsDoNotAddUp(summary);
    const auto again = m_parts.datasets->makeUnique(m_source.id, generation, reader.key());
    const auto forget = [&](const Error &error) {
        m_parts.datasets->removeGeneration(m_source.id, generation);
        return error;
    };
    if (!again)
        return forget(again.error());
    if (*again > 0) {
        m_log.write(RunLogLine::Level::Warning,
                    Words::tr("%1 rows have a key (%2) that another row has, too; of those the last one is kept.")
                        .arg(count(*again), key.join(u", ")));
        summary.rows -= *again;
        counts.added -= *again;
        counts.unchanged += *again;
        auto rows = m_parts.datasets->scan(m_source.id, generation, summary.columns);
        if (!rows)
            return forget(rows.error());
        if (const auto described = describe(**rows, summary.columns); !described)
            return forget(described.error());
    }
    return Built{generation, std::move(summary), {}, key, counts};
}

Result<RunTask::Built> RunTask::mergeInto(KeyedReader &reader, const QStringList &key, bool readsAll)
{
    MergeRequest request;
    request.run = m_run.id.number();
    request.before = m_source.columns;
    request.columns = reader.columns();
    request.key = key;
    request.readsAll = readsAll;
    IDS_TRY(generation, m_parts.sourceRows->nextGeneration(m_source.id));
    IDS_TRY(merger,
            m_parts.datasets->createMerger(m_source.id, m_source.generation, generation, request, m_active.cancel));
    QElapsedTimer sinceBeat;
    sinceBeat.start();
    RowBatch batch;
    for (;;) {
        constexpr qint64 beatMs = 1000;
        if (sinceBeat.elapsed() >= beatMs) {
            heartbeat();
            sinceBeat.restart();
        }
        if (m_active.cancel.isCancelled())
            return cancelledError();
        IDS_TRY(more, reader.read(batch));
        if (!more)
            break;
        IDS_CHECK(merger->write(batch));
        m_active.progress->advance(static_cast<qint64>(batch.rowCount()),
                                   static_cast<qint64>(batch.rejections().size()), batch.sourceBytes);
    }
    m_active.progress->setPhase(RunPhase::Finishing);
    // Only who has seen everything knows what is gone; an uploaded file has nothing else.
    if (readsAll && (reader.isComplete() || m_source.file)) {
        IDS_TRY(unseen, merger->unseenRows());
        IDS_CHECK(checkRemovals(unseen));
        IDS_CHECK(merger->removeUnseen());
    }
    Columns columns = withChoices(merger->columns(), m_source.columns);
    {
        IDS_TRY(rows, merger->scan());
        IDS_CHECK(describe(*rows, columns));
    }
    noteSchemaChanges(m_source.columns, columns);
    IDS_TRY(outcome, merger->finish(columns));

    RunCounts counts = m_active.progress->counts();
    counts.added = outcome.added;
    counts.changed = outcome.changed;
    counts.removed = outcome.removed;
    counts.unchanged = counts.read - counts.rejected - counts.added - counts.changed;
    if (counts.unchanged < 0 || outcome.summary.rows != m_source.rowCount + counts.added - counts.removed)
        return countsDoNotAddUp(outcome.summary);
    const bool isAsBefore = counts.added == 0 && counts.changed == 0 && counts.removed == 0 &&
                            outcome.summary.rejected == m_source.rejectedCount && m_run.schemaChanges.isEmpty();
    if (isAsBefore && reader.mark() == m_source.cursor.after) {
        merger.reset();
        m_parts.datasets->removeGeneration(m_source.id, generation);
        return Built{0, {}, {}, key, counts};
    }
    return Built{generation, std::move(outcome.summary), {}, key, counts};
}

Result<void> RunTask::checkRemovals(qint64 unseen) const
{
    constexpr qint64 oneIn = 5;
    if (m_removalsConfirmed || unseen * oneIn <= m_source.rowCount)
        return {};
    return Error{
        ErrorKind::Source,
        QStringLiteral("removals_need_confirmation"),
        Words::tr("%1 of %2 rows are no longer in the source, more than a fifth. Nothing was changed.")
            .arg(count(unseen), count(m_source.rowCount)),
        Words::tr("Check the source. If they are meant to go, run it again and confirm that they are removed."),
        {},
        {}};
}

Result<void> RunTask::describe(DatasetScan &rows, Columns &columns)
{
    constexpr int rowsAtOnce = 1000;
    const int columnCount = static_cast<int>(columns.size());
    ColumnProfile profile(columns);
    RowBatch batch;
    for (bool more = true; more;) {
        if (m_active.cancel.isCancelled())
            return cancelledError();
        batch.reset(columnCount);
        for (int i = 0; more && i < rowsAtOnce; ++i) {
            IDS_TRY(found, rows.next());
            more = found;
            if (!more)
                break;
            for (int column = 0; column < columnCount; ++column) {
                if (const auto text = rows.cell(column))
                    batch.addCell(*text);
                else
                    batch.addNull();
            }
            batch.endRow(0);
        }
        profile.observe(batch);
    }
    profile.describe(columns);
    return {};
}

void RunTask::noteSchemaChanges(const Columns &before, const Columns &now)
{
    QList<SchemaChange> changes;
    QList<qsizetype> added;
    QList<qsizetype> gone;
    for (qsizetype i = 0; i < now.size(); ++i) {
        const Column &column = now[i];
        const auto was = std::ranges::find(before, column.name, &Column::name);
        if (was == before.end() || (was->gone && !column.gone))
            added.append(i);
        else if (column.gone && !was->gone)
            gone.append(i);
        else if (column.inferred != was->inferred && was->filled > 0)
            changes.append(
                {SchemaChange::Kind::Retyped, column.name, toString(was->inferred), toString(column.inferred)});
    }
    // One name for another, of the same kind of values: most likely the same column.
    const bool isRename =
        added.size() == 1 && gone.size() == 1 && now[added.first()].inferred == now[gone.first()].inferred;
    if (isRename) {
        changes.append({SchemaChange::Kind::Renamed, now[added.first()].name, now[gone.first()].name, {}});
        m_log.write(RunLogLine::Level::Warning,
                    Words::tr("The column “%1” is probably called “%2” now. The values of before stay in “%1”.")
                        .arg(now[gone.first()].name, now[added.first()].name));
    }
    for (const qsizetype i : std::as_const(added)) {
        changes.append({SchemaChange::Kind::New, now[i].name, {}, {}});
        m_log.write(RunLogLine::Level::Info, Words::tr("New column: %1.").arg(now[i].name));
    }
    for (const qsizetype i : std::as_const(gone)) {
        changes.append({SchemaChange::Kind::Gone, now[i].name, {}, {}});
        m_log.write(RunLogLine::Level::Warning,
                    Words::tr("The source no longer has the column “%1”; its values are kept.").arg(now[i].name));
    }
    m_run.schemaChanges = changes;
}

} // namespace idstore
