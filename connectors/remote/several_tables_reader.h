// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/ingest/record_reader.h"

#include <functional>
#include <memory>
#include <vector>

namespace idstore {

/// Reads several files as one table: columns by name, those of the first file first; a row has NULL where its file
/// lacks a column. A last column, generated, says which file a row is from. One file is open at a time.
class SeveralTablesReader final : public RecordReader
{
public:
    struct Part
    {
        QString name; ///< of the file, as the last column says it
        std::function<Result<std::unique_ptr<RecordReader>>()> open; ///< called twice: for its columns, for its rows
    };

    /// `parts` has at least one. Errors are those of the parts, with the file's name in the message.
    static Result<std::unique_ptr<SeveralTablesReader>> open(std::vector<Part> parts);

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] SourceReading reading() const override { return m_reading; }
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_totalBytes; }
    [[nodiscard]] EstimateBasis estimateBasis() const override
    {
        return m_totalBytes ? EstimateBasis::FileSize : EstimateBasis::None;
    }

private:
    explicit SeveralTablesReader(std::vector<Part> parts)
        : m_parts(std::move(parts))
    {}

    Result<void> openNext();
    void copyRows(const RowBatch &from, RowBatch &to) const;

    std::vector<Part> m_parts;
    Columns m_columns;
    SourceReading m_reading; ///< of the first file
    std::optional<qint64> m_totalBytes;
    std::size_t m_next = 0;
    QByteArray m_currentName;
    std::unique_ptr<RecordReader> m_current;
    std::vector<int> m_sources; ///< for each column but the last: the current file's column, or -1
    qint64 m_bytesBefore = 0; ///< of the files read to their end
    qint64 m_currentBytes = 0;
    RowBatch m_batch;
};

} // namespace idstore
