// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace idstore {

enum class CursorType { Int, Timestamp, Text };

/// "int", "timestamp", "text".
[[nodiscard]] QString toString(CursorType type);
[[nodiscard]] std::optional<CursorType> cursorTypeFromString(QStringView text);

/// How a source is read incrementally: the column that grows, and the mark of the last successful run.
struct Cursor
{
    QString column; ///< empty: full loads only
    CursorType type = CursorType::Text;
    std::optional<QString> after = {}; ///< lossless text of the high-water mark; nothing reads all
    /// How far behind the mark a run reads again, for rows that were committed late: seconds of a timestamp, a number
    /// of an int; text has none.
    qint64 overlap = 0;

    bool operator==(const Cursor &) const = default;
};

} // namespace idstore
