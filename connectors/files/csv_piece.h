// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_row_intake.h"
#include "connectors/files/text_buffer.h"
#include "models/ingest/piece_reader.h"

namespace idstore {

class CsvPlainRows;

/// Whole rows of delimited text, cut out of a file by CsvReader. Used by one thread at a time.
class CsvPiece final : public SourcePiece
{
public:
    TextBuffer text;
    TextEncoding encoding = TextEncoding::Utf8; ///< of the source
    std::int64_t sourceBytes = 0; ///< of the source, up to the end of the piece

    [[nodiscard]] std::size_t byteCount() const override { return text.capacity(); }

    /// Resets `batch` and fills it with what the rows come to after `before`.
    void parse(const CsvTable &table, const CsvPlainRows &plain, const CsvRowIntake::State &before, RowBatch &batch);
    /// What the rows mean to those behind the piece, after parse().
    [[nodiscard]] const CsvRowIntake::State &stateAfter() const { return m_after; }

private:
    CsvRowIntake::State m_after;
};

} // namespace idstore
