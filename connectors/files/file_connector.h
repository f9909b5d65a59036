// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

namespace idstore {

/// Reads uploaded files: delimited text and workbooks, told apart by their content. Its open() answers
/// ErrorKind::Source "no_file" for a request without a file, else the errors of CsvReader, openWorkbook() and
/// WorkbookReader. Immutable and thread-safe.
class FileConnector final : public Connector
{
public:
    FileConnector();

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] QList<FieldError> checkConfig(const QJsonObject &config) const override;
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override;
    [[nodiscard]] Result<std::unique_ptr<RowParser>> openRowParser(const ReadRequest &request) const override;

private:
    ConnectorDescriptor m_descriptor;
};

} // namespace idstore
