// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/workbook_reader.h"

#include "connectors/files/header_names.h"
#include "connectors/files/table_settings.h"
#include "connectors/files/table_start.h"
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

} // namespace

WorkbookReader::WorkbookReader(std::unique_ptr<Workbook> workbook, const TableFileOptions &options,
                               const CancelToken &cancel, RunLog *log, qint64 sampleRows)
    : m_workbook(std::move(workbook))
    , m_options(options)
    , m_cancel(cancel)
    , m_log(log)
    , m_sampleRows(sampleRows)
{
    const std::int64_t before = m_options.skipRows + std::max<qint64>(m_options.headerRow.value_or(1) - 1, 0);
    m_options.range.firstRow += std::min<std::int64_t>(before, 1 << 30);
}

Result<std::unique_ptr<WorkbookReader>> WorkbookReader::open(std::unique_ptr<Workbook> workbook,
                                                             const TableFileOptions &options, const CancelToken &cancel,
                                                             RunLog *log, qint64 sampleRows)
{
    std::unique_ptr<WorkbookReader> reader(new WorkbookReader(std::move(workbook), options, cancel, log, sampleRows));
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
    Error error = sourceError(
        "sheet_not_found", Words::tr("The workbook has no sheet “%1”, which the setting “sheet” asks for.").arg(name),
        Words::tr("Choose one of its sheets: %1.").arg(names.join(QStringLiteral(", "))));
    error.fields = {{QStringLiteral("config.sheet"), error.remedy}};
    return error;
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
            m_emptySheets.append(m_workbook->sheets()[sheet].name);
        }
    }
    QStringList asked;
    if (m_options.sheet)
        asked.append(QStringLiteral("sheet"));
    if (m_options.rangeText)
        asked.append(QStringLiteral("range"));
    if (m_options.headerRow.value_or(0) > 1)
        asked.append(QStringLiteral("header_row"));
    if (m_options.skipRows > 0)
        asked.append(QStringLiteral("skip_rows"));
    Error error = sourceError("empty_file", Words::tr("There is no text in the cells to read."),
                              Words::tr("Check which sheet and which cells hold the table."));
    if (!asked.isEmpty()) {
        error.remedy = Words::tr("Check the settings that say which cells to read, or take them away: %1.")
                           .arg(asked.join(QStringLiteral(", ")));
        for (const QString &name : std::as_const(asked))
            error.fields.append({QStringLiteral("config.") + name, error.remedy});
    }
    return error;
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
        extent.firstRow = extent.rows == 1 ? m_row.number() : extent.firstRow;
        extent.lastRow = m_row.number();
        if (first.size() < sampledRows && (first.empty() || firstBytes + bytes < sampledBytes)) {
            first.push_back(m_row);
            firstBytes += bytes;
        }
        if (extent.rows >= m_sampleRows) {
            extent.whole = false;
            break;
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

std::size_t WorkbookReader::countHeaderRows(const Extent &extent) const
{
    std::size_t rows = 0;
    if (m_options.headerRow)
        rows = *m_options.headerRow > 0 ? 1 : 0;
    else
        rows = headerRowsOf(extent.sample);
    if (rows > 0 && m_options.headerRows)
        rows = static_cast<std::size_t>(*m_options.headerRows);
    return std::min(rows, extent.sample.size());
}

Result<void> WorkbookReader::useExtent(std::size_t sheet, const Extent &extent)
{
    m_firstColumn = extent.firstColumn;
    m_slots.resize(extent.lastColumn - extent.firstColumn + 1);
    m_headerRows = countHeaderRows(extent);
    m_sheet = sheet;
    std::vector<std::string> names;
    for (std::size_t row = 0; row < m_headerRows; ++row)
        addHeaderRow(names, extent.sample[row]);
    m_columns = m_headerRows > 0 ? columnsFromHeader(names) : generatedColumns(static_cast<int>(m_slots.size()));
    if (extent.whole)
        m_totalRows = extent.rows - static_cast<qint64>(m_headerRows);
    m_extent = extent;
    m_extent.sample.clear();

    m_rows.reset(); // what reads ahead there must have stopped
    IDS_TRY(opened, m_workbook->rows(sheet));
    m_rows = std::move(opened);
    if (m_log) {
        m_log->write(RunLogLine::Level::Info,
                     Words::tr("Reading the sheet “%1”: %2 columns, %3.")
                         .arg(m_workbook->sheets()[sheet].name)
                         .arg(m_columns.size())
                         .arg(m_headerRows > 0 ? Words::tr("named by the first row") : Words::tr("without names")));
        const QStringList said = remarks();
        for (const QString &remark : said)
            m_log->write(RunLogLine::Level::Info, remark);
    }
    // The names are known; the rows they came from are passed.
    for (std::size_t passed = 0; passed < m_headerRows;) {
        IDS_TRY(more, nextRow());
        if (!more || fillSlots())
            ++passed;
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

SourceReading WorkbookReader::reading() const
{
    ReadingSetting sheet{.name = QStringLiteral("sheet"),
                         .value = m_workbook->sheets()[m_sheet].name,
                         .chosen = m_options.sheet.has_value()};
    if (!sheet.chosen)
        sheet.reason = Words::tr("the first visible sheet with text");
    for (const Workbook::Sheet &each : m_workbook->sheets()) {
        sheet.choices.append({.value = each.name,
                              .label = each.hidden ? Words::tr("%1 (hidden)").arg(each.name) : each.name,
                              .hidden = each.hidden});
    }

    // The other settings count rows from the top of the range: where they are set without one, from the first row.
    const bool counted = m_options.headerRow || m_options.skipRows > 0 || !m_extent.whole;
    CellRange cells;
    cells.firstRow = counted ? 1 : m_extent.firstRow;
    cells.lastRow = m_extent.lastRow;
    cells.firstColumn = m_extent.firstColumn;
    cells.lastColumn = m_extent.lastColumn;
    ReadingSetting range{
        .name = QStringLiteral("range"), .value = QJsonValue(), .chosen = m_options.rangeText.has_value()};
    if (m_options.rangeText) {
        cells.firstRow = CellRange::fromString(*m_options.rangeText).value_or(cells).firstRow;
        range.value = *m_options.rangeText;
    } else if (m_extent.whole) {
        range.value = cells.toString();
        range.reason = Words::tr("the cells with text");
    }

    SourceReading reading;
    reading.settings = {sheet, range};
    reading.settings += headerSettings(m_options, {m_headerRows > 0 ? m_extent.firstRow - cells.firstRow + 1 : 0,
                                                   static_cast<qint64>(m_headerRows), 0});
    reading.remarks = remarks();
    return reading;
}

QStringList WorkbookReader::remarks() const
{
    QStringList remarks = m_options.remarks;
    if (!m_emptySheets.isEmpty())
        remarks.append(
            Words::tr("Sheets without text that are passed over: %1.").arg(m_emptySheets.join(QStringLiteral(", "))));
    remarks += headerRemarks(static_cast<qint64>(m_headerRows));
    if (!m_extent.whole) {
        remarks.append(Words::tr("Only the beginning of the sheet was looked at; a column that has text further down "
                                 "alone does not show yet."));
    }
    const CsvDialectChoice &dialect = m_options.dialect;
    if (m_options.encoding || dialect.delimiter || dialect.quote || dialect.escape) {
        remarks.append(Words::tr("The file is a workbook. The settings “encoding”, “delimiter”, “quote” and “escape” "
                                 "are for text and have no effect."));
    }
    return remarks;
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
