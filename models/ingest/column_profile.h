// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/row_batch.h"
#include "models/ingest/column_tally.h"

#include <vector>

namespace idstore {

/// What all values of a source say of its columns: how many there are, the one type that reads every one of them
/// without loss, and what a person should know of them. Observes batches in any order; profiles of parts of a source
/// merge into the profile of the whole, in any order, so that several threads can each keep one. Nothing is allocated
/// per cell. Not thread-safe itself.
class ColumnProfile
{
public:
    explicit ColumnProfile(int columnCount)
        : m_tallies(static_cast<std::size_t>(columnCount))
    {}
    /// For columns of which some may have a type chosen by a person: values that it cannot read are counted.
    explicit ColumnProfile(const Columns &columns);

    /// `batch` has this profile's number of columns, or no rows.
    void observe(const RowBatch &batch);
    /// `other` is of the same source, with the same choices.
    void merge(const ColumnProfile &other);
    /// Says of `columns` what their values say of them: filled, inferred, inferredOrder and notes; type and dateOrder
    /// too unless a person has chosen them.
    void describe(Columns &columns) const;

private:
    std::vector<ColumnTally> m_tallies;
};

} // namespace idstore
