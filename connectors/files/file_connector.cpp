// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/file_connector.h"

#include "connectors/files/csv_reader.h"
#include "connectors/files/csv_row_parser.h"
#include "connectors/files/table_file_options.h"
#include "connectors/files/workbook/open_workbook.h"
#include "connectors/files/workbook/workbook_reader.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileConnector)
};

Error noFile()
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("no_file"),
            .message = Words::tr("This source has no file."),
            .remedy = Words::tr("Upload the file again."),
            .cause = {},
            .fields = {}};
}

/// What to say when the name of the file promises something else than its content is.
QStringList nameRemarks(const QString &name, FileContainer container)
{
    const QString suffix = QFileInfo(name).suffix().toLower();
    constexpr std::array workbooks = {u"xls", u"xlsx", u"xlsm", u"xlsb", u"ods"};
    constexpr std::array texts = {u"csv", u"tsv", u"tab", u"txt"};
    const auto isOneOf = [&suffix](const auto &suffixes) {
        return std::ranges::any_of(suffixes, [&](const char16_t *each) { return suffix == QStringView(each); });
    };
    if (container == FileContainer::Text && isOneOf(workbooks))
        return {Words::tr("The name says .%1, but the file is text; it is read as text.").arg(suffix)};
    if (container != FileContainer::Text && isOneOf(texts))
        return {Words::tr("The name says .%1, but the file is a workbook; it is read as one.").arg(suffix)};
    return {};
}

} // namespace

FileConnector::FileConnector()
    : m_descriptor{.id = QLatin1StringView(fileSourceType),
                   .title = Words::tr("File"),
                   .summary = Words::tr("The rows of a CSV file or a spreadsheet from this computer."),
                   .category = ConnectorCategory::File,
                   .auth = AuthKind::None,
                   .credentialsSchema = schema::noCredentials(),
                   .configSchema = schema::object(schema::tableFileFields() + schema::rowFields()),
                   .readable = true}
{}

Result<std::unique_ptr<RowParser>> FileConnector::openRowParser(const ReadRequest &request) const
{
    if (!request.file)
        return noFile();
    if (fileContainerOf(request.file->path) != FileContainer::Text)
        return std::unique_ptr<RowParser>();
    IDS_TRY(options, TableFileOptions::fromConfig(request.config));
    IDS_TRY(reader, CsvReader::open(request.file->path, options, request.cancel, nullptr, CsvReader::Limits{}));
    return std::unique_ptr<RowParser>(new CsvRowParser(std::move(reader)));
}

QList<FieldError> FileConnector::checkConfig(const QJsonObject &config) const
{
    const QList<FieldError> problems = Connector::checkConfig(config);
    if (!problems.isEmpty())
        return problems;
    const auto options = TableFileOptions::fromConfig(config);
    return options ? problems : options.error().fields;
}

Result<std::unique_ptr<RecordReader>> FileConnector::open(const ReadRequest &request) const
{
    if (!request.file)
        return noFile();
    IDS_TRY(options, TableFileOptions::fromConfig(request.config));
    const FileContainer container = fileContainerOf(request.file->path);
    options.remarks = nameRemarks(request.file->originalName, container);
    if (container != FileContainer::Text) {
        IDS_TRY(workbook, openWorkbook(request.file->path));
        IDS_TRY(sheet, WorkbookReader::open(std::move(workbook), options, request.cancel, request.log,
                                            request.sampleRows.value_or(WorkbookReader::allRows)));
        return std::unique_ptr<RecordReader>(std::move(sheet));
    }
    IDS_TRY(reader, CsvReader::open(request.file->path, options, request.cancel, request.log, CsvReader::Limits{}));
    return std::unique_ptr<RecordReader>(std::move(reader));
}

} // namespace idstore
