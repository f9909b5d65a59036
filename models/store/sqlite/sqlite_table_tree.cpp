// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_table_tree.h"

#include "models/store/sqlite/sqlite_page_layout.h"
#include "models/store/sqlite/sqlite_record.h"

#include <QtEndian>

#include <algorithm>

namespace idstore {

using namespace sqliterecord;
using namespace sqlitepage;

namespace {

constexpr std::size_t bytesHeldBack = 1024 * 1024;

} // namespace

SqliteTableTree::SqliteTableTree(SqlitePageFile &file)
    : m_file(file)
    , m_open(file.pageSize(), file.usableSize())
{
    m_open.start(0);
}

void SqliteTableTree::append(Bytes head, Bytes tail)
{
    if (m_open.pageCount() * m_open.pageSize() >= bytesHeldBack && !m_open.hasRoomFor(head.size() + tail.size()))
        place();
    m_open.append(head, tail);
}

void SqliteTableTree::append(SqliteLeafRun &run)
{
    Q_ASSERT(isWorthAdding(run));
    if (!m_open.leaves().empty())
        place();
    place(run);
    m_open.start(run.lastRow());
}

void SqliteTableTree::place()
{
    m_open.finish();
    place(m_open);
    m_open.start(m_open.lastRow());
}

void SqliteTableTree::place(SqliteLeafRun &run)
{
    const std::uint32_t first = m_file.nextPage();
    for (const SqliteLeafRun::Link &link : run.links())
        qToBigEndian<quint32>(m_file.pageAfter(first, link.page), run.page(0) + link.offset);
    m_file.append({run.page(0), run.pageCount() * run.pageSize()});
    for (const SqliteLeafRun::Leaf &leaf : run.leaves())
        addChild(0, {m_file.pageAfter(first, leaf.page), leaf.lastRow});
}

void SqliteTableTree::placeAsRoot(std::uint32_t rootPage)
{
    // The one leaf is the run's first page; overflow pages follow it.
    const std::uint32_t first = m_file.nextPage();
    for (const SqliteLeafRun::Link &link : m_open.links())
        qToBigEndian<quint32>(m_file.pageAfter(first, link.page - 1), m_open.page(0) + link.offset);
    m_file.append({m_open.page(0) + m_open.pageSize(), (m_open.pageCount() - 1) * m_open.pageSize()});
    m_file.rewrite(rootPage, {m_open.page(0), m_open.pageSize()});
}

std::size_t SqliteTableTree::cellSize(const Child &child)
{
    return cellPointerSize + pageNumberSize + varintSize(static_cast<std::uint64_t>(child.lastRow));
}

void SqliteTableTree::addChild(std::size_t level, Child child)
{
    if (level == m_levels.size())
        m_levels.emplace_back();
    Level &here = m_levels[level];
    // The last child of a page is named in its header instead of a cell; counting it as a cell all the same costs
    // one child in some hundred and saves a case.
    here.bytes += cellSize(child);
    if (here.full == 0 && here.bytes > m_file.usableSize() - interiorHeaderSize)
        here.full = here.children.size();
    here.children.push_back(child);
    // A page waits until two more children have come: whatever remains at the end is a page with at least one cell.
    if (here.full != 0 && here.children.size() == here.full + 2)
        emitNode(level, here.full);
}

void SqliteTableTree::emitNode(std::size_t level, std::size_t count)
{
    std::vector<Child> &children = m_levels[level].children;
    const Child node{m_file.nextPage(), children[count - 1].lastRow};
    composeNode({children.data(), count}, m_file.append());
    children.erase(children.begin(), children.begin() + static_cast<std::ptrdiff_t>(count));
    m_levels[level].full = 0;
    m_levels[level].bytes = 0;
    for (const Child &child : children)
        m_levels[level].bytes += cellSize(child);
    addChild(level + 1, node); // last: it may move the levels in memory
}

void SqliteTableTree::composeNode(std::span<const Child> children, std::uint8_t *page) const
{
    std::size_t content = m_file.usableSize();
    std::uint8_t *pointer = page + interiorHeaderSize;
    for (const Child &child : children.first(children.size() - 1)) {
        content -= cellSize(child) - cellPointerSize;
        qToBigEndian<quint32>(child.page, page + content);
        putVarint(page + content + pageNumberSize, static_cast<std::uint64_t>(child.lastRow));
        qToBigEndian<quint16>(static_cast<quint16>(content), pointer);
        pointer += cellPointerSize;
    }
    putPageHeader(page, interiorType, children.size() - 1, content);
    qToBigEndian<quint32>(children.back().page, page + leafHeaderSize);
    std::fill(pointer, page + content, std::uint8_t(0));
    std::fill(page + m_file.usableSize(), page + m_file.pageSize(), std::uint8_t(0));
}

void SqliteTableTree::finish(std::uint32_t rootPage)
{
    if (m_levels.empty()) {
        m_open.finish();
        if (m_open.leaves().size() == 1) {
            placeAsRoot(rootPage);
            return;
        }
        place(m_open);
    } else if (!m_open.leaves().empty()) {
        place();
    }
    // Levels come into being on the way: only the one that fits a single page has none above it.
    for (std::size_t level = 0; level < m_levels.size(); ++level) {
        const bool isTop = level + 1 == m_levels.size();
        if (isTop && m_levels[level].full == 0) {
            std::vector<std::uint8_t> root(m_file.pageSize());
            composeNode(m_levels[level].children, root.data());
            m_file.rewrite(rootPage, root);
            return;
        }
        if (m_levels[level].full != 0) // one child too many for a page: two pages
            emitNode(level, m_levels[level].full - 1);
        emitNode(level, m_levels[level].children.size());
    }
}

} // namespace idstore
