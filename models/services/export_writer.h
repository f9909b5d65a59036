// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QByteArray>

#include <optional>
#include <string_view>
#include <vector>

namespace idstore {

using CellView = std::optional<std::string_view>;

/// Appends one row of CSV (RFC 4180: quotes doubled, CRLF). NULL is an empty field, the empty text is "".
void appendCsvRow(QByteArray &out, const std::vector<CellView> &cells);

/// Appends one object and a newline (NDJSON). `names` are JSON strings already, quotes included. NULL is null.
void appendNdjsonRow(QByteArray &out, const std::vector<QByteArray> &names, const std::vector<CellView> &cells);

/// The same with values as their column's type has them, wherever that loses nothing (appendTypedJson); texts
/// otherwise.
void appendTypedNdjsonRow(QByteArray &out, const std::vector<QByteArray> &names, const Columns &columns,
                          const std::vector<CellView> &cells);

/// `text` (UTF-8) as a JSON string (RFC 8259), quotes included.
void appendJsonString(QByteArray &out, std::string_view text);

} // namespace idstore
