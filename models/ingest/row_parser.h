// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/row_batch.h"

#include <QList>
#include <QString>

namespace idstore {

/// Reads single rows of text, typed by a person, the way a run reads the source's own. Used by one thread at a time.
class RowParser
{
public:
    /// Where a field stands in a text, quotes included; in UTF-16 units.
    struct Field
    {
        qsizetype start = 0;
        qsizetype length = 0;

        bool operator==(const Field &) const = default;
    };

    virtual ~RowParser() = default;

    /// The columns a run would find now.
    [[nodiscard]] virtual const Columns &columns() const = 0;
    /// Resets `batch`, which then holds exactly one row, or exactly one rejection that says why it is none.
    virtual void parse(const QString &text, RowBatch &batch) = 0;
    /// Where the fields of the text's first row are, for those who show it; more or fewer than there are columns.
    [[nodiscard]] virtual QList<Field> fields(const QString &text) const = 0;
};

} // namespace idstore
