// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/built_dataset_writer.h"

#include "models/store/data_directory.h"
#include "models/store/sqlite/dataset_schema.h"
#include "models/store/sqlite/sqlite_handle.h"
#include "models/store/sqlite/sqlite_record.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace idstore {

using namespace sqliterecord;

namespace {

/// More than SQLite reads back: its limit for a row.
constexpr std::size_t maxRecordBytes = 1'000'000'000;

// A record header starts with its own size, which is known last: the serial types are written with room before them.
constexpr std::size_t headerSizeRoom = 3;
constexpr std::size_t maxIntegerBytes = 8;
constexpr std::size_t maxTextTypeBytes = 5;

SqliteTableTree::Bytes bytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

/// Writes the header's size before the serial types, which end at `typesEnd`, and returns where the header starts.
std::uint8_t *putHeaderSize(std::uint8_t *types, const std::uint8_t *typesEnd)
{
    const auto typeBytes = static_cast<std::size_t>(typesEnd - types);
    std::size_t sizeBytes = 1; // it counts itself
    while (varintSize(typeBytes + sizeBytes) > sizeBytes)
        ++sizeBytes;
    std::uint8_t *start = types - sizeBytes;
    putVarint(start, typeBytes + sizeBytes);
    return start;
}

/// The records of a batch's rows. Used by one thread at a time.
class RowRecords
{
public:
    explicit RowRecords(int columnCount)
        : m_head(headerSizeRoom + 1 + static_cast<std::size_t>(columnCount) * maxTextTypeBytes + maxIntegerBytes)
    {}

    /// Appends all rows to a tree or a run of leaves.
    template <typename Target>
    Result<void> appendTo(Target &target, const RowBatch &batch)
    {
        for (std::size_t row = 0; row < batch.rowCount(); ++row)
            IDS_CHECK(appendRow(target, batch, row));
        return {};
    }

private:
    template <typename Target>
    Result<void> appendRow(Target &target, const RowBatch &batch, std::size_t row)
    {
        const std::int64_t line = batch.line(row);
        const std::uint8_t lineType = integerSerialType(line);
        std::uint8_t *const types = m_head.data() + headerSizeRoom;
        std::uint8_t *end = types;
        *end++ = lineType;
        const int columnCount = batch.columnCount();
        for (int column = 0; column < columnCount; ++column) {
            const std::int64_t length = batch.cellLength(row, column);
            if (length < 0) {
                *end++ = nullSerialType;
                continue;
            }
            end = putVarint(end, textSerialType(static_cast<std::size_t>(length)));
        }
        const std::uint8_t *start = putHeaderSize(types, end);
        end = putInteger(end, line, lineType);

        // The record's values come in the order of the batch's arena: all texts of the row are one piece of it.
        const std::string_view text = batch.rowText(row);
        if (text.size() > maxRecordBytes - m_head.size())
            return tooLong(line, text.size());
        target.append({start, end}, bytes(text));
        return {};
    }

    static Error tooLong(std::int64_t line, std::size_t size)
    {
        const QString cause = QStringLiteral("the row of line %1 has %2 bytes").arg(line).arg(size);
        return Error{ErrorKind::Internal,
                     QStringLiteral("dataset_error"),
                     QCoreApplication::translate("SqliteConnection", "The stored rows could not be read or written."),
                     QCoreApplication::translate("SqliteConnection",
                                                 "Run the source again; if it happens again, check the disk."),
                     cause,
                     {}};
    }

    std::vector<std::uint8_t> m_head; ///< a row's record header and line
};

/// The pages of a batch's rows.
class PreparedPages final : public PreparedBatch
{
public:
    PreparedPages(const SqlitePageFile &file, int columnCount)
        : run(file.pageSize(), file.usableSize())
        , records(columnCount)
    {}

    SqliteLeafRun run;
    RowRecords records;
    bool isOfUse = false; ///< otherwise the rows are better written one by one
};

/// A record of a few values, for the small tables.
class SmallRecord
{
public:
    void addNull() { *m_typesEnd++ = nullSerialType; }
    void addInteger(qint64 value)
    {
        const std::uint8_t type = integerSerialType(value);
        *m_typesEnd++ = type;
        std::array<std::uint8_t, maxIntegerBytes> integer{};
        const std::uint8_t *end = putInteger(integer.data(), value, type);
        m_body.append(reinterpret_cast<const char *>(integer.data()), end - integer.data());
    }
    void addText(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        m_typesEnd = putVarint(m_typesEnd, textSerialType(static_cast<std::size_t>(utf8.size())));
        m_body.append(utf8);
    }
    void appendTo(SqliteTableTree &tree)
    {
        const std::uint8_t *start = putHeaderSize(m_header.data() + headerSizeRoom, m_typesEnd);
        tree.append({start, m_typesEnd}, bytes({m_body.constData(), static_cast<std::size_t>(m_body.size())}));
    }

private:
    static constexpr std::size_t maxValues = 6;
    std::array<std::uint8_t, headerSizeRoom + maxValues * maxTextTypeBytes> m_header{};
    std::uint8_t *m_typesEnd = m_header.data() + headerSizeRoom;
    QByteArray m_body;
};

Result<std::uint32_t> rootPage(const SqliteConnection &connection, const QByteArray &table)
{
    IDS_TRY(root, connection.prepare("SELECT rootpage FROM sqlite_master WHERE name = '" + table + "'"));
    IDS_CHECK(root.step());
    return static_cast<std::uint32_t>(root.number(0));
}

} // namespace

Result<std::unique_ptr<BuiltDatasetWriter>> BuiltDatasetWriter::create(const QString &path, const Columns &columns,
                                                                       const Layout &layout)
{
    // Left over only if a removal failed; a new generation starts from nothing.
    QFile::remove(path);
    std::unique_ptr<BuiltDatasetWriter> writer(new BuiltDatasetWriter(path, columns));
    IDS_CHECK(writer->prepare(layout));
    return writer;
}

BuiltDatasetWriter::BuiltDatasetWriter(QString path, Columns columns)
    : m_path(std::move(path))
{
    m_summary.columns = std::move(columns);
}

BuiltDatasetWriter::~BuiltDatasetWriter()
{
    m_file.reset();
    if (!m_finished)
        QFile::remove(m_path);
}

Result<void> BuiltDatasetWriter::prepare(const Layout &layout)
{
    {
        IDS_TRY(connection, SqliteConnection::open(m_path, SqliteConnection::Mode::Create));
        IDS_CHECK(connection.execute("PRAGMA page_size = " + QByteArray::number(layout.pageSize) +
                                     "; PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = OFF;"
                                     "PRAGMA synchronous = OFF; BEGIN;"));
        IDS_CHECK(connection.execute(datasetSchemaSql(static_cast<int>(m_summary.columns.size()))));
        IDS_CHECK(connection.execute("COMMIT"));
        IDS_TRY(records, rootPage(connection, "records"));
        IDS_TRY(rejects, rootPage(connection, "rejects"));
        IDS_TRY(columns, rootPage(connection, "columns"));
        m_roots = {records, rejects, columns};
    }
    m_preparedBytes = layout.preparedBytes;
    IDS_TRY(file, SqlitePageFile::open(m_path, layout.lockByteOffset));
    m_file = std::move(file);
    m_records = std::make_unique<SqliteTableTree>(*m_file);
    m_rejects = std::make_unique<SqliteTableTree>(*m_file);
    return {};
}

Result<void> BuiltDatasetWriter::write(const RowBatch &batch)
{
    Q_ASSERT(batch.rowCount() == 0 || batch.columnCount() == m_summary.columns.size());
    IDS_CHECK(RowRecords(batch.columnCount()).appendTo(*m_records, batch));
    return writeRejections(batch);
}

Result<void> BuiltDatasetWriter::prepareBatch(const RowBatch &batch, qint64 rowsBefore,
                                              std::unique_ptr<PreparedBatch> &prepared) const
{
    if (!prepared)
        prepared = std::make_unique<PreparedPages>(*m_file, static_cast<int>(m_summary.columns.size()));
    auto &pages = static_cast<PreparedPages &>(*prepared);
    pages.isOfUse = batch.byteCount() >= m_preparedBytes;
    if (!pages.isOfUse)
        return {};
    pages.run.start(rowsBefore);
    IDS_CHECK(pages.records.appendTo(pages.run, batch));
    pages.run.finish();
    pages.isOfUse = SqliteTableTree::isWorthAdding(pages.run);
    return {};
}

Result<void> BuiltDatasetWriter::writePrepared(const RowBatch &batch, PreparedBatch &prepared)
{
    auto &pages = static_cast<PreparedPages &>(prepared);
    if (!pages.isOfUse)
        return write(batch);
    m_records->append(pages.run);
    return writeRejections(batch);
}

Result<void> BuiltDatasetWriter::writeRejections(const RowBatch &batch)
{
    for (const Rejection &rejection : batch.rejections())
        appendRejection(rejection);
    m_summary.rows += static_cast<qint64>(batch.rowCount());
    m_summary.rejected += static_cast<qint64>(batch.rejections().size());
    return m_file->status();
}

void BuiltDatasetWriter::appendRejection(const Rejection &rejection)
{
    SmallRecord record;
    record.addNull(); // id: the rowid stands for it
    record.addInteger(rejection.line);
    record.addText(rejection.column);
    record.addText(rejection.code);
    record.addText(rejection.reason);
    record.addText(rejection.raw);
    record.appendTo(*m_rejects);
}

void BuiltDatasetWriter::buildColumns()
{
    SqliteTableTree tree(*m_file);
    for (const Column &column : std::as_const(m_summary.columns)) {
        SmallRecord record;
        record.addNull(); // position: the rowid stands for it
        record.addText(column.name);
        record.addText(toString(column.type));
        record.addInteger(column.generated ? 1 : 0);
        record.addInteger(column.filled);
        record.appendTo(tree);
    }
    tree.finish(m_roots.columns);
}

Result<DatasetSummary> BuiltDatasetWriter::finish(const Columns &columns)
{
    Q_ASSERT(columns.size() == m_summary.columns.size());
    m_summary.columns = columns;
    m_records->finish(m_roots.records);
    m_rejects->finish(m_roots.rejects);
    buildColumns();
    IDS_CHECK(m_file->finish());
    IDS_CHECK(syncToDisk(m_path));
    IDS_CHECK(syncToDisk(QFileInfo(m_path).path()));
    m_finished = true;
    return m_summary;
}

} // namespace idstore
