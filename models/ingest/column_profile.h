// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/row_batch.h"

#include <vector>

namespace idstore {

/// What all values of a source say of its columns. Observes batches in any order; profiles of parts of a source merge
/// into the profile of the whole, so that several threads can each keep one. Not thread-safe itself.
class ColumnProfile
{
public:
    explicit ColumnProfile(int columnCount)
        : m_filled(static_cast<std::size_t>(columnCount))
    {}

    /// `batch` has this profile's number of columns, or no rows.
    void observe(const RowBatch &batch);
    /// `other` is of the same source.
    void merge(const ColumnProfile &other);
    /// Says of `columns` what their values say of them.
    void describe(Columns &columns) const;

private:
    std::vector<qint64> m_filled;
};

} // namespace idstore
