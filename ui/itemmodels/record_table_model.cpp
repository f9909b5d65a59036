// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/record_table_model.h"

#include "ui/async/async_runner.h"
#include "ui/text/format.h"

#include <algorithm>
#include <limits>

namespace idstore {

namespace {

constexpr int maxParallelLoads = 2;
/// A view shows two pages at most; what was asked for before the last few requests is no longer looked at.
constexpr qsizetype maxWanted = 4;
constexpr int cacheKiB = 32 * 1024;

int sizeInKiB(const QList<Record> &records)
{
    qint64 bytes = 0;
    for (const Record &record : records) {
        for (const std::optional<QString> &cell : record.cells)
            bytes += qint64(sizeof(cell)) + (cell ? cell->size() * qint64(sizeof(QChar)) : 0);
    }
    // Small pages count as their share of the page limit; one huge page must still fit.
    return int(std::clamp<qint64>(bytes / 1024, cacheKiB / RecordTableModel::maxCachedPages, cacheKiB / 4));
}

} // namespace

RecordTableModel::RecordTableModel(AsyncRunner &async, QObject *parent)
    : QAbstractTableModel(parent)
    , m_async(async)
    , m_pages(cacheKiB)
{}

RecordTableModel::~RecordTableModel()
{
    forget();
}

void RecordTableModel::show(const Dataset &dataset, PageLoader loader)
{
    beginResetModel();
    forget();
    m_dataset = dataset;
    m_loader = std::move(loader);
    startAgain();
}

bool RecordTableModel::hasRowsOf(const Dataset &dataset) const
{
    return m_loader && dataset.generation == m_dataset.generation && dataset.rowCount == m_dataset.rowCount &&
           std::ranges::equal(dataset.columns, m_dataset.columns, {}, &Column::name, &Column::name);
}

void RecordTableModel::clear()
{
    show({}, {});
}

void RecordTableModel::setSearchText(const QString &text)
{
    if (text == m_searchText)
        return;
    beginResetModel();
    forget();
    m_searchText = text;
    startAgain();
}

void RecordTableModel::setFilters(const QList<ColumnFilter> &filters)
{
    if (filters == m_filters)
        return;
    beginResetModel();
    forget();
    m_filters = filters;
    startAgain();
}

void RecordTableModel::setSort(const std::optional<RecordSort> &sort)
{
    if (sort == m_sort)
        return;
    beginResetModel();
    forget();
    m_sort = sort;
    startAgain();
}

void RecordTableModel::setColumns(const Columns &columns)
{
    m_dataset.columns = columns;
    if (columnCount() == 0)
        return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void RecordTableModel::startAgain()
{
    endResetModel();
    if (isNarrowed())
        scan();
    Q_EMIT searchProgressed();
}

void RecordTableModel::stopScanning()
{
    m_scanCancel.cancel();
}

void RecordTableModel::forget()
{
    ++m_epoch;
    m_outdated = false;
    for (const CancelToken &token : std::as_const(m_loading))
        token.cancel();
    m_scanCancel.cancel();
    m_loading.clear();
    m_wanted.clear();
    m_unreadable.clear();
    m_pages.clear();
    m_matchPages.clear();
    m_matches = 0;
    m_matchTarget = matchStep;
    m_scanAfter = 0;
    m_scanning = false;
    m_matchesComplete = false;
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    if (isNarrowed())
        return m_matches;
    return int(std::min<qint64>(m_dataset.rowCount, std::numeric_limits<int>::max()));
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_dataset.columns.size());
}

int RecordTableModel::pageOf(int row) const
{
    if (!isNarrowed())
        return row / pageSize;
    const auto behind = std::upper_bound(m_matchPages.begin(), m_matchPages.end(), row,
                                         [](int wanted, const MatchPage &page) { return wanted < page.firstRow; });
    return int(behind - m_matchPages.begin()) - 1;
}

int RecordTableModel::firstRowOf(int page) const
{
    return isNarrowed() ? m_matchPages.at(page).firstRow : page * pageSize;
}

RecordQuery RecordTableModel::queryAfter(qint64 after) const
{
    RecordQuery query;
    query.limit = pageSize;
    query.after = after;
    query.text = m_searchText;
    query.filters = m_filters;
    query.sort = m_sort;
    return query;
}

RecordQuery RecordTableModel::queryFor(int page) const
{
    return queryAfter(isNarrowed() ? m_matchPages.at(page).after : qint64(page) * pageSize);
}

const Record *RecordTableModel::recordAt(int row) const
{
    const int page = pageOf(row);
    if (page < 0)
        return nullptr;
    const Page *kept = m_pages.object(page);
    const int offset = row - firstRowOf(page);
    return kept && offset < kept->records.size() ? &kept->records.at(offset) : nullptr;
}

std::optional<QString> RecordTableModel::value(const QModelIndex &index) const
{
    const Record *record = index.isValid() ? recordAt(index.row()) : nullptr;
    return record && index.column() < record->cells.size() ? record->cells.at(index.column()) : std::nullopt;
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Record *record = recordAt(index.row());
    // Asking for a row is what makes it load; views ask for the rows they show and no others.
    if (!record && (role == Qt::DisplayRole || role == CellKindRole))
        const_cast<RecordTableModel *>(this)->want(pageOf(index.row()));
    if (role == RowNumberRole)
        return numberOf(record, index.row());
    const std::optional<QString> *cell =
        record && index.column() < record->cells.size() ? &record->cells.at(index.column()) : nullptr;
    return cellData(cell, m_dataset.columns.at(index.column()).type, role);
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (section < 0 || section >= rowCount() || (role != Qt::DisplayRole && role != RowNumberRole))
            return {};
        const qint64 number = numberOf(recordAt(section), section);
        if (role == RowNumberRole)
            return number;
        return number > 0 ? formatCount(number) : QString();
    }
    if (section < 0 || section >= m_dataset.columns.size())
        return {};
    return RecordCells::headerData(m_dataset.columns.at(section), role);
}

qint64 RecordTableModel::numberOf(const Record *record, int row) const
{
    if (record)
        return record->row;
    return isNarrowed() || m_sort ? 0 : qint64(row) + 1;
}

void RecordTableModel::setVisibleRows(int first, int last)
{
    if (first > last || rowCount() == 0)
        return;
    const int firstPage = pageOf(std::clamp(first, 0, rowCount() - 1)) - 1;
    const int lastPage = pageOf(std::clamp(last, 0, rowCount() - 1)) + 1;
    const auto isFar = [=](int page) { return page < firstPage || page > lastPage; };
    m_wanted.removeIf(isFar);
    for (auto request = m_loading.cbegin(); request != m_loading.cend(); ++request) {
        if (isFar(request.key()))
            request.value().cancel();
    }
}

void RecordTableModel::want(int page)
{
    if (page < 0 || !m_loader || m_outdated || m_loading.contains(page) || m_unreadable.contains(page))
        return;
    if (!m_wanted.isEmpty() && m_wanted.constLast() == page)
        return;
    m_wanted.removeOne(page);
    m_wanted.append(page);
    if (m_wanted.size() > maxWanted)
        m_wanted.removeFirst();
    if (m_loadScheduled)
        return;
    // Collect what one paint asks for before starting anything.
    m_loadScheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_loadScheduled = false;
            loadWanted();
        },
        Qt::QueuedConnection);
}

void RecordTableModel::loadWanted()
{
    while (!m_wanted.isEmpty() && m_loading.size() < maxParallelLoads)
        load(m_wanted.takeLast());
}

void RecordTableModel::load(int page)
{
    const CancelToken cancel;
    m_loading.insert(page, cancel);
    m_async.run(
        this, [loader = m_loader, query = queryFor(page), cancel] { return loader(query, cancel); },
        [this, page, epoch = m_epoch](const Result<RecordPage> &result) {
            if (epoch != m_epoch)
                return;
            m_loading.remove(page);
            pageArrived(page, result);
            loadWanted();
        });
}

void RecordTableModel::pageArrived(int page, const Result<RecordPage> &result)
{
    if (!result) {
        if (result.error().kind == ErrorKind::Cancelled)
            return;
        m_unreadable.insert(page);
        Q_EMIT failed(result.error());
        return;
    }
    if (result->generation != m_dataset.generation) {
        if (!m_outdated) {
            m_outdated = true;
            m_wanted.clear();
            Q_EMIT outdated();
        }
        return;
    }
    keep(page, result->records);
    const int first = firstRowOf(page);
    const int last = std::min(first + pageSize, rowCount()) - 1;
    if (first <= last && columnCount() > 0) {
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Vertical, first, last);
    }
}

void RecordTableModel::keep(int page, QList<Record> records)
{
    const int cost = sizeInKiB(records);
    auto kept = std::make_unique<Page>();
    kept->records = std::move(records);
    m_pages.insert(page, kept.release(), cost);
}

bool RecordTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && isNarrowed() && m_loader && !m_matchesComplete && !m_scanning && !m_outdated;
}

void RecordTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_matchTarget = m_matches + matchStep;
    scan();
    Q_EMIT searchProgressed();
}

void RecordTableModel::scan()
{
    if (!m_loader)
        return;
    if (!m_scanning)
        m_scanCancel = CancelToken();
    m_scanning = true;
    m_async.run(
        this,
        [loader = m_loader, query = queryAfter(m_scanAfter), cancel = m_scanCancel] { return loader(query, cancel); },
        [this, after = m_scanAfter, epoch = m_epoch](const Result<RecordPage> &result) {
            if (epoch == m_epoch)
                matchesArrived(after, result);
        });
}

void RecordTableModel::matchesArrived(qint64 after, const Result<RecordPage> &result)
{
    if (!result) {
        m_scanning = false;
        if (result.error().kind != ErrorKind::Cancelled) {
            m_matchesComplete = true;
            Q_EMIT failed(result.error());
        }
        Q_EMIT searchProgressed();
        return;
    }
    if (result->generation != m_dataset.generation) {
        m_scanning = false;
        m_outdated = true;
        Q_EMIT outdated();
        return;
    }
    if (const int found = int(result->records.size()); found > 0) {
        beginInsertRows({}, m_matches, m_matches + found - 1);
        m_matchPages.append({after, m_matches, found});
        m_matches += found;
        keep(int(m_matchPages.size()) - 1, result->records);
        endInsertRows();
    }
    m_scanAfter = result->next;
    m_matchesComplete = result->next <= after;
    if (!m_matchesComplete && m_matches < m_matchTarget && !m_scanCancel.isCancelled())
        scan();
    else
        m_scanning = false;
    Q_EMIT searchProgressed();
}

QList<RecordTableModel::CopyPart> RecordTableModel::copyParts(const QItemSelection &selection, int maxRows) const
{
    QList<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : selection)
        ranges.append({range.top(), range.bottom()});
    std::sort(ranges.begin(), ranges.end());

    QList<CopyPart> parts;
    int next = 0;
    for (const auto &[top, bottom] : std::as_const(ranges)) {
        int row = std::max(top, next);
        while (row <= bottom && maxRows > 0) {
            const int page = pageOf(row);
            const int offset = row - firstRowOf(page);
            const int pageRows = isNarrowed() ? m_matchPages.at(page).count : pageSize;
            const int count = std::min({bottom - row + 1, pageRows - offset, maxRows});
            parts.append({queryFor(page), offset, count});
            row += count;
            maxRows -= count;
        }
        next = std::max(next, row);
    }
    return parts;
}

} // namespace idstore
