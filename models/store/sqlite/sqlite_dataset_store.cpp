// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_dataset_store.h"

#include "models/services/record_service.h"
#include "models/store/sqlite/built_dataset_writer.h"
#include "models/store/sqlite/sqlite_dataset_revision.h"
#include "models/store/sqlite/sqlite_handle.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace idstore {

namespace {

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QByteArray columnList(qsizetype columnCount)
{
    QByteArray list;
    for (qsizetype column = 1; column <= columnCount; ++column)
        list += ", c" + QByteArray::number(column);
    return list;
}

char foldAscii(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

/// Whether `text` contains `needle` (already folded), ASCII letters compared without regard to case.
bool containsFolded(std::string_view text, std::string_view needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                       [](char a, char b) { return foldAscii(a) == b; }) != text.end();
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
    IDS_TRY(connection,
            SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));

    QByteArray sql = "SELECT rowid" + columnList(columns.size()) + " FROM records WHERE rowid > ?";
    std::vector<QByteArray> filterValues;
    for (const ColumnFilter &filter : query.filters) {
        const auto column = std::ranges::find(columns, filter.column, &Column::name);
        Q_ASSERT(column != columns.end()); // RecordService has checked
        sql += " AND c" + QByteArray::number(column - columns.begin() + 1) + " = ?";
        filterValues.push_back(filter.value.toUtf8());
    }
    IDS_TRY(rows, connection.prepare(sql + " ORDER BY rowid"));
    rows.bind(1, query.after);
    for (std::size_t i = 0; i < filterValues.size(); ++i) {
        rows.bind(static_cast<int>(i) + 2,
                  std::string_view(filterValues[i].constData(), static_cast<std::size_t>(filterValues[i].size())));
    }

    QByteArray needle = query.text.toUtf8();
    std::transform(needle.begin(), needle.end(), needle.begin(), foldAscii);
    const std::string_view folded(needle.constData(), static_cast<std::size_t>(needle.size()));
    const int columnCount = static_cast<int>(columns.size());
    const auto matches = [&] {
        if (folded.empty())
            return true;
        for (int column = 1; column <= columnCount; ++column) {
            const auto cell = rows.text(column);
            if (cell && containsFolded(*cell, folded))
                return true;
        }
        return false;
    };

    constexpr int rowsBetweenChecks = 512;
    for (int seen = 1;; ++seen) {
        if (seen % rowsBetweenChecks == 0 && cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        IDS_TRY(more, rows.step());
        if (!more)
            return page;
        if (!matches())
            continue;
        if (page.records.size() == query.limit) { // one more than asked for: there is a next page
            page.next = page.records.constLast().row;
            return page;
        }
        Record record;
        record.row = rows.number(0);
        record.cells.reserve(columnCount);
        for (int column = 1; column <= columnCount; ++column) {
            const auto cell = rows.text(column);
            record.cells.append(cell ? std::optional(toQString(*cell)) : std::nullopt);
        }
        page.records.append(std::move(record));
    }
}

Result<std::unique_ptr<DatasetScan>> SqliteDatasetStore::scan(SourceId source, qint64 generation,
                                                              const Columns &columns)
{
    IDS_TRY(connection,
            SqliteConnection::open(m_directory.datasetPath(source, generation), SqliteConnection::Mode::ReadOnly));
    IDS_TRY(rows, connection.prepare("SELECT rowid" + columnList(columns.size()) + " FROM records ORDER BY rowid"));
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
}

void SqliteDatasetStore::removeAll(SourceId source)
{
    QDir(m_directory.datasetFolder(source)).removeRecursively();
}

} // namespace idstore
