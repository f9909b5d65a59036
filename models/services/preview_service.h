// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/column.h"
#include "models/domain/rejection.h"
#include "models/ingest/source_reading.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <optional>

namespace idstore {

struct EngineParts;
struct NewConnection;

struct PreviewRequest
{
    static constexpr int maxRows = 1000;

    /// Settings on top of the source's own; a null value: find out again.
    QJsonObject config = {};
    int rows = 50; ///< how many to show, 0..maxRows
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

struct PreviewRow
{
    qint64 line = 0; ///< where it starts in the source, 1-based; 0 when the source has no lines
    QList<std::optional<QString>> cells; ///< one a column; nothing: NULL
};

/// The beginning of a source as a run would store it.
struct SourcePreview
{
    QJsonObject config; ///< it was read with: the source's own with the overrides
    SourceReading reading; ///< what was understood: settings, whether found out or chosen, choices, remarks
    Columns columns; ///< described by the rows of the sample, not by all; chosen types as the source has them
    QList<PreviewRow> rows; ///< the first ones, as many as were asked for
    QList<Rejection> rejections; ///< the first ones, as many as were asked for

    qint64 rowsSampled = 0; ///< taken in and looked at
    qint64 rowsRejected = 0; ///< set aside in the sample
    bool complete = false; ///< the sample is the whole source
    std::optional<qint64> totalRows; ///< when the source tells
    std::optional<qint64> totalBytes; ///< when the source tells
};

/// Shows what ingestion would make of a source, by the same code and without storing anything. A sample of about 5,000
/// rows, 4 MiB or one second is read, whichever ends first. Thread-safe, also while the source is being ingested; calls
/// read from disk and may block, so the window calls them off its own thread.
/// Errors: InvalidInput naming the fields that make no sense ("config.delimiter", "rows"), Source with what is wrong
/// with the source and what to do, Unavailable ("connector_not_available"), Cancelled.
class PreviewService : public QObject
{
    Q_OBJECT

public:
    explicit PreviewService(EngineParts &parts);

    /// Of a source of this user.
    [[nodiscard]] Result<SourcePreview> preview(UserId user, SourceId source, const PreviewRequest &request,
                                                const CancelToken &cancel = {});
    /// Of a file on this computer that is no source yet. InvalidInput (field "file") when it is no table.
    [[nodiscard]] Result<SourcePreview> previewFile(const QString &path, const QString &originalName,
                                                    const PreviewRequest &request, const CancelToken &cancel = {});

    /// Of a system that is no source yet.
    [[nodiscard]] Result<SourcePreview> previewNew(const NewConnection &connection, const PreviewRequest &request,
                                                   const CancelToken &cancel = {});

private:
    EngineParts &m_parts;
};

} // namespace idstore
