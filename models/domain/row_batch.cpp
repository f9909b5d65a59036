// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/row_batch.h"

#include <algorithm>

namespace idstore {

void RowBatch::reset(int columnCount)
{
    m_columnCount = columnCount;
    m_arenaSize = 0;
    m_cellCount = 0;
    m_rowEnds.clear();
    m_rejections.clear();
    sourceBytes = 0;
}

void RowBatch::moveLines(std::int64_t by)
{
    for (RowEnd &row : m_rowEnds)
        row.line += by;
    for (Rejection &rejection : m_rejections)
        rejection.line += by;
}

void RowBatch::growArena(std::size_t bytes)
{
    m_arena.resize(std::max(m_arena.size() * 2, bytes));
}

void RowBatch::growCells()
{
    m_cells.resize(std::max<std::size_t>(m_cells.size() * 2, 64));
}

void RowBatch::appendRow(const RowBatch &other, std::size_t row, std::int64_t line)
{
    Q_ASSERT(other.m_columnCount == m_columnCount);
    for (int column = 0; column < m_columnCount; ++column) {
        if (const auto text = other.cell(row, column))
            addCell(*text);
        else
            addNull();
    }
    endRow(line);
}

void RowBatch::discardRow()
{
    m_cellCount = m_rowEnds.size() * static_cast<std::size_t>(m_columnCount);
    m_arenaSize = m_rowEnds.empty() ? 0 : m_rowEnds.back().arenaEnd;
}

} // namespace idstore
