// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/rejection_service.h"

#include "models/services/correction_reader.h"
#include "models/services/engine_parts.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"

#include <algorithm>
#include <set>

namespace idstore {

namespace {

Error notFound(qint64 id)
{
    return {ErrorKind::NotFound,
            QStringLiteral("rejection_not_found"),
            RejectionService::tr("There is no rejected row %1.").arg(id),
            RejectionService::tr("The list of rejected rows shows those there are."),
            {},
            {}};
}

Error rejectionChanged(qint64 id)
{
    return {ErrorKind::Conflict,
            QStringLiteral("rejection_changed"),
            RejectionService::tr("Rejected row %1 is another one by now.").arg(id),
            RejectionService::tr("Look at the list of rejected rows again, then correct the row."),
            {},
            {}};
}

QList<FieldError> checkCells(const QList<CorrectedCell> &cells, const Columns &columns)
{
    QList<FieldError> problems;
    if (cells.isEmpty())
        problems.append({QStringLiteral("cells"), RejectionService::tr("It must name at least one column.")});
    std::set<QString> seen;
    for (const CorrectedCell &cell : cells) {
        const QString field = QStringLiteral("cells.") + cell.column;
        if (std::ranges::find(columns, cell.column, &Column::name) == columns.end())
            problems.append({field, RejectionService::tr("The source has no such column.")});
        else if (!seen.insert(cell.column).second)
            problems.append({field, RejectionService::tr("The column is named twice.")});
        else if (cell.text && cell.text->size() > RejectionService::maxTextLength)
            problems.append({field, RejectionService::tr("The text must have at most %1 characters.")
                                        .arg(RejectionService::maxTextLength)});
    }
    return problems;
}

QList<FieldError> checkCorrection(const RowCorrection &correction, const Columns &columns)
{
    if (correction.raw.has_value() == correction.cells.has_value()) {
        return {{correction.raw ? QStringLiteral("cells") : QStringLiteral("raw"),
                 RejectionService::tr("Send either the text of the row or its cells.")}};
    }
    if (correction.cells)
        return checkCells(*correction.cells, columns);
    if (correction.raw->size() > RejectionService::maxTextLength) {
        return {
            {QStringLiteral("raw"),
             RejectionService::tr("The text must have at most %1 characters.").arg(RejectionService::maxTextLength)}};
    }
    return {};
}

} // namespace

RejectionService::RejectionService(EngineParts &parts)
    : m_parts(parts)
{}

Result<RejectionPage> RejectionService::page(UserId user, SourceId id, qint64 after, int limit)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    if (source.generation == 0)
        return RejectionPage{};
    auto found = m_parts.datasets->rejections(id, source.generation, after, limit);
    if (!found) {
        // Two runs may have ended since the source was looked up, and taken this generation's file away.
        IDS_TRY(again, m_parts.sourceRows->find(user, id));
        if (again.generation == source.generation)
            return found;
        source = std::move(again);
        found = m_parts.datasets->rejections(id, source.generation, after, limit);
    }
    IDS_TRY(page, std::move(found));
    page.total = source.rejectedCount;
    IDS_TRY(marks, m_parts.corrections->marks(id, CorrectionRepository::Which::All));
    for (RejectedRow &row : page.rejections) {
        const RowKey key = RowKey::of(row);
        if (!std::ranges::binary_search(marks, key.mark()))
            continue;
        IDS_TRY(correction, m_parts.corrections->find(id, key));
        row.correction = std::move(correction);
    }
    return page;
}

Result<RejectedRow> RejectionService::find(const Source &source, qint64 id)
{
    if (source.generation == 0)
        return notFound(id);
    IDS_TRY(found, m_parts.datasets->rejection(source.id, source.generation, id));
    if (!found)
        return notFound(id);
    RejectedRow row = std::move(*found);
    IDS_TRY(correction, m_parts.corrections->find(source.id, RowKey::of(row)));
    row.correction = std::move(correction);
    return row;
}

Result<RejectedRow> RejectionService::get(UserId user, SourceId id, qint64 rejection)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    return find(source, rejection);
}

Result<CorrectionReading> RejectionService::read(UserId user, SourceId id, qint64 rejection,
                                                 const RowCorrection &correction)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    const QList<FieldError> problems = checkCorrection(correction, source.columns);
    if (!problems.isEmpty())
        return invalidInput(problems);
    IDS_TRY(row, find(source, rejection));
    return read(source, row, correction);
}

Result<CorrectionReading> RejectionService::read(const Source &source, const Rejection &rejection,
                                                 const RowCorrection &correction)
{
    IDS_TRY(connector, readableConnector(m_parts, source.sourceType));
    IDS_TRY(request, readRequest(m_parts, source));
    CorrectionReader reader(source.columns, [&] { return connector->openRowParser(request); });
    CorrectionReading reading;
    if (correction.raw) {
        IDS_TRY(parser, reader.parser());
        if (!parser) {
            return invalidInput(
                {{QStringLiteral("raw"), tr("The rows of this source are not lines of text. Send cells instead.")}});
        }
        reading.fields = parser->fields(*correction.raw);
    }
    RowBatch batch;
    IDS_TRY(misfit, reader.read(correction, rejection, batch));
    reading.misfit = std::move(misfit);
    if (reading.misfit)
        return reading;
    for (int column = 0; column < batch.columnCount(); ++column) {
        const auto text = batch.cell(0, column);
        reading.cells.append(text ? std::optional(QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size())))
                                  : std::nullopt);
    }
    return reading;
}

Result<CorrectedRow> RejectionService::correct(UserId user, SourceId id, qint64 rejection,
                                               const CorrectionRequest &request)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    IDS_TRY(row, find(source, rejection));
    QList<FieldError> problems = request.problems;
    if (problems.isEmpty())
        problems = checkCorrection(request.correction, source.columns);
    if (!problems.isEmpty())
        return invalidInput(problems);
    if (request.original && *request.original != row.raw)
        return rejectionChanged(rejection);
    IDS_TRY(reading, read(source, row, request.correction));

    SavedCorrection correction;
    correction.rejectedRaw = row.raw;
    correction.correction = request.correction;
    correction.misfit = reading.misfit;
    correction.updatedAt = m_parts.clock.now();
    {
        // No run ends meanwhile, so that the row is still set aside when its correction is there.
        const QMutexLocker locker(&m_parts.lifecycle);
        IDS_TRY(now, m_parts.sourceRows->find(user, id));
        if (now.generation != source.generation) {
            IDS_TRY(again, find(now, rejection));
            if (again.raw != row.raw)
                return rejectionChanged(rejection);
        }
        IDS_CHECK(m_parts.catalog->write([&] { return m_parts.corrections->save(id, RowKey::of(row), correction); }));
    }
    IDS_TRY(saved, m_parts.corrections->find(id, RowKey::of(row)));
    row.correction = std::move(saved);
    Q_EMIT correctionsChanged(id);
    return CorrectedRow{std::move(row), source.columns, std::move(reading)};
}

Result<QList<SavedCorrection>> RejectionService::corrections(UserId user, SourceId id, qint64 after, int limit)
{
    IDS_CHECK(m_parts.sourceRows->find(user, id));
    return m_parts.corrections->list(id, after, limit);
}

Result<qint64> RejectionService::openCorrections(UserId user, SourceId id)
{
    IDS_CHECK(m_parts.sourceRows->find(user, id));
    return m_parts.corrections->count(id, CorrectionRepository::Which::Open);
}

Result<qint64> RejectionService::rememberedCorrections(UserId user, SourceId id)
{
    IDS_CHECK(m_parts.sourceRows->find(user, id));
    return m_parts.corrections->count(id, CorrectionRepository::Which::All);
}

Result<void> RejectionService::forget(UserId user, SourceId id, qint64 correction)
{
    IDS_CHECK(m_parts.sourceRows->find(user, id));
    IDS_TRY(removed, m_parts.catalog->write([&] { return m_parts.corrections->remove(id, correction); }));
    if (!removed) {
        return Error{ErrorKind::NotFound,
                     QStringLiteral("correction_not_found"),
                     tr("There is no correction %1.").arg(correction),
                     tr("The list of corrections shows those there are."),
                     {},
                     {}};
    }
    Q_EMIT correctionsChanged(id);
    return {};
}

Result<void> RejectionService::forgetAll(UserId user, SourceId id)
{
    IDS_CHECK(m_parts.sourceRows->find(user, id));
    IDS_CHECK(m_parts.catalog->write([&] { return m_parts.corrections->removeAll(id); }));
    Q_EMIT correctionsChanged(id);
    return {};
}

} // namespace idstore
