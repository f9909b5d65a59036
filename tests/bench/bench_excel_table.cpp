// SPDX-License-Identifier: GPL-3.0-or-later
// bench_excel_table IN OUT.csv: what the file connector makes of a file, as CSV: to compare it with what is expected.
// Names that the file does not give are left out. Exit status 1 with the reason when the file is refused.
#include "connectors/connector_catalog.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>

using namespace idstore;

namespace {

void writeField(QByteArray &line, std::string_view text)
{
    line += '"';
    for (const char c : text) {
        if (c == '"')
            line += '"';
        line += c;
    }
    line += '"';
}

Result<void> convert(const QString &from, const QString &to)
{
    const BuiltInConnectors connectors;
    IDS_CHECK(connectors.checkUpload(from, QFileInfo(from).fileName()));
    ReadRequest request;
    request.file = StoredFile{};
    request.file->path = from;
    IDS_TRY(reader, connectors.find(QString(QLatin1StringView(fileSourceType)))->open(request));

    QSaveFile file(to);
    if (!file.open(QIODevice::WriteOnly)) {
        Error error;
        error.message = file.errorString();
        return error;
    }
    const Columns &columns = reader->columns();
    QByteArray out;
    if (!std::ranges::all_of(columns, &Column::generated)) {
        for (const Column &column : columns) {
            if (!column.generated)
                writeField(out, column.name.toStdString());
            out += ',';
        }
        out.chop(1);
        out += "\r\n";
    }
    RowBatch batch;
    while (true) {
        IDS_TRY(more, reader->read(batch));
        if (!more)
            break;
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            for (int column = 0; column < batch.columnCount(); ++column) {
                if (column > 0)
                    out += ',';
                if (const auto cell = batch.cell(row, column))
                    writeField(out, *cell);
            }
            out += "\r\n";
        }
        file.write(out);
        out.clear();
    }
    file.write(out);
    if (!file.commit()) {
        Error error;
        error.message = file.errorString();
        return error;
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "bench_excel_table IN OUT.csv\n");
        return 2;
    }
    const auto converted = convert(arguments.at(1), arguments.at(2));
    if (converted)
        return 0;
    std::fprintf(stderr, "%s\n", qPrintable(converted.error().logLine()));
    return 1;
}
