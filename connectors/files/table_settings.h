// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/table_file_options.h"
#include "models/ingest/source_reading.h"

namespace idstore {

// What text files and workbooks tell alike of how they are read. Pure functions; any thread.

/// The choices, and the value itself when it is none of the usual.
[[nodiscard]] QList<ReadingChoice> withValue(QList<ReadingChoice> choices, const ReadingChoice &value);

/// `header_row` and `skip_rows`. `headerLine`: where the names stand, 1-based from where the counting starts; 0:
/// nowhere. `linesAbove`: before the table.
[[nodiscard]] QList<ReadingSetting> headerSettings(const TableFileOptions &options, qint64 headerLine,
                                                   qint64 linesAbove);

} // namespace idstore
