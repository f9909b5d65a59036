// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/run_filter.h"

#include "ui/itemmodels/run_table_model.h"

namespace idstore {

RunFilter::RunFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{}

void RunFilter::setStatus(std::optional<RunStatus> status)
{
    m_status = status;
    invalidateFilter();
}

void RunFilter::setNameText(const QString &text)
{
    m_nameText = text;
    invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QModelIndex index = sourceModel()->index(sourceRow, RunTableModel::SourceColumn, sourceParent);
    if (m_status && index.data(RunTableModel::StatusRole).toInt() != int(*m_status))
        return false;
    return m_nameText.isEmpty() || index.data().toString().contains(m_nameText, Qt::CaseInsensitive);
}

} // namespace idstore
