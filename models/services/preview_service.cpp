// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/preview_service.h"

#include "models/domain/column_choices.h"
#include "models/ingest/column_profile.h"
#include "models/ingest/pipeline.h"
#include "models/services/engine_parts.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"

#include <QElapsedTimer>
#include <QFileInfo>

namespace idstore {

namespace {

// The bounds of a sample. They are looked at between batches, so it is over them by a batch at most.
constexpr qint64 sampleRows = 5000;
constexpr qint64 sampleBytes = 4LL * 1024 * 1024;
constexpr qint64 sampleMs = 1000;

PreviewRow rowOf(const RowBatch &batch, std::size_t row)
{
    PreviewRow shown{.line = batch.line(row), .cells = {}};
    for (int column = 0; column < batch.columnCount(); ++column) {
        const auto cell = batch.cell(row, column);
        shown.cells.append(cell ? std::optional(QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())))
                                : std::nullopt);
    }
    return shown;
}

/// Reads the sample, in the way a run reads all.
Result<SourcePreview> readSample(RecordReader &reader, const Columns &before, qsizetype shownRows,
                                 const CancelToken &cancel)
{
    SourcePreview preview;
    preview.columns = withChoices(reader.columns(), before);
    ColumnProfile profile(preview.columns);
    QElapsedTimer clock;
    clock.start();
    RowBatch batch;
    qint64 bytes = 0;
    while (preview.rowsSampled + preview.rowsRejected < sampleRows && bytes < sampleBytes &&
           clock.elapsed() < sampleMs) {
        if (cancel.isCancelled())
            return cancelledError();
        IDS_TRY(more, reader.read(batch));
        if (!more) {
            preview.complete = true;
            break;
        }
        profile.observe(batch);
        for (std::size_t row = 0; row < batch.rowCount() && preview.rows.size() < shownRows; ++row)
            preview.rows.append(rowOf(batch, row));
        for (const Rejection &rejection : batch.rejections()) {
            if (preview.rejections.size() < shownRows)
                preview.rejections.append(rejection);
        }
        preview.rowsSampled += static_cast<qint64>(batch.rowCount());
        preview.rowsRejected += static_cast<qint64>(batch.rejections().size());
        bytes += static_cast<qint64>(batch.byteCount());
    }
    profile.describe(preview.columns);
    preview.reading = reader.reading();
    preview.totalRows = reader.totalRows();
    preview.totalBytes = reader.totalBytes();
    return preview;
}

/// `before`: the columns as they are held now, with the types that people have chosen.
Result<SourcePreview> previewOf(const Connector &connector, ReadRequest read, const Columns &before,
                                const PreviewRequest &request, const CancelToken &cancel)
{
    QList<FieldError> problems = request.problems;
    if (request.rows < 0 || request.rows > PreviewRequest::maxRows) {
        problems.append(
            {QStringLiteral("rows"), PreviewService::tr("“rows” is from 0 to %1.").arg(PreviewRequest::maxRows)});
    }
    read.config = mergedConfig(read.config, request.config);
    problems += connector.checkConfig(read.config);
    if (!problems.isEmpty())
        return invalidInput(problems);
    read.mode = RunMode::Full;
    read.cursor.after.reset();
    read.cancel = cancel;
    read.sampleRows = sampleRows;

    IDS_TRY(reader, connector.open(read));
    IDS_TRY(preview, readSample(*reader, before, request.rows, cancel));
    preview.config = read.config;
    return preview;
}

} // namespace

PreviewService::PreviewService(EngineParts &parts)
    : m_parts(parts)
{}

Result<SourcePreview> PreviewService::preview(UserId user, SourceId id, const PreviewRequest &request,
                                              const CancelToken &cancel)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    while (true) {
        IDS_TRY(connector, readableConnector(m_parts, source.sourceType));
        IDS_TRY(read, readRequest(m_parts, source));
        auto preview = previewOf(*connector, std::move(read), source.columns, request, cancel);
        if (preview || !source.file)
            return preview;
        // Between the look into the catalog and the opening of the file another file may have taken its place.
        IDS_TRY(now, m_parts.sourceRows->find(user, id));
        if (now.file == source.file)
            return preview;
        source = std::move(now);
    }
}

Result<SourcePreview> PreviewService::previewFile(const QString &path, const QString &originalName,
                                                  const PreviewRequest &request, const CancelToken &cancel)
{
    IDS_CHECK(m_parts.connectors.checkUpload(path, originalName));
    IDS_TRY(connector, readableConnector(m_parts, QLatin1StringView(fileSourceType)));
    ReadRequest read;
    read.file = StoredFile{originalName, path, QFileInfo(path).size()};
    read.scratchFolder = m_parts.directory->stagingFolder();
    return previewOf(*connector, std::move(read), {}, request, cancel);
}

Result<SourcePreview> PreviewService::previewNew(const NewConnection &connection, const PreviewRequest &request,
                                                 const CancelToken &cancel)
{
    IDS_TRY(opened, newConnection(m_parts, connection));
    return previewOf(*opened.connector, std::move(opened.request), {}, request, cancel);
}

} // namespace idstore
