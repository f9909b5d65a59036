// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/part_reader.h"

namespace idstore {

namespace {
constexpr std::size_t blockBytes = 256 * 1024;
constexpr std::size_t blocksAhead = 4;
} // namespace

PartReader::PartReader(std::unique_ptr<ZipPart> part)
    : m_part(std::move(part))
    , m_blocks(blocksAhead)
    , m_thread([this] { unpack(); })
{}

PartReader::~PartReader()
{
    m_blocks.close();
    m_thread.join();
}

void PartReader::unpack()
{
    while (true) {
        Block block;
        block.bytes.resize(blockBytes);
        std::size_t filled = 0;
        bool ended = false;
        while (filled < blockBytes && !ended) {
            const auto got = m_part->read(block.bytes.data() + filled, blockBytes - filled);
            if (!got)
                block.error = got.error();
            else
                filled += *got;
            ended = !got || *got == 0;
        }
        block.bytes.resize(filled);
        if (!m_blocks.push(std::move(block)))
            return;
        if (ended) {
            m_blocks.close();
            return;
        }
    }
}

Result<std::string_view> PartReader::next()
{
    // What came before a mistake is read before it is told.
    if (m_current.error)
        return *m_current.error;
    while (!m_blocks.isDrained()) {
        auto block = m_blocks.pop(std::chrono::seconds(1));
        if (!block)
            continue;
        m_current = *std::move(block);
        m_bytesRead += static_cast<std::int64_t>(m_current.bytes.size());
        if (m_current.bytes.empty() && m_current.error)
            return *m_current.error;
        return std::string_view(m_current.bytes.data(), m_current.bytes.size());
    }
    return std::string_view();
}

} // namespace idstore
