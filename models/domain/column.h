// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace idstore {

/// The declared type of a column. Values are always stored as the text received; the type is how to read them.
enum class ColumnType { Text, Integer, Number, Boolean, Date, Timestamp };

/// "text", "integer", "number", "boolean", "date", "timestamp": the words of the REST API and the catalog.
[[nodiscard]] QString toString(ColumnType type);
[[nodiscard]] std::optional<ColumnType> columnTypeFromString(QStringView text);

struct Column
{
    QString name; ///< unique within its source, stable between runs
    ColumnType type = ColumnType::Text;
    bool generated = false; ///< the source had no name for it; this one was made up
    qint64 filled = 0; ///< rows with a value that is neither NULL nor empty, after the last good run

    bool operator==(const Column &) const = default;
};

using Columns = QList<Column>;

} // namespace idstore
