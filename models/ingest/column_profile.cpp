// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/column_profile.h"

#include <algorithm>
#include <functional>

namespace idstore {

void ColumnProfile::observe(const RowBatch &batch)
{
    const int columnCount = batch.columnCount();
    for (std::size_t row = 0; row < batch.rowCount(); ++row) {
        for (int column = 0; column < columnCount; ++column)
            m_filled[static_cast<std::size_t>(column)] += batch.cellLength(row, column) > 0 ? 1 : 0;
    }
}

void ColumnProfile::merge(const ColumnProfile &other)
{
    Q_ASSERT(m_filled.size() == other.m_filled.size());
    std::ranges::transform(m_filled, other.m_filled, m_filled.begin(), std::plus());
}

void ColumnProfile::describe(Columns &columns) const
{
    Q_ASSERT(static_cast<std::size_t>(columns.size()) == m_filled.size());
    for (qsizetype i = 0; i < columns.size(); ++i)
        columns[i].filled = m_filled[static_cast<std::size_t>(i)];
}

} // namespace idstore
