// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>
#include <limits>
#include <optional>

namespace idstore {

/// The cells to read of a sheet; both ends included.
struct CellRange
{
    std::int64_t firstRow = 1; ///< 1-based
    std::int64_t lastRow = std::numeric_limits<std::int64_t>::max();
    std::uint32_t firstColumn = 0; ///< 0-based
    std::uint32_t lastColumn = std::numeric_limits<std::uint32_t>::max();

    /// From "B3:F200", "B3:F" (to the end), "B:F" or "3:200", with or without $; ends may be exchanged. Nothing when
    /// it is none of these.
    static std::optional<CellRange> fromString(QStringView text);
    /// "B3:F200", or "B3:F" when there is no last row; for ranges whose columns end.
    [[nodiscard]] QString toString() const;
};

} // namespace idstore
