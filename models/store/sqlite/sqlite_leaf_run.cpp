// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_leaf_run.h"

#include "models/store/sqlite/sqlite_page_layout.h"
#include "models/store/sqlite/sqlite_record.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace idstore {

using namespace sqliterecord;
using namespace sqlitepage;

namespace {

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
std::uint8_t *take(SqliteLeafRun::Bytes &head, SqliteLeafRun::Bytes &tail, std::size_t size, std::uint8_t *out)
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

void SqliteLeafRun::start(std::int64_t rowsBefore)
{
    m_pageCount = 0;
    m_leaves.clear();
    m_links.clear();
    m_row = rowsBefore;
}

std::size_t SqliteLeafRun::cellSize(std::size_t recordSize) const
{
    const std::size_t local = localSize(recordSize, m_usableSize);
    return varintSize(recordSize) + varintSize(static_cast<std::uint64_t>(m_row + 1)) + local +
           (local < recordSize ? pageNumberSize : std::size_t(0));
}

bool SqliteLeafRun::fits(std::size_t cellSize) const
{
    return !m_leaves.empty() && leafHeaderSize + (m_cellCount + 1) * cellPointerSize + cellSize <= m_contentStart;
}

bool SqliteLeafRun::hasRoomFor(std::size_t recordSize) const
{
    return fits(cellSize(recordSize));
}

void SqliteLeafRun::append(Bytes head, Bytes tail)
{
    const std::size_t record = head.size() + tail.size();
    const std::size_t local = localSize(record, m_usableSize);
    const std::size_t cell = cellSize(record);
    if (!fits(cell)) {
        finishLeaf();
        startLeaf();
    }
    std::uint8_t *const leaf = page(m_leaves.back().page);
    m_contentStart -= cell;
    qToBigEndian<quint16>(static_cast<quint16>(m_contentStart), leaf + leafHeaderSize + m_cellCount * cellPointerSize);
    ++m_cellCount;
    ++m_row;

    std::uint8_t *out = putVarint(leaf + m_contentStart, record);
    out = putVarint(out, static_cast<std::uint64_t>(m_row));
    out = take(head, tail, local, out);
    if (local < record)
        addOverflow(static_cast<std::size_t>(out - m_pages.data()), head, tail);
}

void SqliteLeafRun::addOverflow(std::size_t linkOffset, Bytes head, Bytes tail)
{
    const std::size_t perPage = m_usableSize - pageNumberSize;
    for (std::size_t left = head.size() + tail.size(); left > 0;) {
        const std::size_t size = std::min(left, perPage);
        left -= size;
        const std::size_t index = addPage();
        m_links.push_back({linkOffset, index});
        linkOffset = index * m_pageSize;
        std::uint8_t *const bytes = page(index);
        qToBigEndian<quint32>(0, bytes); // the last of the chain, unless another links to it
        std::uint8_t *const end = take(head, tail, size, bytes + pageNumberSize);
        std::fill(end, bytes + m_pageSize, std::uint8_t(0));
    }
}

std::size_t SqliteLeafRun::addPage()
{
    if ((m_pageCount + 1) * m_pageSize > m_pages.size())
        m_pages.resize(std::max(m_pages.size() * 2, (m_pageCount + 1) * m_pageSize));
    return m_pageCount++;
}

void SqliteLeafRun::startLeaf()
{
    m_leaves.push_back({addPage(), 0});
    m_cellCount = 0;
    m_contentStart = m_usableSize;
}

void SqliteLeafRun::finishLeaf()
{
    if (m_leaves.empty())
        return;
    Leaf &leaf = m_leaves.back();
    leaf.lastRow = m_row;
    std::uint8_t *const bytes = page(leaf.page);
    putPageHeader(bytes, leafType, m_cellCount, m_contentStart);
    // What was there before between pointers and cells, and in the bytes reserved.
    std::fill(bytes + leafHeaderSize + m_cellCount * cellPointerSize, bytes + m_contentStart, std::uint8_t(0));
    std::fill(bytes + m_usableSize, bytes + m_pageSize, std::uint8_t(0));
}

void SqliteLeafRun::finish()
{
    // A table without rows is one leaf without cells.
    if (m_leaves.empty())
        startLeaf();
    finishLeaf();
}

} // namespace idstore
