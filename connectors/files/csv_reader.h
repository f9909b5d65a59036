// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_plain_rows.h"
#include "connectors/files/csv_reading.h"
#include "connectors/files/csv_row_intake.h"
#include "connectors/files/csv_tokenizer.h"
#include "connectors/files/table_file_options.h"
#include "connectors/files/text_window.h"
#include "models/base/cancel_token.h"
#include "models/ingest/piece_reader.h"
#include "models/ingest/record_reader.h"

#include <memory>
#include <optional>
#include <string>

namespace idstore {

class RunLog;
struct TableStart;

/// Reads delimited text as rows: RFC 4180 and what people send. Memory does not depend on the size of the file.
///
/// Titles and notes above the table are passed over, and a header of several rows is put together, unless it is said
/// where the header stands (table_start.h).
/// Values are kept exactly. An unquoted empty field is NULL, a quoted one the empty text. A row of another length than
/// the table is put right when it is clear what was meant (row_repair.h). Otherwise a short row is filled up with NULL,
/// a long one is taken when what is too much is empty. Blank lines are no rows, except in a table of one
/// column, where they are NULL (but not at the very end). Set aside, and told of as rejections, are rows that
/// have too many fields ("too_many_fields"), repeat the header ("repeated_header") or belong to another table further
/// down ("another_table") or stand below it without being rows ("below_table", table_end.h), hold bytes that are no
/// text ("undecodable") or are longer than maxRowBytes
/// ("too_long"), and lines with a quote that does not close ("quote_not_closed": to the end of the file, or within
/// maxRowBytes); reading goes on with the line after.
/// Used by one thread at a time. Errors of open(): "empty_file", "nothing_left" (the settings pass over every line),
/// "too_many_columns", "file_unreadable", and those of
/// TableFileOptions.
///
/// As a PieceReader it cuts where rows surely end, as long as the quotes are in order, and leaves the rest to read().
class CsvReader final : public RecordReader, public PieceReader
{
public:
    static constexpr int maxColumns = 2000; ///< as many as a table of the store can have
    static constexpr std::size_t maxRowBytes = 32 * 1024 * 1024;

    /// What a test chooses to meet the limits and the seams between blocks with little data.
    struct Limits
    {
        std::size_t blockSize = TextWindow::defaultBlockSize;
        std::size_t rowBytes = maxRowBytes;
        qint64 sampleBytes = 1024 * 1024;
        /// Small enough for a processor's own cache, large enough that handing pieces around costs nothing.
        std::size_t pieceBytes = 512 * 1024;
    };

    /// `log` is not owned, may be null and outlives the reader.
    static Result<std::unique_ptr<CsvReader>> open(const QString &path, const TableFileOptions &options,
                                                   const CancelToken &cancel, RunLog *log, const Limits &limits);

    [[nodiscard]] const Columns &columns() const override { return m_table.columns; }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] PieceReader *pieces() override { return this; }
    /// Reads a text from elsewhere (UTF-8, one row, its line end may be missing) as it would be read from this file:
    /// `batch` then holds the row, or a rejection. Besides read()'s: "no_row", "several_rows". Not together with
    /// read().
    void readRow(std::string_view text, RowBatch &batch);
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_window.totalBytes(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return EstimateBasis::FileSize; }

    [[nodiscard]] SourceReading reading() const override;

    [[nodiscard]] TextEncoding encoding() const { return m_window.encoding(); }
    [[nodiscard]] const CsvSyntax &syntax() const { return m_table.syntax; }

    [[nodiscard]] std::unique_ptr<SourcePiece> newPiece() const override;
    [[nodiscard]] Result<bool> cut(SourcePiece &piece) override;
    void parse(SourcePiece &piece, RowBatch &batch) const override;
    void settle(SourcePiece &piece, RowBatch &batch) override;

private:
    enum class Step { Row, End, QuoteNotClosed, TooLong };

    CsvReader(const QString &path, const CancelToken &cancel, RunLog *log, const Limits &limits);

    Result<void> findTable(const TableFileOptions &options);
    Result<void> readHeader(std::size_t rows);
    void useTokenizer(const CsvSyntax &syntax, std::size_t storedFields);
    void logFindings() const;
    void logRepairs();

    Result<Step> advance();
    Result<void> readMore();
    /// Lets the tokenizer see the text of the window.
    void showText();
    [[nodiscard]] bool atEnd() const { return m_window.atEnd() && m_tokenizer.position() == m_window.end(); }
    Result<std::string> skipLine();
    [[nodiscard]] static Error emptyFile();
    [[nodiscard]] static Error cancelled();

    TextWindow m_window;
    CsvTokenizer m_tokenizer{CsvSyntax{}, 0};
    CsvTable m_table;
    CsvRowIntake m_rows{m_table};
    std::optional<CsvPlainRows> m_plain; ///< once the table is found
    CsvFindings m_findings;
    bool m_repairsLogged = false;
    CancelToken m_cancel;
    RunLog *m_log;
    Limits m_limits;
};

} // namespace idstore
