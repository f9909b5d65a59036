// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/file_connector.h"

#include "connectors/files/table_file.h"
#include "connectors/files/table_file_options.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

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
    return openTableRowParser({request.file->path, request.file->originalName}, request);
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
    return openTableFile({request.file->path, request.file->originalName}, request);
}

} // namespace idstore
