// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace idstore {

/// Whole leaf pages of a table's B-tree, with the overflow pages of their rows, made without knowing where in the file
/// they will be: several threads can each make some, and SqliteTableTree gives them their numbers in order
/// ("Database File Format", section 1.6). Memory is kept from run to run. Used by one thread at a time.
class SqliteLeafRun
{
public:
    using Bytes = std::span<const std::uint8_t>;

    SqliteLeafRun(std::size_t pageSize, std::size_t usableSize)
        : m_pageSize(pageSize)
        , m_usableSize(usableSize)
    {}

    /// Empties the run. `rowsBefore`: rows before its first one in the whole table.
    void start(std::int64_t rowsBefore);
    /// Whether another row with a record of this size fits into the last leaf.
    [[nodiscard]] bool hasRoomFor(std::size_t recordSize) const;
    /// Adds a row. Its record is `head` followed by `tail`; no copy is kept of either.
    void append(Bytes head, Bytes tail);
    /// After the last row.
    void finish();

    struct Leaf
    {
        std::size_t page; ///< of the run, from 0
        std::int64_t lastRow;
    };
    /// A page number to be filled in.
    struct Link
    {
        std::size_t offset; ///< in pages()
        std::size_t page; ///< of the run, from 0
    };

    [[nodiscard]] std::size_t pageSize() const { return m_pageSize; }
    [[nodiscard]] std::size_t pageCount() const { return m_pageCount; }
    [[nodiscard]] std::uint8_t *page(std::size_t index) { return m_pages.data() + index * m_pageSize; }
    [[nodiscard]] const std::vector<Leaf> &leaves() const { return m_leaves; }
    [[nodiscard]] const std::vector<Link> &links() const { return m_links; }
    [[nodiscard]] std::int64_t lastRow() const { return m_row; }

private:
    [[nodiscard]] std::size_t cellSize(std::size_t recordSize) const;
    [[nodiscard]] bool fits(std::size_t cellSize) const;
    /// The index of a new page, whose bytes are whatever was there before.
    std::size_t addPage();
    void startLeaf();
    void finishLeaf();
    void addOverflow(std::size_t linkOffset, Bytes head, Bytes tail);

    std::size_t m_pageSize;
    std::size_t m_usableSize;
    std::vector<std::uint8_t> m_pages; ///< as many as there ever were
    std::size_t m_pageCount = 0;
    std::vector<Leaf> m_leaves;
    std::vector<Link> m_links;
    std::int64_t m_row = 0;
    std::size_t m_cellCount = 0; ///< of the last leaf
    std::size_t m_contentStart = 0; ///< of the last leaf
};

} // namespace idstore
