// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/workbook_reader.h"

#include "connectors/files/header_names.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WorkbookReader)
};

constexpr std::size_t batchRows = 4096;
constexpr std::size_t batchBytes = 1024 * 1024;
constexpr std::size_t sampledRows = 200;
constexpr std::size_t sampledBytes = 4 * 1024 * 1024;

bool isBlank(std::string_view text)
{
    if (!text.empty() && static_cast<unsigned char>(text.front()) > ' ')
        return false; // as good as always
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Error sourceError(const char *code, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::Source,
            .code = QLatin1StringView(code),
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {}};
}

} // namespace

WorkbookReader::WorkbookReader(std::unique_ptr<Workbook> workbook, const TableFileOptions &options,
                               const CancelToken &cancel, RunLog *log)
    : m_workbook(std::move(workbook))
    , m_options(options)
    , m_cancel(cancel)
    , m_log(log)
{
    const std::int64_t before = m_options.skipRows + std::max<qint64>(m_options.headerRow.value_or(1) - 1, 0);
    m_options.range.firstRow += std::min<std::int64_t>(before, 1 << 30);
}

Result<std::unique_ptr<WorkbookReader>> WorkbookReader::open(std::unique_ptr<Workbook> workbook,
                                                             const TableFileOptions &options, const CancelToken &cancel,
                                                             RunLog *log)
{
    std::unique_ptr<WorkbookReader> reader(new WorkbookReader(std::move(workbook), options, cancel, log));
    IDS_CHECK(reader->findTable());
    return reader;
}

Result<std::size_t> WorkbookReader::namedSheet(const QString &name) const
{
    const auto &sheets = m_workbook->sheets();
    for (const auto sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        const auto found = std::ranges::find_if(
            sheets, [&](const Workbook::Sheet &sheet) { return sheet.name.compare(name, sensitivity) == 0; });
        if (found != sheets.end())
            return static_cast<std::size_t>(found - sheets.begin());
    }
    QStringList names;
    for (const Workbook::Sheet &sheet : sheets) {
        if (!sheet.hidden && names.size() < 20)
            names.append(QStringLiteral("“%1”").arg(sheet.name));
    }
    return sourceError("sheet_not_found", Words::tr("The workbook has no sheet “%1”.").arg(name),
                       Words::tr("Choose one of its sheets: %1.").arg(names.join(QStringLiteral(", "))));
}

Result<void> WorkbookReader::findTable()
{
    if (m_options.sheet) {
        IDS_TRY(sheet, namedSheet(*m_options.sheet));
        IDS_TRY(extent, measure(sheet));
        if (extent.rows > 0)
            return useExtent(sheet, extent);
    } else {
        for (std::size_t sheet = 0; sheet < m_workbook->sheets().size(); ++sheet) {
            if (m_workbook->sheets()[sheet].hidden)
                continue;
            IDS_TRY(extent, measure(sheet));
            if (extent.rows > 0)
                return useExtent(sheet, extent);
        }
    }
    return sourceError("empty_file", Words::tr("There is no text in the cells to read."),
                       Words::tr("Check which sheet and which cells hold the table."));
}

Result<bool> WorkbookReader::nextRow()
{
    while (true) {
        IDS_TRY(more, m_rows->next(m_row));
        if (!more)
            return false;
        if (m_row.number() < m_options.range.firstRow || m_row.number() > m_options.range.lastRow)
            continue;
        return true;
    }
}

Result<WorkbookReader::Extent> WorkbookReader::measure(std::size_t sheet)
{
    m_rows.reset(); // what reads ahead there must have stopped
    IDS_TRY(opened, m_workbook->rows(sheet));
    m_rows = std::move(opened);
    Extent extent;
    extent.firstColumn = std::numeric_limits<std::uint32_t>::max();
    std::vector<SheetRow> first;
    std::size_t firstBytes = 0;
    const CellRange &range = m_options.range;
    for (std::int64_t seen = 0;; ++seen) {
        if (seen % 1024 == 0 && m_cancel.isCancelled())
            return cancelled();
        IDS_TRY(more, nextRow());
        if (!more)
            break;
        bool filled = false;
        std::size_t bytes = 0;
        for (const SheetRow::Cell &cell : m_row.cells()) {
            bytes += cell.length;
            if (cell.column < range.firstColumn || cell.column > range.lastColumn || isBlank(m_row.text(cell)))
                continue;
            filled = true;
            extent.firstColumn = std::min(extent.firstColumn, cell.column);
            extent.lastColumn = std::max(extent.lastColumn, cell.column);
        }
        if (!filled)
            continue;
        ++extent.rows;
        if (first.size() < sampledRows && (first.empty() || firstBytes + bytes < sampledBytes)) {
            first.push_back(m_row);
            firstBytes += bytes;
        }
    }
    if (extent.rows > 0 && extent.lastColumn - extent.firstColumn >= maxColumns) {
        return sourceError("too_many_columns", Words::tr("The table has more than %1 columns.").arg(maxColumns),
                           Words::tr("Remove columns that are not needed, or choose a range of cells."));
    }
    for (const SheetRow &row : first) {
        auto &cells = extent.sample.emplace_back(extent.lastColumn - extent.firstColumn + 1);
        for (const SheetRow::Cell &cell : row.cells()) {
            if (cell.column >= extent.firstColumn && cell.column <= extent.lastColumn)
                cells[cell.column - extent.firstColumn] = row.text(cell);
        }
    }
    return extent;
}

Result<void> WorkbookReader::useExtent(std::size_t sheet, const Extent &extent)
{
    m_firstColumn = extent.firstColumn;
    m_slots.resize(extent.lastColumn - extent.firstColumn + 1);
    const bool header = m_options.headerRow ? *m_options.headerRow > 0 : firstRowIsHeader(extent.sample);
    m_columns = header ? columnsFromHeader(extent.sample.front()) : generatedColumns(static_cast<int>(m_slots.size()));
    m_totalRows = extent.rows - (header ? 1 : 0);

    m_rows.reset(); // what reads ahead there must have stopped
    IDS_TRY(opened, m_workbook->rows(sheet));
    m_rows = std::move(opened);
    if (m_log) {
        m_log->write(RunLogLine::Level::Info,
                     Words::tr("Reading the sheet “%1”: %2 columns, %3.")
                         .arg(m_workbook->sheets()[sheet].name)
                         .arg(m_columns.size())
                         .arg(header ? Words::tr("named by the first row") : Words::tr("without names")));
    }
    if (header) {
        // The names are known; the row they came from is passed.
        bool passed = false;
        while (!passed) {
            IDS_TRY(more, nextRow());
            passed = !more || fillSlots();
        }
    }
    return {};
}

bool WorkbookReader::fillSlots()
{
    std::ranges::fill(m_slots, std::string_view());
    bool filled = false;
    for (const SheetRow::Cell &cell : m_row.cells()) {
        if (cell.column < m_firstColumn || cell.column - m_firstColumn >= m_slots.size())
            continue;
        const std::string_view text = m_row.text(cell);
        m_slots[cell.column - m_firstColumn] = text;
        filled = filled || !isBlank(text);
    }
    return filled;
}

Result<bool> WorkbookReader::read(RowBatch &batch)
{
    batch.reset(static_cast<int>(m_columns.size()));
    if (m_cancel.isCancelled())
        return cancelled();
    while (batch.rowCount() < batchRows && batch.byteCount() < batchBytes) {
        IDS_TRY(more, nextRow());
        if (!more)
            break;
        if (!fillSlots())
            continue;
        for (const std::string_view text : m_slots) {
            if (text.empty())
                batch.addNull();
            else
                batch.addCell(text);
        }
        batch.endRow(m_row.number());
    }
    batch.sourceBytes = m_rows->bytesRead();
    return !batch.isEmpty();
}

Error WorkbookReader::cancelled()
{
    return {.kind = ErrorKind::Cancelled,
            .code = QStringLiteral("cancelled"),
            .message = Words::tr("Reading the file was cancelled."),
            .remedy = {},
            .cause = {},
            .fields = {}};
}

} // namespace idstore
