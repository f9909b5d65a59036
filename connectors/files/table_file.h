// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <memory>

namespace idstore {

/// A file on this computer that holds a table: text or a workbook, packed or not.
struct TableFile
{
    QString path;
    QString name; ///< as people call it
};

/// Opens a table file as `request` asks, whatever it is: the one way in for uploads and for what connectors fetch.
/// What is packed is unpacked into request.scratchFolder, where nothing of it stays. Errors: those of TableFileOptions,
/// of the readers and of unpack().
[[nodiscard]] Result<std::unique_ptr<RecordReader>> openTableFile(const TableFile &file, const ReadRequest &request);
/// Reads single rows of it as that reader would; null where rows are not lines of text. Errors as of openTableFile().
[[nodiscard]] Result<std::unique_ptr<RowParser>> openTableRowParser(const TableFile &file, const ReadRequest &request);

} // namespace idstore
