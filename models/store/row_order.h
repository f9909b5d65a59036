// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/domain/column.h"

#include <QFile>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace idstore {

/// The rows of a dataset sorted by one column, as a file of row numbers: any place in the order is one read away. A
/// cache beside the dataset, which can be made again from it at any time. The file, little-endian:
///
///     8 bytes   "IDSORD01"
///     8 bytes   rows that the column's type reads; they come first, by value
///     4 bytes   a row number, for each row
///
/// Behind the rows that the type reads come, in row order, those that it cannot read, the empty texts, and the NULLs;
/// going down, only the first part is turned round. One thread at a time.
class RowOrder
{
public:
    /// The next cell of the column, front to back: false at the end; nothing for NULL.
    using NextCell = std::function<Result<bool>(std::optional<std::string_view> &cell)>;

    struct Request
    {
        QString path; ///< of the file to be
        ColumnType type = ColumnType::Text;
        DateOrder dateOrder = DateOrder::Unknown;
        qint64 rowCount = 0;
        CancelToken cancel;
        std::function<void(double)> progress; ///< 0 to 1; may be empty
    };

    /// Sorts rows 1..rowCount and puts the file in its place. Cancelled, StorageFull, or Source "too_many_rows".
    [[nodiscard]] static Result<void> build(const Request &request, const NextCell &nextCell);

    /// Nothing when there is no such file, or not a whole one.
    [[nodiscard]] static std::unique_ptr<RowOrder> open(const QString &path);

    [[nodiscard]] qint64 rowCount() const { return m_rowCount; }
    /// Row numbers from `position` (0-based) on, up to `count` of them; fewer at the end.
    [[nodiscard]] Result<std::vector<qint64>> rows(qint64 position, qint64 count, bool descending);

private:
    RowOrder() = default;
    [[nodiscard]] Result<void> append(std::vector<qint64> &rows, qint64 first, qint64 count);

    QFile m_file;
    qint64 m_rowCount = 0;
    qint64 m_readable = 0;
};

} // namespace idstore
