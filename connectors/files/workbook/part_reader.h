// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/zip_archive.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace idstore {

/// Unpacks a part on a thread of its own, a few blocks ahead of who reads it: unpacking and understanding take about as
/// long as each other. Nothing else may be read from the archive meanwhile. Used by one thread at a time.
class PartReader
{
public:
    explicit PartReader(std::unique_ptr<ZipPart> part);
    ~PartReader();
    PartReader(const PartReader &) = delete;
    PartReader &operator=(const PartReader &) = delete;

    /// The next bytes, valid until the next call; none at the end. The errors are those of ZipPart::read().
    Result<std::string_view> next();
    [[nodiscard]] std::int64_t bytesRead() const { return m_bytesRead; }

private:
    struct Block
    {
        std::vector<char> bytes;
        std::optional<Error> error;
    };

    void unpack();
    /// Waits for room; false when nobody reads any more.
    bool push(Block block);
    [[nodiscard]] Result<std::string_view> lastWord() const;

    std::unique_ptr<ZipPart> m_part;
    std::mutex m_mutex; ///< of the next three
    std::condition_variable m_changed;
    std::deque<Block> m_blocks;
    bool m_abandoned = false;
    Block m_current;
    bool m_ended = false;
    std::int64_t m_bytesRead = 0;
    std::thread m_thread; ///< last, because it uses the others
};

} // namespace idstore
