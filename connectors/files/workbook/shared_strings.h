// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace idstore {

/// The texts that the cells of a workbook refer to by number, packed end to end. Bounded: add() answers false when
/// there is no more room.
class SharedStrings
{
public:
    static constexpr std::size_t maxBytes = 160 * 1024 * 1024;
    static constexpr std::size_t maxCount = 16'000'000;
    static constexpr std::size_t maxTextBytes = 1024 * 1024;

    bool add(std::string_view utf8);
    [[nodiscard]] std::size_t size() const { return m_texts.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t index) const;

private:
    static constexpr std::size_t blockBytes = 1024 * 1024;

    struct Text
    {
        std::uint32_t place; ///< block and offset, in units of the whole
        std::uint32_t length;
    };
    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::vector<Text> m_texts;
    std::size_t m_used = blockBytes; ///< of the last block
};

} // namespace idstore
