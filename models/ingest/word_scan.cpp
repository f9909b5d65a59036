// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/word_scan.h"

namespace idstore {

bool isLongDecimal(std::string_view value)
{
    constexpr std::size_t longestWhole = 15;
    std::size_t point = value.size();
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '.' && point == value.size())
            point = i;
        else if (value[i] < '0' || value[i] > '9')
            return false;
    }
    return point > 0 && point <= longestWhole && point + 1 != value.size();
}

} // namespace idstore
