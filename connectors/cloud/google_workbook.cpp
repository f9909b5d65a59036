// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/google_workbook.h"

#include "connectors/cloud/sheet_cells.h"
#include "connectors/cloud/spooled_rows.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleWorkbook)
};

/// A window has about as many cells as make the answer of two megabytes that Google recommends
/// (https://developers.google.com/workspace/sheets/api/limits).
constexpr std::int64_t windowCells = 100'000;
constexpr std::int64_t mostFirstRows = 10'000;
/// A sheet that is filled here and there only is gone through in larger steps.
constexpr std::int64_t mostRows = 200'000;
/// A sheet that changes during each of these is left to another run.
constexpr int maxAttempts = 4;

Error changedError(const QString &sheet)
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("spreadsheet_changed"),
            .message = Words::tr("The sheet “%1” was changed each time it was read.").arg(sheet),
            .remedy = Words::tr("Run the source at a time when nobody works in the spreadsheet."),
            .cause = {},
            .fields = {}};
}

/// What a window is refused with that was within the sheet a moment ago.
bool mayMeanChange(const Error &error)
{
    return error.code == QStringLiteral("range_not_found") || error.code == QStringLiteral("store_refused");
}

bool hasNumbers(const QJsonArray &rows)
{
    return std::ranges::any_of(rows, [](const QJsonValue &row) {
        const QJsonArray cells = row.toArray();
        return std::ranges::any_of(cells, [](const QJsonValue &cell) { return cell.isDouble(); });
    });
}

bool mayHaveDates(const QJsonArray &stored, const QJsonArray &shown)
{
    for (qsizetype row = 0; row < stored.size(); ++row) {
        const QJsonArray cells = stored[row].toArray();
        const QJsonArray seen = shown.size() > row ? shown[row].toArray() : QJsonArray();
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (cells[i].isDouble() && i < seen.size() && !isShownAsNumber(cells[i], seen[i]))
                return true;
        }
    }
    return false;
}

/// Cell by cell of three renderings, which are as long as what they have.
QJsonValue cellAt(const QJsonArray &rows, qsizetype row, qsizetype column)
{
    return row < rows.size() ? rows[row].toArray().at(column) : QJsonValue(QJsonValue::Undefined);
}

} // namespace

GoogleWorkbook::GoogleWorkbook(std::unique_ptr<SheetsApi> api, Options options)
    : m_api(std::move(api))
    , m_options(std::move(options))
{}

Result<std::unique_ptr<GoogleWorkbook>> GoogleWorkbook::open(std::unique_ptr<SheetsApi> api, Options options)
{
    std::unique_ptr<GoogleWorkbook> workbook(new GoogleWorkbook(std::move(api), std::move(options)));
    IDS_CHECK(workbook->refresh());
    for (const SheetInfo &info : workbook->m_infos) {
        workbook->m_sheets.push_back({.name = info.title, .hidden = info.hidden});
        workbook->m_sheetIds.push_back(info.sheetId);
    }
    return workbook;
}

std::optional<QString> GoogleWorkbook::sheetWithId(qint64 sheetId) const
{
    const auto found = std::ranges::find(m_sheetIds, sheetId);
    if (found == m_sheetIds.end())
        return std::nullopt;
    return m_sheets[static_cast<std::size_t>(found - m_sheetIds.begin())].name;
}

Result<std::unique_ptr<SheetRows>> GoogleWorkbook::rows(std::size_t sheet)
{
    if (m_fetched != sheet)
        IDS_CHECK(fetch(sheet));
    return SpooledRows::open(m_cells);
}

Result<void> GoogleWorkbook::refresh()
{
    IDS_TRY(infos, m_api->sheets());
    m_infos = std::move(infos);
    return {};
}

Result<void> GoogleWorkbook::fetch(std::size_t sheet)
{
    m_fetched.reset();
    std::optional<Error> refusal;
    for (int attempt = 1; attempt <= maxAttempts; ++attempt) {
        if (attempt > 1) {
            if (m_options.log) {
                m_options.log->write(RunLogLine::Level::Info,
                                     Words::tr("The sheet “%1” was changed while it was read; reading it anew.")
                                         .arg(m_sheets[sheet].name));
            }
            IDS_CHECK(refresh());
        }
        const auto found = std::ranges::find(m_infos, m_sheetIds[sheet], &SheetInfo::sheetId);
        if (found == m_infos.end())
            return changedError(m_sheets[sheet].name);
        const SheetInfo info = *found;
        Pass pass;
        if (const auto gone = goThrough(info, false, pass); !gone) {
            if (!mayMeanChange(gone.error()))
                return gone.error();
            refusal = gone.error();
            continue;
        }
        refusal.reset();
        if (!m_options.sampleRows && digest() != m_options.knownDigest) {
            IDS_TRY(still, isStill(info, pass));
            if (!still)
                continue;
        }
        m_fetched = sheet;
        return {};
    }
    return refusal.value_or(changedError(m_sheets[sheet].name));
}

Result<bool> GoogleWorkbook::isStill(const SheetInfo &sheet, Pass &pass)
{
    IDS_CHECK(refresh());
    // A row or column more or less may have moved what is at the end out of the range that was asked for.
    if (std::ranges::find(m_infos, sheet) == m_infos.end())
        return false;
    if (pass.answers <= 1)
        return true;
    Pass again;
    if (const auto gone = goThrough(sheet, true, again); !gone)
        return mayMeanChange(gone.error()) ? Result<bool>(false) : Result<bool>(gone.error());
    return again.stored.result() == pass.stored.result();
}

Result<void> GoogleWorkbook::goThrough(const SheetInfo &sheet, bool compareOnly, Pass &pass)
{
    if (!compareOnly) {
        IDS_TRY(scratch, ScratchFile::create(m_options.scratchFolder));
        m_cells = std::move(scratch);
        m_filledRows = 0;
        m_hash.reset();
    }
    CellRange cells = m_options.range;
    cells.lastRow = std::min(cells.lastRow, sheet.rows);
    cells.lastColumn = std::min(cells.lastColumn, std::max(sheet.columns, 1U) - 1);
    if (cells.firstRow > cells.lastRow || cells.firstColumn > cells.lastColumn)
        return {};
    const std::int64_t columns = cells.lastColumn - cells.firstColumn + 1;
    std::int64_t step = std::clamp<std::int64_t>(windowCells / columns, 1, mostFirstRows);
    for (std::int64_t first = cells.firstRow; first <= cells.lastRow;) {
        CellRange window = cells;
        window.firstRow = first;
        window.lastRow = std::min(first + step - 1, cells.lastRow);
        const auto stored = m_api->values(a1Range(sheet.title, window), SheetsApi::Rendering::Stored);
        if (!stored && stored.error().code == QStringLiteral("answer_too_large") && step > 1) {
            step = std::max<std::int64_t>(step / 2, 1);
            continue;
        }
        if (!stored)
            return stored.error();
        ++pass.answers;
        std::int64_t filled = 0;
        for (qsizetype row = 0; row < stored->size(); ++row) {
            const QJsonArray values = (*stored)[row].toArray();
            if (values.isEmpty())
                continue;
            filled += values.size();
            pass.stored.addData(QByteArray::number(first + row));
            pass.stored.addData(QJsonDocument(values).toJson(QJsonDocument::Compact));
        }
        if (!compareOnly) {
            IDS_CHECK(writeWindow(sheet, window, *stored, pass));
            if (isEnough())
                break;
        }
        if (filled < windowCells / 4)
            step = std::min(step * 2, mostRows);
        first = window.lastRow + 1;
    }
    return {};
}

Result<void> GoogleWorkbook::writeWindow(const SheetInfo &sheet, const CellRange &window, const QJsonArray &stored,
                                         Pass &pass)
{
    const QString range = a1Range(sheet.title, window);
    QJsonArray shown;
    QJsonArray dated;
    if (hasNumbers(stored)) {
        IDS_TRY(asShown, m_api->values(range, SheetsApi::Rendering::Shown));
        shown = std::move(asShown);
        ++pass.answers;
        if (mayHaveDates(stored, shown)) {
            IDS_TRY(withDates, m_api->values(range, SheetsApi::Rendering::Dated));
            dated = std::move(withDates);
            ++pass.answers;
        }
    }
    QByteArray bytes;
    SheetRow row;
    for (qsizetype i = 0; i < stored.size(); ++i) {
        const QJsonArray values = stored[i].toArray();
        row.reset(window.firstRow + i);
        for (qsizetype column = 0; column < values.size(); ++column) {
            const std::string text = sheetCellText(values[column], cellAt(shown, i, column), cellAt(dated, i, column));
            if (!text.empty())
                row.add(window.firstColumn + static_cast<std::uint32_t>(column), text);
        }
        if (row.cells().empty())
            continue;
        ++m_filledRows;
        appendRow(bytes, row);
    }
    m_hash.addData(bytes);
    return m_cells->write(bytes);
}

} // namespace idstore::cloud
