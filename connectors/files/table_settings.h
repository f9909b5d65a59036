// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/table_file_options.h"
#include "models/ingest/source_reading.h"

namespace idstore {

// What text files and workbooks tell alike of how they are read. Pure functions; any thread.

/// The choices, and the value itself when it is none of the usual.
[[nodiscard]] QList<ReadingChoice> withValue(QList<ReadingChoice> choices, const ReadingChoice &value);

/// Where the names of the columns stand.
struct HeaderPlace
{
    qint64 line = 0; ///< 1-based from where the counting starts; 0: nowhere
    qint64 rows = 0; ///< how many name the columns together
    qint64 linesAbove = 0; ///< before the table
};

/// `header_row` and `skip_rows`, and `header_rows` where there are names.
[[nodiscard]] QList<ReadingSetting> headerSettings(const TableFileOptions &options, const HeaderPlace &place);

/// What is to be said of a header of that many rows.
[[nodiscard]] QStringList headerRemarks(qint64 rows);

} // namespace idstore
