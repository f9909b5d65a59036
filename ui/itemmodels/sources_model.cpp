// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/sources_model.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/text/format.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/status_pill.h"

#include <QHash>
#include <QJsonObject>

#include <algorithm>

namespace idstore {

namespace {

constexpr int sampleEvery = 250; // milliseconds
constexpr int gatherFor = 40; // milliseconds: several signals, one reading

// What needs a person comes first.
int urgency(PillKind kind)
{
    switch (kind) {
    case PillKind::SignIn:
        return 0;
    case PillKind::Error:
        return 1;
    case PillKind::Ingesting:
        return 2;
    case PillKind::Waiting:
        return 3;
    case PillKind::Pending:
        return 4;
    case PillKind::Ready:
    case PillKind::Cancelled:
        break;
    }
    return 5;
}

QDateTime lastRunAt(const Source &source)
{
    if (!source.lastRun)
        return {};
    return source.lastRun->finishedAt.isValid() ? source.lastRun->finishedAt : source.lastRun->startedAt;
}

} // namespace

SourcesModel::SourcesModel(Engine &engine, AsyncRunner &async, QObject *parent)
    : QAbstractTableModel(parent)
    , m_engine(engine)
    , m_async(async)
{
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(gatherFor);
    connect(&m_loadSoon, &QTimer::timeout, this, &SourcesModel::load);
    m_sampling.setInterval(sampleEvery);
    connect(&m_sampling, &QTimer::timeout, this, &SourcesModel::sample);

    // The services emit from their own threads; `this` as the context brings the calls here.
    SourceService &sources = engine.sources();
    connect(&sources, &SourceService::sourceAdded, this, &SourcesModel::refresh);
    connect(&sources, &SourceService::sourceChanged, this, &SourcesModel::refresh);
    connect(&sources, &SourceService::sourceRemoved, this, &SourcesModel::refresh);
    IngestionService &ingestion = engine.ingestion();
    connect(&ingestion, &IngestionService::runStarted, this, [this] {
        m_sampling.start();
        refresh();
    });
    connect(&ingestion, &IngestionService::runFinished, this, &SourcesModel::refresh);
    if (ingestion.runningCount() > 0)
        m_sampling.start();
    load();
}

int SourcesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SourcesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SourcesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SourceRow &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::AccessibleTextRole:
        return spokenText(row, index.column());
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case RowRole:
        return QVariant::fromValue(&row);
    case IdRole:
        return QVariant::fromValue(row.source.id);
    case SortRole:
        return sortKey(row, index.column());
    default:
        return {};
    }
}

QVariant SourcesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == RowsColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case StatusColumn:
        return tr("Status");
    case RowsColumn:
        return tr("Rows");
    case LastRunColumn:
        return tr("Last run");
    default:
        return {};
    }
}

const SourceRow *SourcesModel::find(SourceId id) const
{
    const auto found = std::ranges::find(m_rows, id, [](const SourceRow &row) { return row.source.id; });
    return found == m_rows.end() ? nullptr : &*found;
}

QModelIndex SourcesModel::indexOf(SourceId id) const
{
    const auto found = std::ranges::find(m_rows, id, [](const SourceRow &row) { return row.source.id; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()), 0);
}

double SourcesModel::rowsPerSecond() const
{
    double sum = 0;
    for (const SourceRow &row : m_rows)
        sum += row.progress ? row.progress->rowsPerSecond : 0;
    return sum;
}

void SourcesModel::refresh()
{
    if (!m_loadSoon.isActive())
        m_loadSoon.start();
}

void SourcesModel::load()
{
    if (m_loading) {
        m_loadAgain = true;
        return;
    }
    m_loading = true;
    m_async.run(
        this, [&sources = m_engine.sources()] { return sources.list(TokenService::localUser()); },
        [this](Result<QList<Source>> list) {
            m_loading = false;
            if (list)
                take(*std::move(list));
            else
                Q_EMIT failed(list.error());
            if (m_loadAgain) {
                m_loadAgain = false;
                refresh();
            }
        });
}

void SourcesModel::take(QList<Source> sources)
{
    QHash<SourceId, qsizetype> wanted;
    for (qsizetype i = 0; i < sources.size(); ++i)
        wanted.insert(sources[i].id, i);

    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[row].source.id))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    // What remains has the order of the list (oldest first), so that new ones come behind.
    for (int row = 0; row < m_rows.size(); ++row) {
        const qsizetype at = wanted.take(m_rows[row].source.id);
        m_rows[row] = makeRow(std::move(sources[at]));
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
    QList<SourceRow> added;
    for (Source &source : sources) {
        if (wanted.contains(source.id))
            added.append(makeRow(std::move(source)));
    }
    if (!added.isEmpty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_rows.append(added);
        endInsertRows();
    }
    const bool first = !m_loaded;
    m_loaded = true;
    if (first)
        Q_EMIT loaded();
    Q_EMIT refreshed();
}

void SourcesModel::sample()
{
    for (int i = 0; i < m_rows.size(); ++i) {
        SourceRow &row = m_rows[i];
        std::optional<Progress> progress = m_engine.ingestion().progress(row.source.id);
        if (!progress && !row.progress)
            continue;
        row.progress = std::move(progress);
        Q_EMIT dataChanged(index(i, 0), index(i, ColumnCount - 1));
    }
    if (m_engine.ingestion().runningCount() == 0)
        m_sampling.stop();
    Q_EMIT sampled();
}

SourceRow SourcesModel::makeRow(Source source) const
{
    SourceRow row;
    if (const Connector *connector = m_engine.sources().connectors().find(source.sourceType)) {
        row.category = connector->descriptor().category;
        row.typeName = connector->descriptor().title;
    }
    if (source.sourceType == QLatin1StringView(fileSourceType))
        row.typeName = tr("File");
    if (source.status == SourceStatus::Ingesting)
        row.progress = m_engine.ingestion().progress(source.id);
    row.source = std::move(source);
    return row;
}

QVariant SourcesModel::text(const SourceRow &row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.source.name;
    case StatusColumn:
        return pillOf(row.source, row.progress).text;
    case RowsColumn:
        return row.source.generation == 0 && !row.progress
                   ? QStringLiteral("—")
                   : formatCount(row.progress ? row.progress->rows : row.source.rowCount);
    case LastRunColumn:
        if (row.progress)
            return progressShare(*row.progress);
        return formatShortMoment(lastRunAt(row.source), QDateTime::currentDateTimeUtc());
    default:
        return {};
    }
}

QVariant SourcesModel::sortKey(const SourceRow &row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.source.name;
    case StatusColumn:
        return urgency(pillOf(row.source, row.progress).kind);
    case RowsColumn:
        return row.source.rowCount;
    case LastRunColumn:
        return lastRunAt(row.source);
    default:
        return {};
    }
}

QString SourcesModel::spokenText(const SourceRow &row, int column) const
{
    const auto joined = [](QStringList parts) {
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    };
    switch (column) {
    case NameColumn:
        return joined({row.source.name, row.typeName, sourceDetail(row)});
    case StatusColumn:
        return joined({pillOf(row.source, row.progress).text, statusReason(row)});
    case RowsColumn:
        return joined(
            {tr("%1 rows").arg(formatCount(row.progress ? row.progress->rows : row.source.rowCount)), rowsDetail(row)});
    case LastRunColumn:
        if (row.progress) {
            return joined({progressShare(*row.progress), formatRate(row.progress->rowsPerSecond),
                           formatOutlook(*row.progress, QDateTime::currentDateTimeUtc())});
        }
        return tr("Last run: %1").arg(text(row, column).toString());
    default:
        return {};
    }
}

QString SourcesModel::toolTip(const SourceRow &row, int column) const
{
    switch (column) {
    case NameColumn:
        return QString(row.source.name % u'\n' % sourceDetail(row));
    case StatusColumn:
        return row.source.error && row.source.status == SourceStatus::Error ? row.source.error->detail() : QString();
    case LastRunColumn:
        if (row.progress)
            return estimateBasisSentence(row.progress->basis);
        return formatExactMoment(lastRunAt(row.source));
    default:
        return {};
    }
}

QString sourceDetail(const SourceRow &row)
{
    if (row.source.file)
        return QString(row.source.file->originalName % QStringLiteral(" · ") % formatBytes(row.source.file->size));
    // The settings that say where a connector reads from, in the order of what tells most.
    QStringList parts;
    for (const char *key : {"host", "url", "account", "domain", "shop", "bucket", "project", "database", "path",
                            "table", "sheet", "list", "object"}) {
        const QString value = row.source.config.value(QLatin1StringView(key)).toString();
        if (!value.isEmpty() && parts.size() < 2)
            parts.append(value);
    }
    return parts.isEmpty() ? row.typeName : parts.join(QStringLiteral(" · "));
}

QString statusReason(const SourceRow &row)
{
    if (row.source.status == SourceStatus::Error && row.source.error)
        return row.source.error->message;
    if (row.source.status == SourceStatus::Pending && row.source.lastRun &&
        row.source.lastRun->status == RunStatus::Cancelled)
        return SourcesModel::tr("Last run cancelled");
    return {};
}

QString rowsDetail(const SourceRow &row)
{
    if (row.progress) {
        if (row.progress->totalRows)
            return SourcesModel::tr("of %1").arg(formatCount(*row.progress->totalRows));
        if (row.progress->totalBytes)
            return SourcesModel::tr("of %1").arg(formatBytes(*row.progress->totalBytes));
        return {};
    }
    if (row.source.rejectedCount > 0 && row.source.status == SourceStatus::Ready)
        return SourcesModel::tr("%1 rejected").arg(formatCount(row.source.rejectedCount));
    return {};
}

} // namespace idstore
