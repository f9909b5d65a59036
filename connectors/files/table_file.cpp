// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_file.h"

#include "connectors/files/csv_reader.h"
#include "connectors/files/csv_row_parser.h"
#include "connectors/files/packed_file.h"
#include "connectors/files/table_file_options.h"
#include "connectors/files/upload_check.h"
#include "connectors/files/workbook/open_workbook.h"
#include "connectors/files/workbook/workbook_reader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableFile)
};

/// What to say when the name of the file promises something else than its content is.
QStringList nameRemarks(const QString &name, FileContainer container)
{
    const QString suffix = QFileInfo(name).suffix().toLower();
    constexpr std::array workbooks = {u"xls", u"xlsx", u"xlsm", u"xlsb", u"ods"};
    constexpr std::array texts = {u"csv", u"tsv", u"tab", u"txt"};
    const auto isOneOf = [&suffix](const auto &suffixes) {
        return std::ranges::any_of(suffixes, [&](const char16_t *each) { return suffix == QStringView(each); });
    };
    if (container == FileContainer::Html && (isOneOf(workbooks) || isOneOf(texts)))
        return {Words::tr("The name says .%1, but the file is a web page; the table in it is read.").arg(suffix)};
    if (container == FileContainer::Text && isOneOf(workbooks))
        return {Words::tr("The name says .%1, but the file is text; it is read as text.").arg(suffix)};
    if (container != FileContainer::Text && isOneOf(texts))
        return {Words::tr("The name says .%1, but the file is a workbook; it is read as one.").arg(suffix)};
    return {};
}

/// What is inside a packed file, in a scratch file. The name is what people would call it.
struct Unpacked
{
    std::unique_ptr<ScratchFile> content;
    TableFile file;
};

Result<Unpacked> unpackTable(const TableFile &file, Packing packing, const ReadRequest &request)
{
    IDS_TRY(content, unpack(file.path, packing, request.scratchFolder, request.cancel));
    const TableFile inside{content->readablePath(), QFileInfo(file.name).completeBaseName()};
    if (const auto checked = checkUploadedFile(inside.path, inside.name); !checked) {
        Error error = checked.error();
        error.kind = ErrorKind::Source;
        error.fields.clear();
        return error;
    }
    return Unpacked{std::move(content), inside};
}

Result<std::unique_ptr<CsvReader>> openText(const QString &path, const TableFileOptions &options,
                                            const ReadRequest &request, RunLog *log)
{
    return CsvReader::open(path, options, request.cancel, log, CsvReader::Limits{});
}

} // namespace

// Readers open their file once and for all: an unpacked file may lose its last name while they read.

Result<std::unique_ptr<RecordReader>> openTableFile(const TableFile &file, const ReadRequest &request)
{
    if (const Packing packing = packingOf(file.path); packing != Packing::None) {
        IDS_TRY(unpacked, unpackTable(file, packing, request));
        return openTableFile(unpacked.file, request);
    }
    IDS_TRY(options, TableFileOptions::fromConfig(request.config));
    const FileContainer container = fileContainerOf(file.path);
    options.remarks = nameRemarks(file.name, container);
    if (container != FileContainer::Text) {
        IDS_TRY(workbook, openWorkbook(file.path));
        IDS_TRY(sheet, WorkbookReader::open(std::move(workbook), options, request.cancel, request.log,
                                            request.sampleRows.value_or(WorkbookReader::allRows)));
        return std::unique_ptr<RecordReader>(std::move(sheet));
    }
    IDS_TRY(reader, openText(file.path, options, request, request.log));
    return std::unique_ptr<RecordReader>(std::move(reader));
}

Result<std::unique_ptr<RowParser>> openTableRowParser(const TableFile &file, const ReadRequest &request)
{
    if (const Packing packing = packingOf(file.path); packing != Packing::None) {
        IDS_TRY(unpacked, unpackTable(file, packing, request));
        return openTableRowParser(unpacked.file, request);
    }
    if (fileContainerOf(file.path) != FileContainer::Text)
        return std::unique_ptr<RowParser>();
    IDS_TRY(options, TableFileOptions::fromConfig(request.config));
    // Opened beside a run whose log has said it all.
    IDS_TRY(reader, openText(file.path, options, request, nullptr));
    return std::unique_ptr<RowParser>(new CsvRowParser(std::move(reader)));
}

} // namespace idstore
