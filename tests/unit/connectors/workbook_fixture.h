// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "csv_fixture.h"

#include <QByteArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <utility>
#include <vector>

namespace idstore {

using ZipParts = std::vector<std::pair<QByteArray, QByteArray>>; ///< names and contents

/// Packs parts into an archive.
[[nodiscard]] QByteArray zipped(const ZipParts &parts);

/// The parts of a workbook of one sheet, "People", with these rows (the XML inside sheetData). The styles are
/// 0 general, 1 a date, 2 a time, 3 elapsed hours, 4 percent, 5 "yyyy\-mm\-dd hh:mm".
[[nodiscard]] ZipParts xlsxParts(const QByteArray &rows, const QByteArray &strings = {},
                                 const QByteArray &workbookProperties = {});
/// The parts of an OpenDocument spreadsheet with these tables.
[[nodiscard]] ZipParts odsParts(const QByteArray &tables, const QByteArray &styles = {});

/// Writes the bytes to a file, and reads that through the file connector.
[[nodiscard]] ReadTable readFile(const QByteArray &bytes, const QJsonObject &config = {});
/// The code of the error that reading ends in; empty when there is none.
[[nodiscard]] QString refusal(const QByteArray &bytes, const QJsonObject &config = {});

} // namespace idstore
