// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/table_file_options.h"
#include "connectors/files/workbook/workbook.h"
#include "models/base/cancel_token.h"
#include "models/ingest/record_reader.h"

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

class RunLog;

/// Reads one sheet of a workbook as a table: the one that is asked for, else the first visible one that holds data.
///
/// The sheet is gone through twice: first to find the used rectangle (a sheet's own word on its size is often wrong)
/// and to see that the file is whole, then for the rows, which are counted exactly. Memory does not depend on the
/// number of rows. Empty rows are no rows; empty columns around the table are cut off; a cell without text is NULL. Of
/// merged cells the first has the value. A header of several rows is put together. `header_row` and `skip_rows` count
/// the rows that the spreadsheet program numbers, from the top of the range. Used by one thread at a time. Errors of
/// open(): workbook_errors, "sheet_not_found", "empty_file", "too_many_columns", "cancelled".
class WorkbookReader final : public RecordReader
{
public:
    static constexpr int maxColumns = 2000; ///< as many as a table of the store can have

    static constexpr qint64 allRows = std::numeric_limits<qint64>::max();

    /// `log` is not owned, may be null and outlives the reader. Of a sheet with more than `sampleRows` the rectangle is
    /// that of the first ones; the rest is not looked at before it is read.
    static Result<std::unique_ptr<WorkbookReader>> open(std::unique_ptr<Workbook> workbook,
                                                        const TableFileOptions &options, const CancelToken &cancel,
                                                        RunLog *log, qint64 sampleRows = allRows);

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] SourceReading reading() const override;
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_totalRows; }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return EstimateBasis::CountedRows; }

private:
    struct Extent
    {
        std::int64_t rows = 0;
        bool whole = true; ///< all rows have been looked at
        std::int64_t firstRow = 0; ///< as the spreadsheet program numbers them
        std::int64_t lastRow = 0;
        std::uint32_t firstColumn = 0;
        std::uint32_t lastColumn = 0;
        std::vector<std::vector<std::string>> sample; ///< the first rows, from firstColumn on
    };

    WorkbookReader(std::unique_ptr<Workbook> workbook, const TableFileOptions &options, const CancelToken &cancel,
                   RunLog *log, qint64 sampleRows);

    Result<void> findTable();
    Result<std::size_t> namedSheet(const QString &name) const;
    Result<Extent> measure(std::size_t sheet);
    [[nodiscard]] std::size_t countHeaderRows(const Extent &extent) const;
    Result<void> useExtent(std::size_t sheet, const Extent &extent);
    /// The next row of the range into m_row; false at the end.
    Result<bool> nextRow();
    [[nodiscard]] QStringList remarks() const;
    /// Puts the cells of m_row into m_slots; whether any has text.
    bool fillSlots();
    [[nodiscard]] static Error cancelled();

    std::unique_ptr<Workbook> m_workbook;
    TableFileOptions m_options;
    CancelToken m_cancel;
    RunLog *m_log;
    qint64 m_sampleRows;

    std::unique_ptr<SheetRows> m_rows;
    SheetRow m_row;
    Columns m_columns;
    std::uint32_t m_firstColumn = 0;
    std::optional<qint64> m_totalRows;
    std::size_t m_sheet = 0;
    QStringList m_emptySheets; ///< passed over on the way to m_sheet
    Extent m_extent; ///< of m_sheet, without its sample
    std::size_t m_headerRows = 0; ///< the first rows, which name the columns
    std::vector<std::string_view> m_slots; ///< one a column, of m_row
};

} // namespace idstore
