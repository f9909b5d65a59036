// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/run_table_model.h"

#include "ui/async/async_runner.h"
#include "ui/itemmodels/run_text.h"
#include "ui/text/format.h"

#include <algorithm>

namespace idstore {

namespace {

constexpr QChar dash(0x2014);

bool isFigure(int column)
{
    return column >= RunTableModel::TookColumn && column <= RunTableModel::RejectedColumn;
}

} // namespace

RunTableModel::RunTableModel(AsyncRunner &async, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_async(async)
    , m_clock(clock)
{}

void RunTableModel::setLoader(RunLoader loader)
{
    beginResetModel();
    ++m_epoch;
    m_loader = std::move(loader);
    m_runs.clear();
    m_progress.clear();
    m_loaded = false;
    m_reloading = false;
    m_reloadAgain = false;
    m_fetchingOlder = false;
    m_hasOlder = false;
    endResetModel();
    reload();
}

void RunTableModel::reload()
{
    if (!m_loader)
        return;
    if (m_reloading) {
        m_reloadAgain = true;
        return;
    }
    m_reloading = true;
    const int limit = std::max(step, int(m_runs.size()));
    m_async.run(
        this, [loader = m_loader, limit] { return loader(limit, {}); },
        [this, limit, epoch = m_epoch](const Result<QList<IngestionRun>> &result) {
            if (epoch != m_epoch)
                return;
            m_reloading = false;
            if (!result) {
                Q_EMIT failed(result.error());
            } else {
                const bool isAll = result->size() < limit;
                merge(*result, isAll);
                m_hasOlder = !isAll;
                m_loaded = true;
                Q_EMIT loaded();
            }
            if (std::exchange(m_reloadAgain, false))
                reload();
        });
}

void RunTableModel::merge(const QList<IngestionRun> &fresh, bool isAll)
{
    m_progress.removeIf([&fresh](const QHash<SourceId, Progress>::iterator &entry) {
        return std::none_of(fresh.begin(), fresh.end(), [&](const IngestionRun &run) {
            return run.source == entry.key() && run.status == RunStatus::Running;
        });
    });
    int row = 0;
    for (const IngestionRun &run : fresh) {
        while (row < m_runs.size() && m_runs.at(row).id > run.id) {
            beginRemoveRows({}, row, row);
            m_runs.removeAt(row);
            endRemoveRows();
        }
        if (row < m_runs.size() && m_runs.at(row).id == run.id) {
            m_runs[row] = run;
            Q_EMIT dataChanged(index(row, 0), index(row, columnTotal - 1));
        } else {
            beginInsertRows({}, row, row);
            m_runs.insert(row, run);
            endInsertRows();
        }
        ++row;
    }
    if (isAll && row < m_runs.size()) {
        beginRemoveRows({}, row, int(m_runs.size()) - 1);
        m_runs.resize(row);
        endRemoveRows();
    }
}

std::optional<IngestionRun> RunTableModel::runAt(int row) const
{
    return row >= 0 && row < m_runs.size() ? std::optional(m_runs.at(row)) : std::nullopt;
}

int RunTableModel::rowOf(RunId id) const
{
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [id](const IngestionRun &run) { return run.id == id; });
    return found == m_runs.end() ? -1 : int(found - m_runs.begin());
}

QList<SourceId> RunTableModel::runningSources() const
{
    QList<SourceId> sources;
    for (const IngestionRun &run : m_runs) {
        if (run.status == RunStatus::Running)
            sources.append(run.source);
    }
    return sources;
}

void RunTableModel::setProgress(SourceId source, const Progress &progress)
{
    m_progress.insert(source, progress);
    for (int row = 0; row < m_runs.size(); ++row) {
        if (m_runs.at(row).source == source && m_runs.at(row).status == RunStatus::Running)
            Q_EMIT dataChanged(index(row, ResultColumn), index(row, columnTotal - 1));
    }
}

int RunTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QString RunTableModel::text(const IngestionRun &run, int column) const
{
    const bool isRunning = run.status == RunStatus::Running;
    // What became of the rows is known once the run has ended well; until then nothing of it is stored.
    const auto count = [&](qint64 value) {
        return run.status == RunStatus::Completed ? formatCount(value) : QString(dash);
    };
    switch (column) {
    case SourceColumn:
        return run.sourceName;
    case StartedColumn:
        return startedText(run.startedAt, m_clock.now());
    case ResultColumn:
        return runStatusWord(run.status);
    case TookColumn: {
        const QDateTime end = isRunning ? m_clock.now() : run.finishedAt;
        return end.isValid() ? formatDuration(run.startedAt.msecsTo(end)) : QString(dash);
    }
    case ReadColumn:
        return formatCount(isRunning && m_progress.contains(run.source) ? m_progress[run.source].rows
                                                                        : run.counts.read);
    case NewColumn:
        return count(run.counts.added);
    case ChangedColumn:
        return count(run.counts.changed);
    case RemovedColumn:
        return count(run.counts.removed);
    case RejectedColumn:
        return count(run.counts.rejected);
    case StartedByColumn:
        return run.mode == RunMode::Repair
                   ? tr("%1, retry", "who started a retry of rejected rows").arg(runTriggerWord(run.trigger))
                   : runTriggerWord(run.trigger);
    default:
        return {};
    }
}

QString RunTableModel::toolTip(const IngestionRun &run, int column) const
{
    switch (column) {
    case StartedColumn:
        return formatExactMoment(run.startedAt);
    case TookColumn:
        return formatExactMoment(run.finishedAt);
    case ResultColumn:
        return run.error ? run.error->detail() : QString();
    case SourceColumn:
        return run.sourceName;
    default:
        return run.status == RunStatus::Completed && isFigure(column) ? countsText(run.counts) : QString();
    }
}

QVariant RunTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const IngestionRun &run = m_runs.at(index.row());
    const bool isRunning = run.status == RunStatus::Running;
    const auto progress = isRunning ? m_progress.constFind(run.source) : m_progress.constEnd();
    const bool hasProgress = progress != m_progress.constEnd();
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case Qt::AccessibleTextRole: {
        const QString shown = text(run, index.column());
        return shown == QString(dash) ? tr("none") : shown;
    }
    case Qt::ToolTipRole: {
        const QString tip = toolTip(run, index.column());
        return tip.isEmpty() ? QVariant() : QVariant(tip.toHtmlEscaped());
    }
    case Qt::TextAlignmentRole:
        return int((isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RunIdRole:
        return run.id.number();
    case SourceIdRole:
        return run.source.number();
    case SourceTypeRole:
        return run.sourceType;
    case StatusRole:
        return int(run.status);
    case FractionRole:
        return hasProgress && progress->fraction() ? QVariant(*progress->fraction()) : QVariant();
    case ProgressTextRole:
        return hasProgress ? QVariant(runProgressText(*progress)) : QVariant();
    case WaitingUntilRole:
        return hasProgress && progress->waitingUntil ? QVariant(*progress->waitingUntil) : QVariant();
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnTotal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SourceColumn:
        return tr("Source");
    case StartedColumn:
        return tr("Started");
    case ResultColumn:
        return tr("Result");
    case TookColumn:
        return tr("Took");
    case ReadColumn:
        return tr("Read");
    case NewColumn:
        return tr("New");
    case ChangedColumn:
        return tr("Changed");
    case RemovedColumn:
        return tr("Removed");
    case RejectedColumn:
        return tr("Rejected");
    case StartedByColumn:
        return tr("Started by");
    default:
        return {};
    }
}

bool RunTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasOlder && !m_fetchingOlder;
}

void RunTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetchingOlder = true;
    m_async.run(
        this, [loader = m_loader, before = m_runs.constLast().id] { return loader(step, before); },
        [this, before = m_runs.constLast().id, epoch = m_epoch](const Result<QList<IngestionRun>> &result) {
            if (epoch != m_epoch)
                return;
            m_fetchingOlder = false;
            if (!result) {
                m_hasOlder = false;
                Q_EMIT failed(result.error());
                return;
            }
            m_hasOlder = result->size() == step;
            // A reload in between may have changed the end of the list: then there is nothing to join on to.
            if (result->isEmpty() || m_runs.isEmpty() || m_runs.constLast().id != before)
                return;
            beginInsertRows({}, int(m_runs.size()), int(m_runs.size() + result->size()) - 1);
            m_runs.append(*result);
            endInsertRows();
        });
}

} // namespace idstore
