// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_tokenizer.h"
#include "connectors/files/encoding_detector.h"
#include "connectors/files/repeated_header.h"
#include "connectors/files/row_repair.h"
#include "connectors/files/table_end.h"
#include "models/domain/column.h"
#include "models/domain/row_batch.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace idstore {

/// What is known of a table of delimited text before its rows are read. Does not change any more then.
struct CsvTable
{
    CsvSyntax syntax;
    Columns columns;
    RepeatedHeader repeatedHeader;
    TableEnd end;
    RowRepair repair{CsvSyntax{}, {}};
};

/// Decides what becomes of each row that the tokenizer finds: stored, filled up, put right, passed over or set aside;
/// CsvReader says by which rules. Used by one thread at a time.
class CsvRowIntake
{
public:
    /// What earlier rows mean to later ones.
    struct State
    {
        std::int64_t line = 1; ///< of the next row's start
        bool inOtherTable = false;
        std::int64_t blankLines = 0; ///< of a one-column table, passed but not yet known to be rows
        std::int64_t blankRowsDue = 0; ///< known to be rows; they come before the next one
        std::int64_t repairedRows = 0;

        /// Whether later rows are read as if these were the first.
        [[nodiscard]] bool isPlain() const { return !inOtherTable && blankLines == 0 && blankRowsDue == 0; }
    };

    /// `table` must outlive it.
    explicit CsvRowIntake(const CsvTable &table)
        : m_table(table)
    {}

    State state;
    TextEncoding encoding = TextEncoding::Utf8; ///< of the source, for what is said of rows set aside

    /// The row that `tokenizer` has just answered. It is put back when blank rows have turned out to be due before it.
    void take(CsvTokenizer &tokenizer, RowBatch &batch);
    /// The same for a row that stands by itself, which is not counted as a line.
    void store(const CsvTokenizer &tokenizer, RowBatch &batch);
    /// Adds one of the blank rows that are due; false when there is none.
    bool addDueRow(RowBatch &batch);
    /// Something comes that is no blank line: those passed were rows. False when there were none.
    bool makeBlankLinesDue();
    /// Sets the line `raw` aside.
    void reject(RowBatch &batch, const char *code, const QString &reason, std::string_view raw,
                const QString &column = {});
    void rejectOpenQuote(RowBatch &batch, std::string_view raw);
    /// Bytes in rejections since the last call.
    [[nodiscard]] std::size_t takeRejectedBytes();

    [[nodiscard]] static bool isBlank(std::string_view text)
    {
        return text.find_first_not_of(" \t") == std::string_view::npos;
    }

private:
    /// Sets aside header lines in the midst of the file, and the rows of another table.
    bool passRepeatedHeader(const CsvTokenizer &tokenizer, RowBatch &batch);
    /// Stores a row of the wrong length when it is clear what it was meant to be.
    bool storeRepaired(std::string_view raw, RowBatch &batch);

    const CsvTable &m_table;
    std::size_t m_rejectedBytes = 0;
    std::string m_unescaped;
};

} // namespace idstore
