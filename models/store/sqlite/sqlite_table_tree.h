// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite/sqlite_leaf_run.h"
#include "models/store/sqlite/sqlite_page_file.h"

#include <cstdint>
#include <span>
#include <vector>

namespace idstore {

/// Builds one table's B-tree from its rows in order, from the leaves up, so that no page is ever touched twice
/// ("Database File Format", section 1.6). Rows get the rowids 1, 2, 3 and so on. Pages go to the file as they fill;
/// several trees may share a file. Rows come one by one, or as leaves that were made elsewhere.
/// In memory: up to about a MiB of leaves, and up to two pages' worth of children a level.
///
/// Errors: those of the file, which remembers them. One thread at a time.
class SqliteTableTree
{
public:
    using Bytes = SqliteLeafRun::Bytes;

    /// The file must outlive the tree.
    explicit SqliteTableTree(SqlitePageFile &file);

    /// Adds a row. Its record is `head` followed by `tail`; no copy is kept of either.
    void append(Bytes head, Bytes tail);
    /// Adds the rows of a finished run that was started behind the rows there are. It must have two leaves or more, for
    /// a tree with one leaf has no other pages; isWorthAdding() tells. Its links are filled in.
    void append(SqliteLeafRun &run);
    [[nodiscard]] static bool isWorthAdding(const SqliteLeafRun &run) { return run.leaves().size() > 1; }
    [[nodiscard]] std::int64_t rowCount() const { return m_open.lastRow(); }
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

    /// Writes the rows held back so far, and starts over.
    void place();
    void place(SqliteLeafRun &run);
    void placeAsRoot(std::uint32_t rootPage);
    void addChild(std::size_t level, Child child);
    /// Writes the first `count` children of the level as one page and hands it to the level above.
    void emitNode(std::size_t level, std::size_t count);
    void composeNode(std::span<const Child> children, std::uint8_t *page) const;
    [[nodiscard]] static std::size_t cellSize(const Child &child);

    SqlitePageFile &m_file;
    SqliteLeafRun m_open; ///< rows that came one by one, not written yet
    std::vector<Level> m_levels; ///< from the parents of the leaves up
};

} // namespace idstore
