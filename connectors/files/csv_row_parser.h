// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_reader.h"
#include "models/ingest/row_parser.h"

#include <memory>

namespace idstore {

/// Single rows in the dialect and with the columns of a delimited text file, read by its reader's own rules.
class CsvRowParser final : public RowParser
{
public:
    /// `reader`: opened, and not read from.
    explicit CsvRowParser(std::unique_ptr<CsvReader> reader);

    [[nodiscard]] const Columns &columns() const override { return m_reader->columns(); }
    void parse(const QString &text, RowBatch &batch) override;
    [[nodiscard]] QList<Field> fields(const QString &text) const override;

private:
    std::unique_ptr<CsvReader> m_reader;
};

} // namespace idstore
