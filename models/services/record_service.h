// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/record_query.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <memory>

namespace idstore {

struct EngineParts;
struct Source;

enum class ExportFormat { Csv, Ndjson };
/// AsReceived: every value as its text. Typed (NDJSON only): values that their column's type reads without loss as JSON
/// numbers and booleans, dates and timestamps in ISO 8601; every other value as its text.
enum class ExportValues { AsReceived, Typed };

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

    /// A page of the rows that `query` asks for, in its order. InvalidInput for an unknown column, a limit out of
    /// range, or a filter value that its column's type cannot read. The first page in an order that was not asked for
    /// before takes as long as prepareSort().
    [[nodiscard]] Result<RecordPage> page(UserId user, SourceId source, const RecordQuery &query,
                                          const CancelToken &cancel = {});

    /// Sorts the rows, unless that is done already, so that pages come at once: some seconds for ten million rows, in
    /// bounded memory. `progress` is called on the calling thread now and then with the part done, 0 to 1. The order is
    /// kept beside the rows until they are replaced.
    [[nodiscard]] Result<void> prepareSort(UserId user, SourceId source, const RecordSort &sort,
                                           const CancelToken &cancel = {},
                                           const std::function<void(double)> &progress = {});

    /// CSV: RFC 4180, UTF-8, CRLF, header row; NULL is an empty field, an empty text is "" (quoted).
    /// NDJSON: one object a line, texts as received unless `values` says otherwise, NULL as null.
    /// InvalidInput ("types") for typed values in CSV.
    [[nodiscard]] Result<std::unique_ptr<ExportStream>> exportSource(UserId user, SourceId source, ExportFormat format,
                                                                     ExportValues values = ExportValues::AsReceived);

private:
    [[nodiscard]] Result<RecordPage> pageOf(const Source &source, const RecordQuery &query, const CancelToken &cancel);

    EngineParts &m_parts;
};

} // namespace idstore
