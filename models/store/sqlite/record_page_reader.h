// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/domain/record_query.h"
#include "models/store/record_matcher.h"
#include "models/store/row_order.h"
#include "models/store/sqlite/sqlite_handle.h"

#include <vector>

namespace idstore {

/// A bit for each row of a dataset, by row number less one.
using RowSet = std::vector<bool>;

/// Reads one page of a dataset file for a query. Long scans end with Cancelled soon after the token is set. One thread.
class RecordPageReader
{
public:
    [[nodiscard]] static Result<RecordPageReader> open(const QString &path, const Columns &columns,
                                                       const RecordQuery &query, const CancelToken &cancel);

    /// Whether the query leaves rows out.
    [[nodiscard]] bool isSelective() const { return m_matcher.isSelective(); }
    /// Fills the page from the rows behind query.after, in row order.
    [[nodiscard]] Result<void> readByRow(RecordPage &page);
    /// Fills the page from the places of `order` behind query.after. `matching`: null when every row matches.
    [[nodiscard]] Result<void> readByOrder(RowOrder &order, const RowSet *matching, RecordPage &page);
    /// Looks at every row.
    [[nodiscard]] Result<RowSet> matchingRows();

private:
    RecordPageReader(SqliteConnection connection, const Columns &columns, const RecordQuery &query,
                     const CancelToken &cancel);

    [[nodiscard]] Result<void> readAll(RecordPage &page);
    /// Calls `found` with the number of every matching row behind `after`, until it returns false.
    template <typename Found>
    [[nodiscard]] Result<void> scan(qint64 after, const Found &found);
    [[nodiscard]] Record recordAt(const SqliteStatement &row) const;

    SqliteConnection m_connection;
    int m_columnCount;
    RecordQuery m_query;
    CancelToken m_cancel;
    RecordMatcher m_matcher;
};

/// "c1, c2, c3" for these columns, by position from 0; a comma before each.
[[nodiscard]] QByteArray columnNames(const std::vector<int> &positions);
/// The same for all of so many columns.
[[nodiscard]] QByteArray columnNames(qsizetype columnCount);

} // namespace idstore
