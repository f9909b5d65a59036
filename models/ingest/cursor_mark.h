// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/cursor.h"

#include <string>
#include <string_view>

namespace idstore {

/// The high-water mark of a run: the highest value of the cursor column, as the text that was received, so that no
/// digit of it is lost. Whole numbers compare with all their digits, times to the nanosecond and across zones (without
/// a zone: as UTC), texts by their bytes. One thread at a time.
class CursorMark
{
public:
    /// Starts from the mark of `cursor`, below which it never falls.
    explicit CursorMark(const Cursor &cursor);

    /// False: the value cannot be read as the cursor's type, and the mark stays.
    bool observe(std::string_view value);
    /// Nothing as long as there was no value.
    [[nodiscard]] const std::optional<QString> &value() const { return m_text; }

private:
    [[nodiscard]] bool appendKey(std::string &key, std::string_view value) const;

    CursorType m_type;
    std::optional<QString> m_text;
    std::string m_key; ///< bytes that compare as the values do
    std::string m_next;
};

/// Where a run begins to read: the mark of `cursor` less its overlap; nothing without a mark.
[[nodiscard]] std::optional<QString> startOfReading(const Cursor &cursor);

} // namespace idstore
