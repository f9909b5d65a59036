// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

class QTemporaryFile;

namespace idstore {

/// Sorts any number of rows by their keys in bounded memory: sorted parts go into nameless files of a folder, and are
/// merged in the end. Keys compare by bytes (memcmp, a shorter one first), rows of equal keys by their number. One
/// thread.
///
///     KeySorter sorter(folder);
///     sorter.add("b", 1); sorter.add("a", 2);
///     sorter.finish([](std::uint32_t row) { ... }); // 2, 1
class KeySorter
{
public:
    static constexpr std::size_t defaultMemory = 48 * 1024 * 1024;

    /// `memory`: bytes for the keys that are sorted at a time.
    explicit KeySorter(QString folder, std::size_t memory = defaultMemory);
    ~KeySorter();

    /// Keys have at most 65535 bytes.
    [[nodiscard]] Result<void> add(std::string_view key, std::uint32_t row);
    /// Hands over every row, in order; stops at the first error.
    [[nodiscard]] Result<void> finish(const std::function<Result<void>(std::uint32_t row)> &take);

    class Run;

private:
    struct Entry
    {
        std::uint64_t head; ///< the first eight bytes
        std::uint32_t offset; ///< of the others
        std::uint32_t size; ///< of the others
        std::uint32_t row;
        std::uint32_t headSize; ///< 0..8: tells "a" from "a\0"
    };

    void sortEntries();
    [[nodiscard]] Result<void> spill();

    QString m_folder;
    std::vector<Entry> m_entries;
    std::vector<char> m_rest; ///< bytes of keys behind their heads
    std::vector<std::unique_ptr<QTemporaryFile>> m_runs;
};

} // namespace idstore
