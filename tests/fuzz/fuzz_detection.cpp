// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as the beginning of a text file: what is found out about it holds together, and decoding does not
// depend on how the bytes are cut. Text in braces is also taken as a source's settings.
#include "connectors/files/csv_dialect.h"
#include "connectors/files/encoding_detector.h"
#include "connectors/files/header_names.h"
#include "connectors/files/table_file_options.h"
#include "connectors/files/table_start.h"
#include "connectors/files/text_decoder.h"

#include "fuzz_input.h"

#include <QJsonDocument>

#include <string>

using namespace idstore;

namespace {

std::string decoded(std::string_view bytes, TextEncoding encoding, std::size_t piece)
{
    TextDecoder decoder(encoding);
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        decoder.decode(bytes.substr(at, piece), text);
    decoder.finish(text);
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    CsvDialectChoice choice;
    if (bytes.starts_with('{')) {
        const auto json = QJsonDocument::fromJson(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
        const auto options = TableFileOptions::fromConfig(json.object());
        if (options)
            choice = options->dialect;
    }
    const DetectedEncoding found = detectEncoding(bytes);
    fuzz::require(found.bomLength >= 0 && static_cast<std::size_t>(found.bomLength) <= size);
    fuzz::require(textEncodingFromString(toString(found.encoding)) == found.encoding);
    const std::string_view body = bytes.substr(static_cast<std::size_t>(found.bomLength));
    const std::string text = decoded(body, found.encoding, std::max<std::size_t>(size, 1));
    fuzz::require(decoded(body, found.encoding, 1) == text);
    fuzz::require(decoded(body, found.encoding, 3) == text);

    for (const bool whole : {true, false}) {
        const CsvDialect dialect = detectCsvDialect(text, whole, choice);
        fuzz::require(dialect.syntax.delimiter != '\n' && dialect.syntax.delimiter != '\r');
        constexpr std::size_t mostRows = 200;
        constexpr std::size_t mostFields = 2001;
        std::vector<std::int64_t> lines;
        const SampledRows rows = sampleRows(text, whole, dialect.syntax, mostRows, mostFields, &lines);
        fuzz::require(rows.size() <= mostRows && lines.size() == rows.size());
        const TableStart start = findTableStart(rows);
        fuzz::require(start.preambleRows + start.headerRows <= rows.size());
        if (rows.empty())
            continue;
        const Columns columns = columnsFromHeader(rows[start.preambleRows]);
        fuzz::require(columns.size() == static_cast<qsizetype>(rows[start.preambleRows].size()));
    }
    return 0;
}
