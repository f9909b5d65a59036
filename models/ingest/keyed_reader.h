// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/cursor_mark.h"
#include "models/ingest/record_reader.h"

#include <vector>

namespace idstore {

/// The rows of another reader, less those that have no key: they are set aside. Keeps the mark on the way. Not
/// thread-safe; read by one thread.
class KeyedReader final : public RecordReader
{
public:
    /// Source errors "key_column_missing" and "cursor_column_missing", naming what there is.
    static Result<std::unique_ptr<KeyedReader>> create(std::unique_ptr<RecordReader> reader, const QStringList &key,
                                                       const Cursor &cursor);

    [[nodiscard]] const Columns &columns() const override { return m_reader->columns(); }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] SourceReading reading() const override { return m_reader->reading(); }
    [[nodiscard]] bool isComplete() const override { return m_reader->isComplete(); }
    [[nodiscard]] QJsonObject state() const override { return m_reader->state(); }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_reader->totalRows(); }
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_reader->totalBytes(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return m_reader->estimateBasis(); }

    [[nodiscard]] const std::vector<int> &key() const { return m_key; }
    /// Of a source with a cursor: the mark after the rows so far.
    [[nodiscard]] std::optional<QString> mark() const;
    /// Rows whose cursor cannot be read as its type.
    [[nodiscard]] qint64 unreadableCursors() const { return m_unreadable; }

private:
    KeyedReader(std::unique_ptr<RecordReader> reader, const Cursor &cursor);

    [[nodiscard]] bool hasKey(const RowBatch &batch, std::size_t row) const;
    void setAside(const RowBatch &from, std::size_t row, RowBatch &batch) const;
    void observe(const RowBatch &batch, std::size_t row);

    std::unique_ptr<RecordReader> m_reader;
    std::vector<int> m_key;
    QStringList m_keyNames;
    int m_cursorColumn = -1;
    CursorMark m_mark;
    qint64 m_unreadable = 0;
    RowBatch m_read;
};

} // namespace idstore
