// SPDX-License-Identifier: GPL-3.0-or-later
// bench_csv_table IN_FOLDER OUT_FOLDER: what the reader of uploaded files understands of every IN_FOLDER/*.csv, written
// to OUT_FOLDER/NAME as RFC 4180 text, all quoted: the columns' names unless every one is generated, then the rows
// that were read. Rows set aside are not in it; a file that is refused has no output. Names of refused files and counts
// of rejections go to stderr. It is told nothing about the files.
#include "connectors/files/file_connector.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <string_view>

using namespace idstore;

namespace {

void appendCell(QByteArray &line, std::string_view text)
{
    line += '"';
    for (const char c : text) {
        if (c == '"')
            line += '"';
        line += c;
    }
    line += '"';
}

Result<void> convert(const Connector &connector, const QFileInfo &from, const QString &to)
{
    ReadRequest request;
    request.file = StoredFile{from.fileName(), from.filePath(), from.size()};
    IDS_TRY(reader, connector.open(request));
    QByteArray text;
    const Columns &columns = reader->columns();
    if (!std::all_of(columns.begin(), columns.end(), [](const Column &column) { return column.generated; })) {
        for (const Column &column : columns) {
            if (&column != &columns.first())
                text += ',';
            if (column.generated)
                appendCell(text, {});
            else
                appendCell(text, column.name.toStdString());
        }
        text += "\r\n";
    }
    RowBatch batch;
    while (true) {
        IDS_TRY(more, reader->read(batch));
        if (!more)
            break;
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            for (int column = 0; column < batch.columnCount(); ++column) {
                if (column > 0)
                    text += ',';
                appendCell(text, batch.cell(row, column).value_or(std::string_view()));
            }
            text += "\r\n";
        }
        for (const Rejection &rejection : batch.rejections()) {
            std::fprintf(stderr, "%s:%lld %s\n", qPrintable(from.fileName()), static_cast<long long>(rejection.line),
                         qPrintable(rejection.code));
        }
    }
    QFile out(to);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size()) {
        Error error;
        error.message = out.errorString();
        return error;
    }
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "usage: bench_csv_table IN_FOLDER OUT_FOLDER\n");
        return 2;
    }
    const FileConnector connector;
    const QDir out(arguments[2]);
    for (const QFileInfo &file : QDir(arguments[1]).entryInfoList({QStringLiteral("*.csv")}, QDir::Files)) {
        const auto done = convert(connector, file, out.filePath(file.fileName()));
        if (!done)
            std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(done.error().logLine()));
    }
    return 0;
}
