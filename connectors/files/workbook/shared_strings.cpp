// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/shared_strings.h"

#include <algorithm>

namespace idstore {

bool SharedStrings::add(std::string_view utf8)
{
    if (m_texts.size() >= maxCount || utf8.size() > maxTextBytes)
        return false;
    if (m_used + utf8.size() > blockBytes) {
        if ((m_blocks.size() + 1) * blockBytes > maxBytes)
            return false;
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(blockBytes));
        m_used = 0;
    }
    const std::size_t place = m_blocks.empty() ? 0 : (m_blocks.size() - 1) * blockBytes + m_used;
    if (!utf8.empty())
        std::ranges::copy(utf8, m_blocks.back().get() + m_used);
    m_used += utf8.size();
    m_texts.push_back({static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(utf8.size())});
    return true;
}

std::string_view SharedStrings::operator[](std::size_t index) const
{
    const Text &text = m_texts[index];
    if (text.length == 0)
        return {};
    return {m_blocks[text.place / blockBytes].get() + text.place % blockBytes, text.length};
}

} // namespace idstore
