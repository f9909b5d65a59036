// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/sources_filter.h"

#include "ui/itemmodels/sources_model.h"
#include "ui/widgets/status_pill.h"

namespace idstore {

namespace {

const SourceRow &rowOf(const QModelIndex &index)
{
    return *index.data(SourcesModel::RowRole).value<const SourceRow *>();
}

} // namespace

StatusFilter statusFilterOf(const SourceRow &row)
{
    switch (pillOf(row.source, row.progress).kind) {
    case PillKind::SignIn:
    case PillKind::Error:
        return StatusFilter::NeedYou;
    case PillKind::Ingesting:
        return StatusFilter::Running;
    case PillKind::Waiting:
        return StatusFilter::Waiting;
    case PillKind::Pending:
        return StatusFilter::Pending;
    case PillKind::Ready:
    case PillKind::Cancelled:
        break;
    }
    return StatusFilter::Ready;
}

SourcesFilter::SourcesFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    setSortRole(SourcesModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
}

void SourcesFilter::setStatus(StatusFilter status)
{
    m_status = status;
    invalidateFilter();
}

void SourcesFilter::setCategory(std::optional<ConnectorCategory> category)
{
    m_category = category;
    invalidateFilter();
}

void SourcesFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool SourcesFilter::isNarrowed() const
{
    return m_status != StatusFilter::All || m_category || !m_text.isEmpty();
}

bool SourcesFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const SourceRow &row = rowOf(sourceModel()->index(sourceRow, 0, sourceParent));
    if (m_status != StatusFilter::All && statusFilterOf(row) != m_status)
        return false;
    if (m_category && row.category != *m_category)
        return false;
    return m_text.isEmpty() || row.source.name.contains(m_text, Qt::CaseInsensitive) ||
           row.typeName.contains(m_text, Qt::CaseInsensitive) ||
           sourceDetail(row).contains(m_text, Qt::CaseInsensitive);
}

bool SourcesFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (QSortFilterProxyModel::lessThan(left, right))
        return true;
    if (QSortFilterProxyModel::lessThan(right, left))
        return false;
    const QString &one = rowOf(left).source.name;
    const QString &other = rowOf(right).source.name;
    const int order = QString::localeAwareCompare(one, other);
    if (order != 0)
        return (order < 0) == (sortOrder() == Qt::AscendingOrder); // names go up whichever way the column goes
    return rowOf(left).source.id < rowOf(right).source.id;
}

} // namespace idstore
