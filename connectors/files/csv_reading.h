// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_tokenizer.h"
#include "connectors/files/table_file_options.h"
#include "models/ingest/source_reading.h"

namespace idstore {

/// What finding the table in a text file came to.
struct CsvFindings
{
    TableFileOptions options; ///< as they were set
    CsvSyntax syntax;
    bool marked = false; ///< a byte order mark told the encoding
    bool separatorLine = false; ///< a line "sep=;" told the delimiter
    qint64 linesAbove = 0; ///< before the table: before its names, or its rows when nothing names the columns
    qint64 linesBelow = 0; ///< the table, that are no rows of it
    qint64 headerRows = 0; ///< how many rows name the columns
    qint64 columns = 0;
};

/// The settings and remarks of a text file. `encoding`: as known by now; `undecided`: only ASCII so far, of a file
/// that goes on; `repairedRows`: put right so far. Pure function; any thread.
[[nodiscard]] SourceReading csvReading(const CsvFindings &findings, TextEncoding encoding, bool undecided,
                                       qint64 repairedRows);

/// The error of settings that pass over all lines of a file.
[[nodiscard]] Error nothingLeft(const TableFileOptions &options, qint64 lines);

} // namespace idstore
