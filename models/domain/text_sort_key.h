// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace idstore {

/// Appends bytes by which texts (UTF-8) compare as people read lists: without regard to letter case and to accents of
/// Latin letters (Öberg beside Oberg), and only where that makes no difference, by those. No locale is asked, so that
/// the order is the same on every computer. `limit`: bytes appended at most; longer texts compare by their start.
/// Pure function; any thread.
void appendTextKey(std::string &key, std::string_view text, std::size_t limit);

} // namespace idstore
