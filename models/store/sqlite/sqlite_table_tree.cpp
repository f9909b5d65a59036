// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_table_tree.h"

#include "models/store/sqlite/sqlite_record.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace idstore {

using namespace sqliterecord;

namespace {

constexpr std::uint8_t leafType = 13;
constexpr std::uint8_t interiorType = 5;
constexpr std::size_t leafHeaderSize = 8;
constexpr std::size_t interiorHeaderSize = 12;
constexpr std::size_t cellPointerSize = 2;
constexpr std::size_t pageNumberSize = 4;

void putPageHeader(std::uint8_t *page, std::uint8_t type, std::size_t cellCount, std::size_t contentStart)
{
    page[0] = type;
    qToBigEndian<quint16>(0, page + 1); // no free blocks
    qToBigEndian<quint16>(static_cast<quint16>(cellCount), page + 3);
    qToBigEndian<quint16>(static_cast<quint16>(contentStart), page + 5); // 65536 is written as 0
    page[7] = 0; // no fragments
}

/// How many bytes of a record stay on its leaf when not all can.
std::size_t localSize(std::size_t record, std::size_t usable)
{
    const std::size_t most = usable - 35;
    if (record <= most)
        return record;
    const std::size_t least = (usable - 12) * 32 / 255 - 23;
    // Such that the overflow pages are filled to the last byte, if that much fits.
    const std::size_t filling = least + (record - least) % (usable - pageNumberSize);
    return filling <= most ? filling : least;
}

/// Copies the next `size` bytes of head followed by tail, and moves both on.
std::uint8_t *take(SqliteTableTree::Bytes &head, SqliteTableTree::Bytes &tail, std::size_t size, std::uint8_t *out)
{
    const std::size_t fromHead = std::min(size, head.size());
    if (fromHead > 0)
        std::memcpy(out, head.data(), fromHead);
    if (size > fromHead)
        std::memcpy(out + fromHead, tail.data(), size - fromHead);
    head = head.subspan(fromHead);
    tail = tail.subspan(size - fromHead);
    return out + size;
}

} // namespace

SqliteTableTree::SqliteTableTree(SqlitePageFile &file)
    : m_file(file)
    , m_leaf(file.pageSize())
    , m_contentStart(file.usableSize())
{}

void SqliteTableTree::append(Bytes head, Bytes tail)
{
    const std::size_t record = head.size() + tail.size();
    const std::size_t local = localSize(record, m_file.usableSize());
    const auto row = static_cast<std::uint64_t>(m_rows + 1);
    const std::size_t cell =
        varintSize(record) + varintSize(row) + local + (local < record ? pageNumberSize : std::size_t(0));
    if (leafHeaderSize + (m_cellCount + 1) * cellPointerSize + cell > m_contentStart)
        emitLeaf();

    m_contentStart -= cell;
    qToBigEndian<quint16>(static_cast<quint16>(m_contentStart),
                          m_leaf.data() + leafHeaderSize + m_cellCount * cellPointerSize);
    ++m_cellCount;
    ++m_rows;

    std::uint8_t *out = putVarint(m_leaf.data() + m_contentStart, record);
    out = putVarint(out, row);
    out = take(head, tail, local, out);
    if (local < record) {
        qToBigEndian<quint32>(m_file.nextPage(), out);
        putOverflow(head, tail);
    }
}

void SqliteTableTree::putOverflow(Bytes head, Bytes tail)
{
    const std::size_t perPage = m_file.usableSize() - pageNumberSize;
    for (std::size_t left = head.size() + tail.size(); left > 0;) {
        const std::size_t size = std::min(left, perPage);
        left -= size;
        std::uint8_t *page = m_file.append();
        qToBigEndian<quint32>(left > 0 ? m_file.nextPage() : 0, page); // 0: the last of the chain
        std::uint8_t *end = take(head, tail, size, page + pageNumberSize);
        std::fill(end, page + m_file.pageSize(), std::uint8_t(0));
    }
}

void SqliteTableTree::finishLeafHeader()
{
    putPageHeader(m_leaf.data(), leafType, m_cellCount, m_contentStart);
    // What the leaf before it has left between pointers and cells.
    std::fill(m_leaf.data() + leafHeaderSize + m_cellCount * cellPointerSize, m_leaf.data() + m_contentStart,
              std::uint8_t(0));
}

void SqliteTableTree::emitLeaf()
{
    finishLeafHeader();
    const std::uint32_t page = m_file.nextPage();
    std::memcpy(m_file.append(), m_leaf.data(), m_leaf.size());
    m_cellCount = 0;
    m_contentStart = m_file.usableSize();
    addChild(0, {page, m_rows});
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
        finishLeafHeader();
        m_file.rewrite(rootPage, m_leaf);
        return;
    }
    emitLeaf();
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
