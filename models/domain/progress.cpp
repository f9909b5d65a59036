// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/progress.h"

#include <algorithm>

namespace idstore {

std::optional<double> Progress::fraction() const
{
    const auto part = [](qint64 done, std::optional<qint64> total) -> std::optional<double> {
        if (!total || *total <= 0)
            return std::nullopt;
        return std::clamp(static_cast<double>(done) / static_cast<double>(*total), 0.0, 1.0);
    };
    if (const auto byRows = part(rows, totalRows))
        return byRows;
    return part(bytes, totalBytes);
}

} // namespace idstore
