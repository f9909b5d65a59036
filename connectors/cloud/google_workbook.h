// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/sheets_api.h"
#include "connectors/files/workbook/workbook.h"
#include "models/store/scratch_file.h"

#include <QCryptographicHash>

namespace idstore::cloud {

/// A spreadsheet of Google Sheets as a workbook, so that WorkbookReader finds tables, names and settings in it as in a
/// file. The cells of a sheet are fetched in windows of rows into a scratch file when the sheet is first asked for.
///
/// The interface has no version of a spreadsheet, and each answer is of another moment. So after the last window
/// everything is asked for once more, and what differs then is fetched anew: nothing has changed between the one and
/// the other when both are the same. A sheet that comes in one answer is spared that, and a sample.
///
/// One thread. Errors: those of SheetsApi; "spreadsheet_changed" (Source) for one that never rests.
class GoogleWorkbook final : public Workbook
{
public:
    struct Options
    {
        CellRange range; ///< the cells that are asked for
        QString scratchFolder;
        QByteArray knownDigest; ///< of digest(): once the cells are these, nothing has to be asked again
        std::optional<qint64> sampleRows; ///< so many filled rows are enough
        RunLog *log = nullptr; ///< not owned; may be null
    };

    [[nodiscard]] static Result<std::unique_ptr<GoogleWorkbook>> open(std::unique_ptr<SheetsApi> api, Options options);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    [[nodiscard]] Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

    /// The name of the tab with this number; nothing when there is none.
    [[nodiscard]] std::optional<QString> sheetWithId(qint64 sheetId) const;
    /// SHA-256 of the cells of the sheet that was asked for last.
    [[nodiscard]] QByteArray digest() const { return m_hash.result(); }

private:
    /// One way through a sheet.
    struct Pass
    {
        QCryptographicHash stored{QCryptographicHash::Sha256}; ///< of the cells as stored
        int answers = 0; ///< with cells
    };

    GoogleWorkbook(std::unique_ptr<SheetsApi> api, Options options);

    [[nodiscard]] Result<void> refresh();
    [[nodiscard]] Result<void> fetch(std::size_t sheet);
    /// Writes the cells; or with `compareOnly` just looks at them as they are stored.
    [[nodiscard]] Result<void> goThrough(const SheetInfo &sheet, bool compareOnly, Pass &pass);
    [[nodiscard]] Result<void> writeWindow(const SheetInfo &sheet, const CellRange &window, const QJsonArray &stored,
                                           Pass &pass);
    [[nodiscard]] Result<bool> isStill(const SheetInfo &sheet, Pass &pass);
    [[nodiscard]] bool isEnough() const { return m_options.sampleRows && m_filledRows >= *m_options.sampleRows; }

    std::unique_ptr<SheetsApi> m_api;
    Options m_options;
    std::vector<SheetInfo> m_infos;
    std::vector<Sheet> m_sheets; ///< as they were called when the workbook was opened
    std::vector<qint64> m_sheetIds;

    std::optional<std::size_t> m_fetched; ///< the sheet whose cells the scratch file has
    std::shared_ptr<ScratchFile> m_cells;
    qint64 m_filledRows = 0;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

} // namespace idstore::cloud
