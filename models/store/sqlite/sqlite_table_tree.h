// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite/sqlite_page_file.h"

#include <cstdint>
#include <span>
#include <vector>

namespace idstore {

/// Builds one table's B-tree from its rows in order, from the leaves up, so that no page is ever touched twice
/// ("Database File Format", section 1.6). Rows get the rowids 1, 2, 3 and so on. Pages go to the file as they fill;
/// several trees may share a file. In memory: the leaf being filled, and up to two pages' worth of children a level.
///
/// Errors: those of the file, which remembers them. One thread at a time.
class SqliteTableTree
{
public:
    using Bytes = std::span<const std::uint8_t>;

    /// The file must outlive the tree.
    explicit SqliteTableTree(SqlitePageFile &file);

    /// Adds a row. Its record is `head` followed by `tail`; no copy is kept of either.
    void append(Bytes head, Bytes tail);
    /// Writes what is left, with the root of the tree as page `rootPage`, which the file must already have.
    void finish(std::uint32_t rootPage);

private:
    struct Child
    {
        std::uint32_t page;
        std::int64_t lastRow;
    };
    struct Level
    {
        std::vector<Child> children; ///< without a parent yet
        std::size_t bytes = 0; ///< their cells take
        std::size_t full = 0; ///< so many make a full page; 0: they all fit one
    };

    void putOverflow(Bytes head, Bytes tail);
    void finishLeafHeader();
    void emitLeaf();
    void addChild(std::size_t level, Child child);
    /// Writes the first `count` children of the level as one page and hands it to the level above.
    void emitNode(std::size_t level, std::size_t count);
    void composeNode(std::span<const Child> children, std::uint8_t *page) const;
    [[nodiscard]] static std::size_t cellSize(const Child &child);

    SqlitePageFile &m_file;
    std::vector<std::uint8_t> m_leaf;
    std::size_t m_cellCount = 0;
    std::size_t m_contentStart;
    std::int64_t m_rows = 0;
    std::vector<Level> m_levels; ///< from the parents of the leaves up
};

} // namespace idstore
