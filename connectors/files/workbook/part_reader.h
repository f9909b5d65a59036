// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/zip_archive.h"
#include "models/ingest/bounded_queue.h"

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

    std::unique_ptr<ZipPart> m_part;
    BoundedQueue<Block> m_blocks;
    Block m_current;
    std::int64_t m_bytesRead = 0;
    std::thread m_thread; ///< last, because it uses the others
};

} // namespace idstore
