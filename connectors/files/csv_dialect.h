// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_tokenizer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// What somebody decided about the dialect; the rest is found out.
struct CsvDialectChoice
{
    std::optional<char> delimiter;
    DelimiterRest delimiterRest;
    std::optional<char> quote; ///< CsvSyntax::noQuote: none
    std::optional<CsvSyntax::Escape> escape;
};

struct CsvDialect
{
    CsvSyntax syntax;
    /// The first line is Excel's "sep=;" and no part of the table.
    bool separatorLine = false;
};

/// Finds the dialect of delimited text by parsing a sample in every dialect that is possible and scoring what comes
/// out: rows of the same length, more than one column, cells that look like something (after G. van den Burg,
/// A. Nazabal, C. Sutton: "Wrangling messy CSV files by detecting row and type patterns", 2019).
/// `sample`: UTF-8; `whole`: it is all there is. Pure function; any thread.
[[nodiscard]] CsvDialect detectCsvDialect(std::string_view sample, bool whole, const CsvDialectChoice &choice);

/// The first rows of a sample, fields unescaped; at most `maxRows` and `maxFields`. Blank lines are left out, and
/// quotes mean nothing in a line where one is not closed. `lines`: where not null, filled with how many lines stand
/// before each row.
[[nodiscard]] std::vector<std::vector<std::string>> sampleRows(std::string_view sample, bool whole,
                                                               const CsvSyntax &syntax, std::size_t maxRows,
                                                               std::size_t maxFields,
                                                               std::vector<std::int64_t> *lines = nullptr);

/// The sample without its first `lines` lines. Pure function; any thread.
[[nodiscard]] std::string_view withoutLines(std::string_view sample, std::int64_t lines);

/// At most what the row takes in a file when nothing in it is escaped. Pure function; any thread.
[[nodiscard]] std::size_t bytesOf(const std::vector<std::string> &row);

} // namespace idstore
