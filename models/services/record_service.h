// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/column.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace idstore {

struct EngineParts;

struct ColumnFilter
{
    QString column;
    QString value; ///< equals the stored text
};

struct RecordQuery
{
    static constexpr int maxLimit = 10'000;

    int limit = 100; ///< 1..maxLimit
    qint64 after = 0; ///< row number to start behind; RecordPage::next of the page before
    QString text; ///< rows in which some cell contains this, letter case folded for ASCII
    QList<ColumnFilter> filters;
};

struct Record
{
    qint64 row = 0; ///< row number within its generation, 1-based, growing, without gaps after a full load
    QList<std::optional<QString>> cells; ///< one a column; nothing: NULL
};

struct RecordPage
{
    Columns columns;
    QList<Record> records;
    qint64 generation = 0; ///< changes when a run has replaced the rows
    qint64 next = 0; ///< pass as `after`; 0: this was the last page
};

enum class ExportFormat { Csv, Ndjson };

/// A whole source, block by block, from one snapshot. Used by one thread at a time; the first use fixes the thread.
class ExportStream
{
public:
    virtual ~ExportStream() = default;
    /// The next block, about 64 KiB; empty at the end.
    [[nodiscard]] virtual Result<QByteArray> next() = 0;
};

/// Reading the rows held. Thread-safe; calls read from disk, so the window calls it off its own thread.
class RecordService : public QObject
{
    Q_OBJECT

public:
    explicit RecordService(EngineParts &parts);

    /// A page of rows in row order. InvalidInput for an unknown filter column or a limit out of range.
    [[nodiscard]] Result<RecordPage> page(UserId user, SourceId source, const RecordQuery &query,
                                          const CancelToken &cancel = {});

    /// CSV: RFC 4180, UTF-8, CRLF, header row; NULL is an empty field, an empty text is "" (quoted).
    /// NDJSON: one object a line, texts as received, NULL as null.
    [[nodiscard]] Result<std::unique_ptr<ExportStream>> exportSource(UserId user, SourceId source, ExportFormat format);

private:
    EngineParts &m_parts;
};

} // namespace idstore
