// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/rejection.h"

#include <QtGlobal>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace idstore {

/// Rows on their way from a reader to the store: one arena of UTF-8 bytes, one small reference per cell, nothing
/// allocated per cell. NULL and the empty text are different cells. Reuse a batch with clear(): capacity stays.
/// Not thread-safe; ownership moves through the pipeline's queue.
///
///     batch.reset(columnCount);
///     batch.addCell("Ada"); batch.addNull(); batch.endRow(17);
class RowBatch
{
public:
    /// Bytes one cell may hold; longer values are the reader's to reject.
    static constexpr std::size_t maxCellBytes = 0x7FFF'FFFF;

    /// Empties the batch and sets how many cells each row has.
    void reset(int columnCount);

    /// The next cell of the row being written. The bytes are copied into the arena and must be valid UTF-8.
    void addCell(std::string_view utf8)
    {
        makeRoom(utf8.size());
        if (!utf8.empty())
            std::memcpy(m_arena.data() + m_arenaSize, utf8.data(), utf8.size());
        endCell(utf8.size());
    }
    /// The same for text with at least `overread` bytes behind it that may be read, whatever they are: most cells are
    /// short, and copying a fixed number of bytes is quicker than copying the right number.
    static constexpr std::size_t overread = 16;
    Q_ALWAYS_INLINE void addCellWithin(std::string_view utf8)
    {
        makeRoom(utf8.size());
        char *const out = m_arena.data() + m_arenaSize;
        std::memcpy(out, utf8.data(), overread);
        if (utf8.size() > overread)
            std::memcpy(out + overread, utf8.data() + overread, utf8.size() - overread);
        endCell(utf8.size());
    }
    Q_ALWAYS_INLINE void addNull() { putCell(-1); }
    /// Ends the row; it must have exactly columnCount() cells. `line`: where it starts in the source, 1-based,
    /// 0 when the source has no lines.
    void endRow(std::int64_t line)
    {
        m_rowEnds.push_back({line, m_arenaSize});
        Q_ASSERT(m_cellCount == m_rowEnds.size() * static_cast<std::size_t>(m_columnCount));
    }
    /// A row of another batch with as many columns.
    void appendRow(const RowBatch &other, std::size_t row, std::int64_t line);
    /// Forgets the cells of the row being written, as when it turns out to be a reject.
    void discardRow();

    void addRejection(Rejection rejection) { m_rejections.push_back(std::move(rejection)); }

    /// The rejections of this batch, which are no longer its own.
    [[nodiscard]] std::vector<Rejection> takeRejections() { return std::exchange(m_rejections, {}); }

    /// Counts the lines of all rows and rejections from further down: for a part of a source that was read by itself.
    void moveLines(std::int64_t by);

    [[nodiscard]] int columnCount() const { return m_columnCount; }
    [[nodiscard]] std::size_t rowCount() const { return m_rowEnds.size(); }
    [[nodiscard]] bool isEmpty() const { return m_rowEnds.empty() && m_rejections.empty(); }
    /// Bytes held: what the pipeline bounds.
    [[nodiscard]] std::size_t byteCount() const { return m_arenaSize + m_cellCount * sizeof(Cell); }

    struct Cell
    {
        std::uint64_t offset;
        std::int64_t length; ///< -1: NULL
    };

    /// The text of a cell, or nothing for NULL. Valid until the batch changes.
    [[nodiscard]] std::optional<std::string_view> cell(std::size_t row, int column) const
    {
        const Cell &cell = m_cells[row * static_cast<std::size_t>(m_columnCount) + static_cast<std::size_t>(column)];
        if (cell.length < 0)
            return std::nullopt;
        return std::string_view(m_arena.data() + cell.offset, static_cast<std::size_t>(cell.length));
    }
    /// Bytes of a cell, -1 for NULL.
    [[nodiscard]] std::int64_t cellLength(std::size_t row, int column) const
    {
        return m_cells[row * static_cast<std::size_t>(m_columnCount) + static_cast<std::size_t>(column)].length;
    }
    /// The texts of a row's cells, one right behind the other. Valid until the batch changes.
    [[nodiscard]] std::string_view rowText(std::size_t row) const
    {
        const std::size_t start = row == 0 ? 0 : m_rowEnds[row - 1].arenaEnd;
        return {m_arena.data() + start, m_rowEnds[row].arenaEnd - start};
    }
    /// The texts of one column by row, for whoever looks at many: NULL is empty there too. Valid until the batch
    /// changes.
    class ColumnTexts
    {
    public:
        [[nodiscard]] std::string_view operator[](std::size_t row) const
        {
            const Cell &cell = m_first[row * m_stride];
            return {m_arena + cell.offset, cell.length < 0 ? 0 : static_cast<std::size_t>(cell.length)};
        }

    private:
        friend class RowBatch;
        const Cell *m_first;
        std::size_t m_stride;
        const char *m_arena;
    };
    [[nodiscard]] ColumnTexts columnTexts(int column) const
    {
        ColumnTexts texts;
        texts.m_first = m_cells.data() + column;
        texts.m_stride = static_cast<std::size_t>(m_columnCount);
        texts.m_arena = m_arena.data();
        return texts;
    }
    [[nodiscard]] std::int64_t line(std::size_t row) const { return m_rowEnds[row].line; }
    void setLine(std::size_t row, std::int64_t line) { m_rowEnds[row].line = line; }
    [[nodiscard]] const std::vector<Rejection> &rejections() const { return m_rejections; }

    /// Bytes of the source consumed up to the end of this batch, for progress.
    std::int64_t sourceBytes = 0;

private:
    struct RowEnd
    {
        std::int64_t line;
        std::size_t arenaEnd;
    };

    void makeRoom(std::size_t bytes)
    {
        if (m_arena.size() - m_arenaSize < bytes + overread)
            growArena(m_arenaSize + bytes + overread);
    }
    Q_ALWAYS_INLINE void endCell(std::size_t bytes)
    {
        putCell(static_cast<std::int64_t>(bytes));
        m_arenaSize += bytes;
    }
    Q_ALWAYS_INLINE void putCell(std::int64_t length)
    {
        if (m_cellCount == m_cells.size())
            growCells();
        m_cells[m_cellCount++] = {m_arenaSize, length};
    }
    void growCells();
    void growArena(std::size_t bytes);

    int m_columnCount = 0;
    std::vector<char> m_arena; ///< with room behind the texts
    std::size_t m_arenaSize = 0;
    std::vector<Cell> m_cells; ///< with room behind those there are
    std::size_t m_cellCount = 0;
    std::vector<RowEnd> m_rowEnds;
    std::vector<Rejection> m_rejections;
};

} // namespace idstore
