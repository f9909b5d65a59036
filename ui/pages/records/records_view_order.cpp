// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows the view shows, and in which order: sorting by a column and filtering by columns.
#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/record_table_model.h"
#include "ui/page_context.h"
#include "ui/pages/records/filter_bar.h"
#include "ui/pages/records/filter_editor.h"
#include "ui/pages/records/record_grid.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/records/record_sorter.h"
#include "ui/pages/records/records_view.h"
#include "ui/text/filter_text.h"
#include "ui/text/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QLabel>
#include <QMenu>

#include <algorithm>

namespace idstore {

void RecordsView::connectOrder()
{
    auto *header = m_grid->recordHeader();
    header->setHasMenus(true);
    connect(header, &RecordHeader::menuWanted, this, &RecordsView::openHeaderMenu);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int section, Qt::SortOrder order) {
        const Columns &columns = m_model->dataset().columns;
        if (section < 0 || section >= columns.size())
            sortBy({});
        else
            sortBy(RecordSort{columns.at(section).name, order == Qt::DescendingOrder});
    });
    connect(m_sorter, &RecordSorter::progressed, this, &RecordsView::updateFooter);
    connect(m_sorter, &RecordSorter::progressed, this, [this](double part) { m_sorted = part; });
    connect(m_sorter, &RecordSorter::finished, this, &RecordsView::sortFinished);
    connect(m_filterBar, &FilterBar::editWanted, this, [this](int index) {
        const ColumnFilter filter = m_model->filters().value(index);
        const int section = sectionOf(filter.column);
        if (section >= 0)
            editFilter(section, filter, index);
    });
    connect(m_filterBar, &FilterBar::removeWanted, this, [this](int index) {
        QList<ColumnFilter> filters = m_model->filters();
        filters.remove(index);
        setFilters(filters);
        m_grid->setFocus(Qt::OtherFocusReason);
    });
}

int RecordsView::sectionOf(const QString &column) const
{
    const Columns &columns = m_model->dataset().columns;
    const auto found = std::ranges::find(columns, column, &Column::name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

void RecordsView::resetOrder()
{
    m_sorter->cancel();
    m_wantedSort.reset();
    m_model->setSort({});
    m_model->setFilters({});
    m_filterBar->setFilters({}, {});
    showIndicator();
}

void RecordsView::followDataset()
{
    const Columns &columns = m_model->dataset().columns;
    QList<ColumnFilter> filters = m_model->filters();
    filters.removeIf([this](const ColumnFilter &filter) { return sectionOf(filter.column) < 0; });
    m_model->setFilters(filters);
    m_filterBar->setFilters(filters, columns);
    // The order of before is none of these rows, or of these types.
    m_model->setSort({});
    if (m_wantedSort && sectionOf(m_wantedSort->column) < 0)
        m_wantedSort.reset();
    if (m_wantedSort)
        startSorting();
    showIndicator();
}

void RecordsView::showIndicator()
{
    const QSignalBlocker blocker(m_grid->recordHeader());
    QHeaderView *header = m_grid->recordHeader();
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(m_wantedSort ? sectionOf(m_wantedSort->column) : -1,
                             m_wantedSort && m_wantedSort->descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    header->viewport()->update();
}

void RecordsView::sortBy(const std::optional<RecordSort> &sort)
{
    if (sort == m_wantedSort)
        return;
    m_wantedSort = sort;
    m_sorter->cancel();
    if (sort)
        startSorting();
    else
        m_model->setSort({});
    showIndicator();
    m_grid->doItemsLayout();
    updateFooter();
}

void RecordsView::startSorting()
{
    m_sorted = 0;
    m_sorter->start([&records = m_context.engine.records(), id = m_id,
                     sort = *m_wantedSort](const CancelToken &cancel, const RecordSorter::Progress &progress) {
        return records.prepareSort(TokenService::localUser(), id, sort, cancel, progress);
    });
}

void RecordsView::sortFinished(const Result<void> &result)
{
    if (result) {
        m_model->setSort(m_wantedSort);
        m_grid->scrollToRow(0);
        m_grid->doItemsLayout();
    } else {
        cancelSorting();
        if (result.error().kind != ErrorKind::Cancelled)
            showError(result.error());
    }
    updateFooter();
}

void RecordsView::cancelSorting()
{
    m_sorter->cancel();
    m_wantedSort = m_model->sort(); // the order that is shown
    showIndicator();
    updateFooter();
}

void RecordsView::setFilters(const QList<ColumnFilter> &filters)
{
    m_model->setFilters(filters);
    m_filterBar->setFilters(filters, m_model->dataset().columns);
    m_grid->scrollToRow(0);
    m_grid->doItemsLayout();
    updateFooter();
}

void RecordsView::editFilter(int section, const ColumnFilter &filter, int index)
{
    auto *editor = new FilterEditor(m_context.theme, m_model->dataset().columns.at(section), filter, this);
    connect(editor, &FilterEditor::applied, this, [this, index](const ColumnFilter &applied) {
        QList<ColumnFilter> filters = m_model->filters();
        if (index >= 0 && index < filters.size())
            filters[index] = applied;
        else
            filters.append(applied);
        setFilters(filters);
    });
    editor->move(m_grid->recordHeader()->menuPosition(section));
    editor->show();
}

void RecordsView::openHeaderMenu(int section)
{
    const Columns &columns = m_model->dataset().columns;
    if (section < 0 || section >= columns.size())
        return;
    const Column &column = columns.at(section);
    const Theme &theme = m_context.theme;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(column.name);
    const bool isSorted = m_wantedSort && m_wantedSort->column == column.name;
    const auto addOrder = [&](const QString &icon, const QString &text, bool isChosen,
                              const std::optional<RecordSort> &sort) {
        QAction *action = menu->addAction(text, this, [this, sort] { sortBy(sort); });
        action->setCheckable(true);
        action->setChecked(isChosen);
        if (!isChosen)
            action->setIcon(theme.icon(icon));
    };
    addOrder(QStringLiteral("arrow-up"), tr("Sort upwards"), isSorted && !m_wantedSort->descending,
             RecordSort{column.name, false});
    addOrder(QStringLiteral("arrow-down"), tr("Sort downwards"), isSorted && m_wantedSort->descending,
             RecordSort{column.name, true});
    addOrder(QStringLiteral("sort"), tr("In the order of the source"), !m_wantedSort, {});
    menu->addSeparator();
    ColumnFilter filter;
    filter.column = column.name;
    filter.filterOperator = filterOperators(column.type).constFirst();
    menu->addAction(theme.icon(QStringLiteral("filter")), tr("Filter…"), this,
                    [this, section, filter] { editFilter(section, filter, -1); });
    const QModelIndex current = m_grid->currentIndex();
    const std::optional<QString> value =
        current.isValid() && current.column() == section ? m_model->value(current) : std::nullopt;
    if (value && value->size() < 200) {
        filter.filterOperator = FilterOperator::Equals;
        filter.value = *value;
        menu->addAction(tr("Filter by the value of this row"), this,
                        [this, filter] { setFilters(m_model->filters() + QList<ColumnFilter>{filter}); });
    }
    menu->popup(m_grid->recordHeader()->menuPosition(section));
}

QString RecordsView::sortText() const
{
    if (!m_sorter->isRunning())
        return {};
    return tr("Sorting by %1… %2").arg(m_wantedSort->column, formatPercent(m_sorted));
}

} // namespace idstore
