// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_dialect.h"
#include "connectors/files/encoding_detector.h"
#include "connectors/files/workbook/cell_range.h"
#include "models/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace idstore {

/// The settings of table-shaped files (`encoding`, `delimiter`, `quote`, `escape`, `header_row`, `header_rows`,
/// `skip_rows`, `sheet`, `range`) as they stand in a source's config. What is not set is found out from the file.
struct TableFileOptions
{
    std::optional<TextEncoding> encoding;
    CsvDialectChoice dialect;
    /// Lines passed over at the very beginning.
    qint64 skipRows = 0;
    /// The line that names the columns, 1-based, counted after skipRows; lines before it are passed over. 0: none.
    std::optional<qint64> headerRow;
    /// How many rows from there on name the columns together, 1 or more.
    std::optional<qint64> headerRows;
    /// The name of the sheet of a workbook; text files have none, and no range.
    std::optional<QString> sheet;
    CellRange range;
    std::optional<QString> rangeText; ///< as it stands in the config
    QStringList remarks; ///< what is known of the file already, to be told along with what its reader understands

    /// InvalidInput with a field for every setting that makes no sense.
    static Result<TableFileOptions> fromConfig(const QJsonObject &config);
};

} // namespace idstore
