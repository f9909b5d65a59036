// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_reader.h"

#include <QByteArray>
#include <QDir>
#include <QTemporaryDir>

#include <optional>
#include <string>
#include <vector>

namespace idstore {

using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;
constexpr std::nullopt_t null = std::nullopt;

/// All that came out of a file.
struct ReadTable
{
    QStringList names;
    std::vector<Row> rows;
    std::vector<qint64> lines;
    std::vector<Rejection> rejections;
    qint64 sourceBytes = 0;
    std::optional<Error> error;

    bool operator==(const ReadTable &) const = default;
};

/// Adds what a batch holds.
void addBatch(ReadTable &table, const RowBatch &batch);

/// Writes bytes to a file of its own and reads them back as a table.
class CsvFixture
{
public:
    explicit CsvFixture(const QByteArray &bytes);

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("table.csv")); }
    [[nodiscard]] Result<std::unique_ptr<CsvReader>> open(const QJsonObject &config = {},
                                                          const CsvReader::Limits &limits = {}) const;
    [[nodiscard]] ReadTable read(const QJsonObject &config = {}, const CsvReader::Limits &limits = {}) const;

private:
    QTemporaryDir m_folder;
};

[[nodiscard]] ReadTable readCsv(const QByteArray &bytes, const QJsonObject &config = {},
                                const CsvReader::Limits &limits = {});

/// The rows as text that a failed comparison can show.
[[nodiscard]] QByteArray shown(const std::vector<Row> &rows);

} // namespace idstore
