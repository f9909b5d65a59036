// SPDX-License-Identifier: GPL-3.0-or-later
#include "csv_fixture.h"

#include <QFile>

namespace idstore {

CsvFixture::CsvFixture(const QByteArray &bytes)
{
    QFile file(path());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test file");
}

Result<std::unique_ptr<CsvReader>> CsvFixture::open(const QJsonObject &config, const CsvReader::Limits &limits) const
{
    IDS_TRY(options, TableFileOptions::fromConfig(config));
    return CsvReader::open(path(), options, CancelToken(), nullptr, limits);
}

void addBatch(ReadTable &table, const RowBatch &batch)
{
    table.sourceBytes = batch.sourceBytes;
    for (std::size_t row = 0; row < batch.rowCount(); ++row) {
        Row &cells = table.rows.emplace_back();
        for (int column = 0; column < batch.columnCount(); ++column) {
            const auto cell = batch.cell(row, column);
            cells.push_back(cell ? Cell(std::string(*cell)) : null);
        }
        table.lines.push_back(batch.line(row));
    }
    table.rejections.insert(table.rejections.end(), batch.rejections().begin(), batch.rejections().end());
}

ReadTable CsvFixture::read(const QJsonObject &config, const CsvReader::Limits &limits) const
{
    ReadTable table;
    auto reader = open(config, limits);
    if (!reader) {
        table.error = reader.error();
        return table;
    }
    for (const Column &column : (*reader)->columns())
        table.names.append(column.name);
    RowBatch batch;
    while (true) {
        auto more = (*reader)->read(batch);
        if (!more) {
            table.error = more.error();
            return table;
        }
        table.sourceBytes = batch.sourceBytes;
        if (!*more)
            return table;
        addBatch(table, batch);
    }
}

ReadTable readCsv(const QByteArray &bytes, const QJsonObject &config, const CsvReader::Limits &limits)
{
    return CsvFixture(bytes).read(config, limits);
}

QByteArray shown(const std::vector<Row> &rows)
{
    QByteArray text;
    for (const Row &row : rows) {
        for (const Cell &cell : row)
            text += cell ? '[' + QByteArray::fromStdString(*cell) + ']' : QByteArray("NULL");
        text += '\n';
    }
    return text;
}

} // namespace idstore
