// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/part_reader.h"

namespace idstore {

namespace {
constexpr std::size_t blockBytes = 256 * 1024;
constexpr std::size_t blocksAhead = 4;
} // namespace

PartReader::PartReader(std::unique_ptr<ZipPart> part)
    : m_part(std::move(part))
    , m_thread([this] { unpack(); })
{}

PartReader::~PartReader()
{
    {
        const std::lock_guard lock(m_mutex);
        m_abandoned = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

bool PartReader::push(Block block)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_abandoned || m_blocks.size() < blocksAhead; });
    if (m_abandoned)
        return false;
    m_blocks.push_back(std::move(block));
    m_changed.notify_all();
    return true;
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
        // A block that is not full is the last.
        if (!push(std::move(block)) || ended)
            return;
    }
}

Result<std::string_view> PartReader::next()
{
    if (m_ended) {
        m_current.bytes.clear();
        return lastWord();
    }
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_blocks.empty(); });
        m_current = std::move(m_blocks.front());
        m_blocks.pop_front();
    }
    m_changed.notify_all();
    m_bytesRead += static_cast<std::int64_t>(m_current.bytes.size());
    m_ended = m_current.bytes.size() < blockBytes;
    // What came before a mistake is read before it is told.
    if (m_current.bytes.empty())
        return lastWord();
    return std::string_view(m_current.bytes.data(), m_current.bytes.size());
}

Result<std::string_view> PartReader::lastWord() const
{
    if (m_current.error)
        return *m_current.error;
    return std::string_view();
}

} // namespace idstore
