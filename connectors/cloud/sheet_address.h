// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/cell_range.h"

#include <QString>

#include <optional>

namespace idstore::cloud {

// How spreadsheets of Google and the cells in them are named. Pure functions; any thread.

/// A spreadsheet, and the tab that a link leads to.
struct SpreadsheetAddress
{
    QString id;
    std::optional<qint64> sheetId = {}; ///< "gid" of a link

    bool operator==(const SpreadsheetAddress &) const = default;
};

/// From an ID or the pasted address of a spreadsheet. Nothing when it is neither: an address elsewhere, or one of a
/// page published to the web, which has an ID of another sort.
[[nodiscard]] std::optional<SpreadsheetAddress> spreadsheetAddress(const QString &text);

/// In A1 notation with the sheet's name: 'Bob''s list'!A1:Z5000 (https://developers.google.com/workspace/sheets/api/
/// guides/concepts#cell).
[[nodiscard]] QString a1Range(const QString &sheet, const CellRange &cells);

} // namespace idstore::cloud
