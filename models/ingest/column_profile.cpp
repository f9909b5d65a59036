// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/column_profile.h"

#include <algorithm>

namespace idstore {

ColumnProfile::ColumnProfile(const Columns &columns)
    : ColumnProfile(static_cast<int>(columns.size()))
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (columns[i].chosen)
            m_tallies[static_cast<std::size_t>(i)].expect(columns[i].type, columns[i].dateOrder);
    }
}

void ColumnProfile::observe(const RowBatch &batch)
{
    // Column by column, so that each stays on its own short path; in blocks of rows that the cache holds.
    constexpr std::size_t blockRows = 64;
    const int columnCount = batch.columnCount();
    for (std::size_t start = 0; start < batch.rowCount(); start += blockRows) {
        const std::size_t end = std::min(start + blockRows, batch.rowCount());
        for (int column = 0; column < columnCount; ++column)
            m_tallies[static_cast<std::size_t>(column)].addRows(batch.columnTexts(column), start, end);
    }
}

void ColumnProfile::merge(const ColumnProfile &other)
{
    Q_ASSERT(m_tallies.size() == other.m_tallies.size());
    for (std::size_t i = 0; i < m_tallies.size(); ++i)
        m_tallies[i].merge(other.m_tallies[i]);
}

void ColumnProfile::describe(Columns &columns) const
{
    Q_ASSERT(static_cast<std::size_t>(columns.size()) == m_tallies.size());
    for (qsizetype i = 0; i < columns.size(); ++i)
        m_tallies[static_cast<std::size_t>(i)].describe(columns[i]);
}

} // namespace idstore
