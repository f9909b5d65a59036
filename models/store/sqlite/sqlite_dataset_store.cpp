// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_dataset_store.h"

#include "models/domain/column_choices.h"
#include "models/domain/record_query.h"
#include "models/store/sqlite/built_dataset_writer.h"
#include "models/store/sqlite/sqlite_dataset_merger.h"
#include "models/store/sqlite/sqlite_dataset_revision.h"
#include "models/store/sqlite/sqlite_handle.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QDir>

#include <algorithm>

namespace idstore {

namespace {

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// The orders of one dataset, whatever their column.
QString orderPattern(qint64 generation)
{
    return QString::number(generation) + QStringLiteral(".*.order");
}

/// What a set of matching rows depends on.
QByteArray matchKey(SourceId source, qint64 generation, const Columns &columns, const RecordQuery &query)
{
    QByteArray key;
    QDataStream stream(&key, QIODevice::WriteOnly);
    stream << source.number() << generation << query.text;
    for (const ColumnFilter &filter : query.filters) {
        const auto column = std::ranges::find(columns, filter.column, &Column::name);
        stream << filter.column << filter.value << static_cast<int>(filter.filterOperator) << filter.upper
               << static_cast<int>(column->type) << static_cast<int>(column->dateOrder);
    }
    return key;
}

constexpr char rejectionSql[] = "SELECT id, line, column_name, code, reason, raw FROM rejects";

RejectedRow rejectionAt(const SqliteStatement &row)
{
    const auto text = [&row](int column) { return toQString(row.text(column).value_or(std::string_view())); };
    RejectedRow rejection;
    rejection.id = row.number(0);
    rejection.line = row.number(1);
    rejection.column = text(2);
    rejection.code = text(3);
    rejection.reason = text(4);
    rejection.raw = text(5);
    return rejection;
}

class SqliteDatasetScan final : public DatasetScan
{
public:
    SqliteDatasetScan(SqliteConnection connection, SqliteStatement rows)
        : m_connection(std::move(connection))
        , m_rows(std::move(rows))
    {}

    Result<bool> next() override { return m_rows.step(); }
    [[nodiscard]] std::optional<std::string_view> cell(int column) const override { return m_rows.text(column + 1); }

private:
    SqliteConnection m_connection;
    SqliteStatement m_rows; // goes first
};

} // namespace

SqliteDatasetStore::SqliteDatasetStore(const DataDirectory &directory)
    : m_directory(directory)
{}

Result<std::unique_ptr<DatasetWriter>> SqliteDatasetStore::createWriter(SourceId source, qint64 generation,
                                                                        const Columns &columns)
{
    if (columns.size() > maxColumns) {
        return Error{ErrorKind::Source,
                     QStringLiteral("too_many_columns"),
                     QCoreApplication::translate("SqliteDatasetStore", "The source has %1 columns; %2 can be stored.")
                         .arg(columns.size())
                         .arg(maxColumns),
                     QCoreApplication::translate("SqliteDatasetStore", "Leave out columns you do not need."),
                     {},
                     {}};
    }
    if (!QDir().mkpath(m_directory.datasetFolder(source)))
        return fileError(m_directory.datasetFolder(source), errno);
    IDS_TRY(writer, BuiltDatasetWriter::create(m_directory.datasetPath(source, generation), columns));
    return std::unique_ptr<DatasetWriter>(std::move(writer));
}

Result<RecordPage> SqliteDatasetStore::page(SourceId source, qint64 generation, const Columns &columns,
                                            const RecordQuery &query, const CancelToken &cancel)
{
    RecordPage page{columns, {}, generation, 0};
    IDS_TRY(reader, RecordPageReader::open(m_directory.datasetPath(source, generation), columns, query, cancel));
    if (!query.sort) {
        IDS_CHECK(reader.readByRow(page));
        return page;
    }
    IDS_TRY(order, takeOrder(source, generation, columns, *query.sort, cancel, {}));
    std::shared_ptr<const RowSet> matching;
    if (reader.isSelective()) {
        IDS_TRY(rows, m_matches.take(matchKey(source, generation, columns, query),
                                     [&reader] { return reader.matchingRows(); }));
        matching = rows;
    }
    IDS_CHECK(reader.readByOrder(*order, matching.get(), page));
    return page;
}

Result<void> SqliteDatasetStore::prepareSort(SourceId source, qint64 generation, const Columns &columns,
                                             const RecordSort &sort, const CancelToken &cancel,
                                             const std::function<void(double)> &progress)
{
    IDS_CHECK(takeOrder(source, generation, columns, sort, cancel, progress));
    return {};
}

Result<std::unique_ptr<RowOrder>> SqliteDatasetStore::takeOrder(SourceId source, qint64 generation,
                                                                const Columns &columns, const RecordSort &sort,
                                                                const CancelToken &cancel,
                                                                const std::function<void(double)> &progress)
{
    const auto column = std::ranges::find(columns, sort.column, &Column::name);
    Q_ASSERT(column != columns.end()); // RecordService has checked
    const QString cell = QStringLiteral("c%1").arg(column - columns.begin() + 1);
    QString name = QStringLiteral("/%1.%2-%3").arg(QString::number(generation), cell, toString(column->type));
    if (isTemporal(column->type))
        name += u'-' + toString(column->dateOrder);
    RowOrder::Request request;
    request.path = m_directory.datasetFolder(source) + name + QStringLiteral(".order");
    request.type = column->type;
    request.dateOrder = column->dateOrder;
    request.cancel = cancel;
    request.progress = progress;
    return m_orders.take(request.path, orderPattern(generation), cancel, [&]() -> Result<void> {
        IDS_TRY(connection,
                SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));
        IDS_TRY(last, connection.prepare("SELECT coalesce(max(rowid), 0) FROM records"));
        IDS_CHECK(last.step());
        request.rowCount = last.number(0);
        IDS_TRY(cells, connection.prepare("SELECT " + cell.toLatin1() + " FROM records ORDER BY rowid"));
        return RowOrder::build(request, [&cells](std::optional<std::string_view> &value) -> Result<bool> {
            IDS_TRY(more, cells.step());
            if (more)
                value = cells.text(0);
            return more;
        });
    });
}

Result<std::unique_ptr<DatasetScan>> SqliteDatasetStore::scan(SourceId source, qint64 generation,
                                                              const Columns &columns)
{
    IDS_TRY(connection,
            SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));
    IDS_TRY(rows, connection.prepare("SELECT rowid" + columnNames(columns.size()) + " FROM records ORDER BY rowid"));
    return std::unique_ptr<DatasetScan>(new SqliteDatasetScan(std::move(connection), std::move(rows)));
}

Result<std::unique_ptr<DatasetRevision>> SqliteDatasetStore::createRevision(SourceId source, qint64 earlier,
                                                                            qint64 generation, const Columns &columns,
                                                                            const CancelToken &cancel)
{
    IDS_TRY(revision, SqliteDatasetRevision::create(m_directory.datasetPath(source, earlier),
                                                    m_directory.datasetPath(source, generation),
                                                    static_cast<int>(columns.size()), cancel));
    return std::unique_ptr<DatasetRevision>(std::move(revision));
}

Result<std::unique_ptr<DatasetMerger>> SqliteDatasetStore::createMerger(SourceId source, qint64 earlier,
                                                                        qint64 generation, const MergeRequest &request,
                                                                        const CancelToken &cancel)
{
    IDS_TRY(merger, SqliteDatasetMerger::create(m_directory.datasetPath(source, earlier),
                                                m_directory.datasetPath(source, generation), request, cancel));
    return std::unique_ptr<DatasetMerger>(std::move(merger));
}

Result<qint64> SqliteDatasetStore::makeUnique(SourceId source, qint64 generation, const std::vector<int> &key)
{
    return SqliteDatasetMerger::makeUnique(m_directory.datasetPath(source, generation), key);
}

Result<std::optional<ChangePage>> SqliteDatasetStore::changes(SourceId source, qint64 generation, RunId run,
                                                              std::optional<ChangeKind> kind, qint64 after, int limit)
{
    return SqliteDatasetMerger::changes(m_directory.datasetPath(source, generation), run.number(), kind, after, limit);
}

Result<RejectionPage> SqliteDatasetStore::rejections(SourceId source, qint64 generation, qint64 after, int limit)
{
    RejectionPage page;
    IDS_TRY(connection,
            SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));
    IDS_TRY(rows, connection.prepare(QByteArray(rejectionSql) + " WHERE id > ? ORDER BY id LIMIT ?"));
    rows.bind(1, after);
    rows.bind(2, limit + 1);
    for (;;) {
        IDS_TRY(more, rows.step());
        if (!more)
            return page;
        if (page.rejections.size() == limit) {
            page.next = page.rejections.constLast().id;
            return page;
        }
        page.rejections.append(rejectionAt(rows));
    }
}

Result<std::optional<RejectedRow>> SqliteDatasetStore::rejection(SourceId source, qint64 generation, qint64 id)
{
    IDS_TRY(connection,
            SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));
    IDS_TRY(row, connection.prepare(QByteArray(rejectionSql) + " WHERE id = ?"));
    row.bind(1, id);
    IDS_TRY(found, row.step());
    return found ? std::optional(rejectionAt(row)) : std::nullopt;
}

void SqliteDatasetStore::removeGeneration(SourceId source, qint64 generation)
{
    QFile::remove(m_directory.datasetPath(source, generation));
    QDir folder(m_directory.datasetFolder(source));
    const QStringList orders = folder.entryList({orderPattern(generation)}, QDir::Files);
    for (const QString &order : orders)
        folder.remove(order);
}

void SqliteDatasetStore::removeAll(SourceId source)
{
    QDir(m_directory.datasetFolder(source)).removeRecursively();
}

} // namespace idstore
