// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all: the reader must end, keep to its own promises, and give the same rows for any size of blocks.
#include "connectors/files/csv_reader.h"
#include "connectors/files/upload_check.h"

#include "fuzz_input.h"

#include <string>

using namespace idstore;

using fuzz::require;

namespace {

/// Everything that came out, as one text.
std::string readAll(const QString &path, const CsvReader::Limits &limits)
{
    auto reader = CsvReader::open(path, TableFileOptions(), CancelToken(), nullptr, limits);
    if (!reader)
        return reader.error().code.toStdString();
    std::string all;
    for (const Column &column : (*reader)->columns())
        all += column.name.toStdString() + '\n';
    RowBatch batch;
    qint64 lastLine = 0;
    while (true) {
        const auto more = (*reader)->read(batch);
        require(more.ok());
        if (!*more)
            break;
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            require(batch.line(row) > lastLine);
            lastLine = batch.line(row);
            for (int column = 0; column < batch.columnCount(); ++column) {
                const auto cell = batch.cell(row, column);
                all += cell ? "[" + std::string(*cell) + "]" : "NULL";
            }
            all += '\n';
        }
        for (const Rejection &rejection : batch.rejections())
            all += rejection.code.toStdString() + rejection.raw.toStdString() + std::to_string(rejection.line) + '\n';
    }
    require(batch.sourceBytes == (*reader)->totalBytes());
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString path = fuzz::asFile(std::string_view(reinterpret_cast<const char *>(data), size));
    (void)checkUploadedFile(path, QStringLiteral("table.csv"));
    const std::string whole = readAll(path, {});
    require(readAll(path, {.blockSize = 1 + size % 7}) == whole);
    return 0;
}
