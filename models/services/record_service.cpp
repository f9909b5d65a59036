// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/record_service.h"

#include "models/services/engine_parts.h"
#include "models/services/export_writer.h"
#include "models/services/source_rules.h"
#include "models/store/record_matcher.h"

#include <algorithm>

namespace idstore {

namespace {

constexpr qsizetype exportBlockSize = 64 * 1024;

class DatasetExport final : public ExportStream
{
public:
    /// `rows` is null for a source that holds none yet: the header alone.
    DatasetExport(std::unique_ptr<DatasetScan> rows, const Columns &columns, ExportFormat format, ExportValues values)
        : m_rows(std::move(rows))
        , m_columns(columns)
        , m_format(format)
        , m_values(values)
        , m_cells(static_cast<std::size_t>(columns.size()))
    {
        std::vector<QByteArray> names;
        names.reserve(m_cells.size());
        for (const Column &column : columns)
            names.push_back(column.name.toUtf8());
        const auto view = [](const QByteArray &text) {
            return std::string_view(text.constData(), static_cast<std::size_t>(text.size()));
        };
        if (format == ExportFormat::Csv) {
            std::transform(names.begin(), names.end(), m_cells.begin(), view);
            if (!m_cells.empty())
                appendCsvRow(m_block, m_cells);
        } else {
            for (const QByteArray &name : names)
                appendJsonString(m_names.emplace_back(), view(name));
        }
    }

    Result<QByteArray> next() override
    {
        while (m_rows && m_block.size() < exportBlockSize) {
            IDS_TRY(more, m_rows->next());
            if (!more) {
                m_rows.reset();
                break;
            }
            for (std::size_t column = 0; column < m_cells.size(); ++column)
                m_cells[column] = m_rows->cell(static_cast<int>(column));
            if (m_format == ExportFormat::Csv)
                appendCsvRow(m_block, m_cells);
            else if (m_values == ExportValues::Typed)
                appendTypedNdjsonRow(m_block, m_names, m_columns, m_cells);
            else
                appendNdjsonRow(m_block, m_names, m_cells);
        }
        return std::exchange(m_block, {});
    }

private:
    std::unique_ptr<DatasetScan> m_rows;
    Columns m_columns;
    ExportFormat m_format;
    ExportValues m_values;
    std::vector<QByteArray> m_names; ///< for NDJSON, as JSON strings
    std::vector<CellView> m_cells;
    QByteArray m_block;
};

} // namespace

RecordService::RecordService(EngineParts &parts)
    : m_parts(parts)
{}

Result<RecordPage> RecordService::page(UserId user, SourceId id, const RecordQuery &query, const CancelToken &cancel)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    auto page = pageOf(source, query, cancel);
    if (page || page.error().kind == ErrorKind::Cancelled || page.error().kind == ErrorKind::InvalidInput)
        return page;
    // Two runs may have ended since the source was looked up, and taken this generation's file away.
    IDS_TRY(again, m_parts.sourceRows->find(user, id));
    if (again.generation == source.generation)
        return page;
    return pageOf(again, query, cancel);
}

Result<RecordPage> RecordService::pageOf(const Source &source, const RecordQuery &query, const CancelToken &cancel)
{
    QList<FieldError> problems;
    if (query.limit < 1 || query.limit > RecordQuery::maxLimit) {
        problems.append({QStringLiteral("limit"), tr("It must be a number from 1 to %1.").arg(RecordQuery::maxLimit)});
    }
    if (query.after < 0)
        problems.append({QStringLiteral("after"), tr("It must be the \"next\" of the page before.")});
    problems += RecordMatcher::check(source.columns, query);
    if (!problems.isEmpty())
        return invalidInput(problems);
    if (source.generation == 0)
        return RecordPage{};
    return m_parts.datasets->page(source.id, source.generation, source.columns, query, cancel);
}

Result<void> RecordService::prepareSort(UserId user, SourceId id, const RecordSort &sort, const CancelToken &cancel,
                                        const std::function<void(double)> &progress)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    RecordQuery query;
    query.sort = sort;
    const QList<FieldError> problems = RecordMatcher::check(source.columns, query);
    if (!problems.isEmpty())
        return invalidInput(problems);
    if (source.generation == 0)
        return {};
    return m_parts.datasets->prepareSort(id, source.generation, source.columns, sort, cancel, progress);
}

Result<std::unique_ptr<ExportStream>> RecordService::exportSource(UserId user, SourceId id, ExportFormat format,
                                                                  ExportValues values)
{
    if (values == ExportValues::Typed && format == ExportFormat::Csv) {
        return invalidInput(
            {{QStringLiteral("types"), tr("CSV holds texts only; choose NDJSON for values by their type.")}});
    }
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    std::unique_ptr<DatasetScan> rows;
    if (source.generation > 0) {
        IDS_TRY(scan, m_parts.datasets->scan(id, source.generation, source.columns));
        rows = std::move(scan);
    }
    return std::unique_ptr<ExportStream>(new DatasetExport(std::move(rows), source.columns, format, values));
}

} // namespace idstore
