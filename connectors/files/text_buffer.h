// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace idstore {

/// Text in memory that grows at its end and is given up from its start. Behind the text are always `overread` bytes
/// that may be read, whatever they are. Moves, does not copy. Used by one thread at a time.
class TextBuffer
{
public:
    static constexpr std::size_t overread = 64;

    [[nodiscard]] const char *begin() const { return m_bytes.get() + m_from; }
    [[nodiscard]] const char *end() const { return m_bytes.get() + m_to; }
    [[nodiscard]] std::size_t size() const { return m_to - m_from; }
    [[nodiscard]] std::string_view text() const { return {begin(), size()}; }
    /// Bytes it takes up in memory.
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }

    void clear()
    {
        m_from = 0;
        m_to = 0;
    }
    /// Gives up the text before `position`.
    void consume(const char *position) { m_from = static_cast<std::size_t>(position - m_bytes.get()); }
    /// Gives up the text from `position` on.
    void truncate(const char *position) { m_to = static_cast<std::size_t>(position - m_bytes.get()); }
    /// Room for `bytes` more behind end(). Pointers into the text become invalid.
    char *makeRoom(std::size_t bytes)
    {
        if (m_from > 0) {
            std::memmove(m_bytes.get(), begin(), size());
            m_to = size();
            m_from = 0;
        }
        if (m_to + bytes > m_capacity) {
            m_capacity = std::max(m_to + bytes, m_capacity + m_capacity / 2);
            auto larger = std::make_unique_for_overwrite<char[]>(m_capacity + overread);
            std::memcpy(larger.get(), m_bytes.get(), m_to);
            m_bytes = std::move(larger);
        }
        return m_bytes.get() + m_to;
    }
    /// `bytes` of the room made have been filled.
    void grow(std::size_t bytes) { m_to += bytes; }
    void append(std::string_view text)
    {
        std::memcpy(makeRoom(text.size()), text.data(), text.size());
        grow(text.size());
    }

private:
    std::unique_ptr<char[]> m_bytes = std::make_unique<char[]>(overread);
    std::size_t m_capacity = 0;
    std::size_t m_from = 0;
    std::size_t m_to = 0;
};

} // namespace idstore
