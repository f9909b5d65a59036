// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/row_batch.h"

#include <QtGlobal>

namespace idstore {

void RowBatch::reset(int columnCount)
{
    m_columnCount = columnCount;
    m_arena.clear();
    m_cells.clear();
    m_rowEnds.clear();
    m_rejections.clear();
    sourceBytes = 0;
}

void RowBatch::addCell(std::string_view utf8)
{
    m_cells.push_back({m_arena.size(), static_cast<std::int64_t>(utf8.size())});
    m_arena.insert(m_arena.end(), utf8.begin(), utf8.end());
}

void RowBatch::addNull()
{
    m_cells.push_back({m_arena.size(), -1});
}

void RowBatch::endRow(std::int64_t line)
{
    m_rowEnds.push_back({line, m_arena.size()});
    Q_ASSERT(m_cells.size() == m_rowEnds.size() * static_cast<std::size_t>(m_columnCount));
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
    m_cells.resize(m_rowEnds.size() * static_cast<std::size_t>(m_columnCount));
    m_arena.resize(m_rowEnds.empty() ? 0 : m_rowEnds.back().arenaEnd);
}

std::optional<std::string_view> RowBatch::cell(std::size_t row, int column) const
{
    const Cell &cell = m_cells[row * static_cast<std::size_t>(m_columnCount) + static_cast<std::size_t>(column)];
    if (cell.length < 0)
        return std::nullopt;
    return std::string_view(m_arena.data() + cell.offset, static_cast<std::size_t>(cell.length));
}

} // namespace idstore
