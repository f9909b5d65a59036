// SPDX-License-Identifier: GPL-3.0-or-later
// bench_layers FILE.csv SCRATCH_FOLDER: what each layer of an ingestion costs, one line a layer: name, seconds, rows.
// No server, no catalog, no window: the difference between two lines is the price of a layer.
#include "connectors/files/csv_reader.h"
#include "models/ingest/column_profile.h"
#include "models/ingest/pipeline.h"
#include "models/ingest/run_progress.h"
#include "models/store/sqlite/built_dataset_writer.h"
#include "models/store/sqlite/sqlite_dataset_writer.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <functional>
#include <vector>

using namespace idstore;

namespace {

Result<qint64> readBytes(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        Error error;
        error.message = file.errorString();
        return error;
    }
    std::vector<char> block(1024 * 1024);
    qint64 blocks = 0;
    while (file.read(block.data(), static_cast<qint64>(block.size())) > 0)
        ++blocks;
    return blocks;
}

Result<std::unique_ptr<CsvReader>> openReader(const QString &path)
{
    return CsvReader::open(path, TableFileOptions{}, CancelToken{}, nullptr, CsvReader::Limits{});
}

Result<qint64> parse(const QString &path)
{
    IDS_TRY(reader, openReader(path));
    RowBatch batch;
    qint64 rows = 0;
    while (true) {
        IDS_TRY(more, reader->read(batch));
        if (!more)
            return rows;
        rows += static_cast<qint64>(batch.rowCount());
    }
}

template <typename Writer>
Result<qint64> parseAndWrite(const QString &path, const QString &scratch)
{
    const QString database = QDir(scratch).filePath(QStringLiteral("layers.db"));
    IDS_TRY(reader, openReader(path));
    IDS_TRY(writer, Writer::create(database, reader->columns()));
    RunProgress progress;
    const auto summary = pump(*reader, *writer, CancelToken{}, progress, [] {});
    QFile::remove(database);
    if (!summary)
        return summary.error();
    return summary->rows;
}

/// A table in memory, so that a writer can be measured without a reader beside it.
struct Table
{
    Columns columns;
    std::vector<RowBatch> batches;
};

Result<Table> readTable(const QString &path)
{
    IDS_TRY(reader, openReader(path));
    Table table{reader->columns(), {}};
    while (true) {
        RowBatch batch;
        IDS_TRY(more, reader->read(batch));
        if (!more)
            return table;
        table.batches.push_back(std::move(batch));
    }
}

/// What it costs to know the columns' types.
qint64 profile(const Table &table)
{
    ColumnProfile profile(static_cast<int>(table.columns.size()));
    qint64 rows = 0;
    for (const RowBatch &batch : table.batches) {
        profile.observe(batch);
        rows += static_cast<qint64>(batch.rowCount());
    }
    Columns columns = table.columns;
    profile.describe(columns);
    return rows;
}

template <typename Writer>
Result<qint64> write(const Table &table, const QString &scratch)
{
    const QString database = QDir(scratch).filePath(QStringLiteral("layers.db"));
    IDS_TRY(writer, Writer::create(database, table.columns));
    for (const RowBatch &batch : table.batches)
        IDS_CHECK(writer->write(batch));
    const auto summary = writer->finish(table.columns);
    QFile::remove(database);
    if (!summary)
        return summary.error();
    return summary->rows;
}

bool measure(const char *name, const std::function<Result<qint64>()> &work)
{
    QElapsedTimer timer;
    timer.start();
    const auto rows = work();
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (!rows) {
        std::fprintf(stderr, "%s: %s\n", name, qPrintable(rows.error().logLine()));
        return false;
    }
    std::printf("%s\t%.3f\t%lld\n", name, seconds, static_cast<long long>(*rows));
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "bench_layers FILE.csv SCRATCH_FOLDER\n");
        return 2;
    }
    const QString path = arguments.at(1);
    const QString scratch = arguments.at(2);
    bool measured =
        measure("reading the bytes (MiB)", [&] { return readBytes(path); }) &&
        measure("CsvReader alone", [&] { return parse(path); }) &&
        measure("CsvReader into SqliteDatasetWriter",
                [&] { return parseAndWrite<SqliteDatasetWriter>(path, scratch); }) &&
        measure("CsvReader into BuiltDatasetWriter", [&] { return parseAndWrite<BuiltDatasetWriter>(path, scratch); });
    if (measured) {
        // Last, because the table stays in memory.
        const Result<Table> table = readTable(path);
        measured = table && measure("ColumnProfile alone", [&]() -> Result<qint64> { return profile(*table); }) &&
                   measure("SqliteDatasetWriter alone", [&] { return write<SqliteDatasetWriter>(*table, scratch); }) &&
                   measure("BuiltDatasetWriter alone", [&] { return write<BuiltDatasetWriter>(*table, scratch); });
    }
    return measured ? 0 : 1;
}
