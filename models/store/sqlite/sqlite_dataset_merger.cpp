// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_dataset_merger.h"

#include "models/store/data_directory.h"
#include "models/store/file_copy.h"
#include "models/store/sqlite/dataset_schema.h"
#include "models/store/sqlite/row_json.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace idstore {

namespace {

constexpr int keptRuns = 20; ///< whose changes are kept

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray cellName(qsizetype column)
{
    return "c" + QByteArray::number(column + 1);
}

QByteArray keyIndexSql(const std::vector<int> &key)
{
    QByteArray cells;
    for (const int column : key)
        cells += (cells.isEmpty() ? "" : ", ") + cellName(column);
    return "CREATE UNIQUE INDEX records_key ON records(" + cells + ")";
}

/// Moves the last rows into the places of those that went, so that row numbers have no gaps.
Result<void> closeGaps(const SqliteConnection &connection, const std::vector<qint64> &gaps, qint64 last)
{
    // `gaps` grow; rows above `last` less the gaps are moved to the lowest ones.
    IDS_TRY(move, connection.prepare("UPDATE records SET rowid = ? WHERE rowid = ?"));
    std::size_t lowest = 0;
    std::size_t above = gaps.size();
    for (qint64 row = last; lowest < above; --row) {
        if (gaps[above - 1] == row) {
            --above;
            continue;
        }
        move.bind(1, gaps[lowest++]);
        move.bind(2, row);
        IDS_CHECK(move.execute());
    }
    return {};
}

Result<qint64> oneNumber(const SqliteConnection &connection, const QByteArray &sql)
{
    IDS_TRY(statement, connection.prepare(sql));
    IDS_CHECK(statement.step());
    return statement.number(0);
}

class BorrowedScan final : public DatasetScan
{
public:
    explicit BorrowedScan(SqliteStatement rows)
        : m_rows(std::move(rows))
    {}

    Result<bool> next() override { return m_rows.step(); }
    [[nodiscard]] std::optional<std::string_view> cell(int column) const override { return m_rows.text(column); }

private:
    SqliteStatement m_rows;
};

} // namespace

Result<std::unique_ptr<SqliteDatasetMerger>> SqliteDatasetMerger::create(const QString &from, const QString &to,
                                                                         const MergeRequest &request,
                                                                         const CancelToken &cancel)
{
    IDS_CHECK(copyFile(from, to, cancel));
    std::unique_ptr<SqliteDatasetMerger> merger(new SqliteDatasetMerger(to, request));
    IDS_CHECK(merger->open());
    return merger;
}

SqliteDatasetMerger::SqliteDatasetMerger(QString path, const MergeRequest &request)
    : m_path(std::move(path))
    , m_request(request)
    , m_columns(request.before)
{
    for (Column &column : m_columns)
        column.gone = true;
    for (const Column &column : request.columns) {
        auto place = std::ranges::find(m_columns, column.name, &Column::name);
        if (place == m_columns.end()) {
            m_columns.append(column);
            place = std::prev(m_columns.end());
        }
        place->gone = false;
        m_places.push_back(static_cast<int>(place - m_columns.begin()));
    }
    for (const Column &column : std::as_const(m_columns)) {
        m_names.push_back(jsonText(column.name.toStdString()));
    }
    for (const QString &name : request.key) {
        const auto column = std::ranges::find(request.columns, name, &Column::name);
        Q_ASSERT(column != request.columns.end());
        m_readKey.push_back(static_cast<int>(column - request.columns.begin()));
    }
}

SqliteDatasetMerger::~SqliteDatasetMerger()
{
    for (auto *statement :
         {&m_find, &m_insert, &m_update, &m_findChange, &m_addChange, &m_dropRejection, &m_addRejection})
        statement->reset();
    m_connection.reset();
    if (!m_finished)
        QFile::remove(m_path);
}

Result<void> SqliteDatasetMerger::open()
{
    IDS_TRY(connection, SqliteConnection::open(m_path, SqliteConnection::Mode::Create));
    m_connection = std::move(connection);
    IDS_CHECK(m_connection->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000; BEGIN;"));
    IDS_CHECK(prepareTables());
    IDS_TRY(rows, number("SELECT coalesce(max(rowid), 0) FROM records"));
    m_rowsBefore = rows;
    m_seen.resize(static_cast<std::size_t>(rows));
    return prepareStatements();
}

Result<void> SqliteDatasetMerger::prepareTables()
{
    for (qsizetype column = m_request.before.size(); column < m_columns.size(); ++column)
        IDS_CHECK(m_connection->execute("ALTER TABLE records ADD COLUMN " + cellName(column) + " TEXT"));
    // Which columns the key has may be another order of the same ones: the index is made anew then.
    std::vector<int> key;
    for (const int column : m_readKey)
        key.push_back(m_places[static_cast<std::size_t>(column)]);
    const QByteArray wanted = keyIndexSql(key);
    bool isThere = false;
    {
        IDS_TRY(index, m_connection->prepare("SELECT sql FROM sqlite_master WHERE name = 'records_key'"));
        IDS_TRY(found, index.step());
        isThere = found && index.text(0) == std::optional(view(wanted));
    }
    if (!isThere)
        IDS_CHECK(m_connection->execute("DROP INDEX IF EXISTS records_key;" + wanted));
    IDS_CHECK(m_connection->execute(
        "CREATE TABLE IF NOT EXISTS changes(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, kind INTEGER NOT NULL,"
        " record INTEGER, before TEXT, after TEXT);"
        "CREATE TABLE IF NOT EXISTS change_runs(run INTEGER PRIMARY KEY);"
        "CREATE INDEX IF NOT EXISTS changes_by_record ON changes(run, record);"
        "INSERT OR IGNORE INTO change_runs VALUES(" +
        QByteArray::number(m_request.run) +
        ");"
        "DELETE FROM change_runs WHERE run NOT IN (SELECT run FROM change_runs ORDER BY run DESC LIMIT " +
        QByteArray::number(keptRuns) + ");DELETE FROM changes WHERE run NOT IN (SELECT run FROM change_runs);"));
    if (m_request.readsAll)
        IDS_CHECK(m_connection->execute("DELETE FROM rejects"));
    return {};
}

QByteArray SqliteDatasetMerger::cellList() const
{
    QByteArray list;
    for (qsizetype column = 0; column < m_columns.size(); ++column)
        list += (column > 0 ? ", " : "") + cellName(column);
    return list;
}

Result<void> SqliteDatasetMerger::prepareStatements()
{
    QByteArray match;
    for (const int column : m_readKey) {
        match += (match.isEmpty() ? "" : " AND ") + cellName(m_places[static_cast<std::size_t>(column)]) + " = ?";
    }
    QByteArray names;
    QByteArray values;
    QByteArray sets = "line = ?";
    for (const int place : m_places) {
        names += ", " + cellName(place);
        values += ", ?";
        sets += ", " + cellName(place) + " = ?";
    }
    const auto prepare = [this](std::optional<SqliteStatement> &statement, const QByteArray &sql) -> Result<void> {
        IDS_TRY(prepared, m_connection->prepare(sql));
        statement = std::move(prepared);
        return {};
    };
    const QByteArray run = QByteArray::number(m_request.run);
    IDS_CHECK(prepare(m_find, "SELECT rowid, " + cellList() + " FROM records WHERE " + match));
    IDS_CHECK(prepare(m_insert, "INSERT INTO records(rowid, line" + names +
                                    ") VALUES((SELECT coalesce(max(rowid), 0) + 1 FROM records), ?" + values + ")"));
    IDS_CHECK(prepare(m_update, "UPDATE records SET " + sets + " WHERE rowid = ?"));
    IDS_CHECK(prepare(m_findChange, "SELECT id FROM changes WHERE run = " + run + " AND record = ?"));
    IDS_CHECK(prepare(m_addChange, "INSERT INTO changes(run, kind, record, before) VALUES(" + run + ", ?, ?, ?)"));
    IDS_CHECK(prepare(m_dropRejection, "DELETE FROM rejects WHERE raw = ? AND code = ?"));
    return prepare(m_addRejection, "INSERT INTO rejects(line, column_name, code, reason, raw) VALUES(?,?,?,?,?)");
}

Result<void> SqliteDatasetMerger::write(const RowBatch &batch)
{
    for (std::size_t row = 0; row < batch.rowCount(); ++row)
        IDS_CHECK(merge(batch, row));
    for (const Rejection &rejection : batch.rejections())
        IDS_CHECK(writeRejection(rejection));
    return {};
}

Result<void> SqliteDatasetMerger::merge(const RowBatch &batch, std::size_t row)
{
    m_find->reset();
    for (std::size_t i = 0; i < m_readKey.size(); ++i)
        m_find->bind(static_cast<int>(i) + 1, batch.cell(row, m_readKey[i]).value_or(std::string_view()));
    IDS_TRY(found, m_find->step());
    if (!found) {
        m_insert->bind(1, batch.line(row));
        for (int column = 0; column < batch.columnCount(); ++column) {
            if (const auto cell = batch.cell(row, column))
                m_insert->bind(column + 2, *cell);
            else
                m_insert->bindNull(column + 2);
        }
        IDS_CHECK(m_insert->execute());
        IDS_TRY(record, number("SELECT last_insert_rowid()"));
        return noteChange(0, record, {});
    }
    const qint64 record = m_find->number(0);
    if (record <= m_rowsBefore)
        m_seen[static_cast<std::size_t>(record - 1)] = true;
    bool isSame = true;
    for (int column = 0; isSame && column < batch.columnCount(); ++column)
        isSame = m_find->text(m_places[static_cast<std::size_t>(column)] + 1) == batch.cell(row, column);
    if (isSame) {
        m_find->reset();
        return {};
    }
    if (record <= m_rowsBefore) {
        m_findChange->reset();
        m_findChange->bind(1, record);
        IDS_TRY(isNoted, m_findChange->step());
        m_findChange->reset();
        if (!isNoted)
            IDS_CHECK(noteChange(1, record, rowJson(m_names, *m_find, 1)));
    }
    m_find->reset();
    return update(batch, row, record);
}

Result<void> SqliteDatasetMerger::update(const RowBatch &batch, std::size_t row, qint64 record)
{
    m_update->bind(1, batch.line(row));
    for (int column = 0; column < batch.columnCount(); ++column) {
        if (const auto cell = batch.cell(row, column))
            m_update->bind(column + 2, *cell);
        else
            m_update->bindNull(column + 2);
    }
    m_update->bind(batch.columnCount() + 2, record);
    return m_update->execute();
}

Result<void> SqliteDatasetMerger::noteChange(int kind, qint64 record, std::optional<std::string_view> before)
{
    m_addChange->bind(1, qint64(kind));
    m_addChange->bind(2, record);
    if (before)
        m_addChange->bind(3, *before);
    else
        m_addChange->bindNull(3);
    return m_addChange->execute();
}

Result<void> SqliteDatasetMerger::writeRejection(const Rejection &rejection)
{
    const QByteArray column = rejection.column.toUtf8();
    const QByteArray code = rejection.code.toUtf8();
    const QByteArray reason = rejection.reason.toUtf8();
    const QByteArray raw = rejection.raw.toUtf8();
    // The overlap brings rows again.
    if (!m_request.readsAll) {
        m_dropRejection->bind(1, view(raw));
        m_dropRejection->bind(2, view(code));
        IDS_CHECK(m_dropRejection->execute());
    }
    m_addRejection->bind(1, rejection.line);
    m_addRejection->bind(2, view(column));
    m_addRejection->bind(3, view(code));
    m_addRejection->bind(4, view(reason));
    m_addRejection->bind(5, view(raw));
    return m_addRejection->execute();
}

Result<qint64> SqliteDatasetMerger::unseenRows()
{
    return static_cast<qint64>(std::ranges::count(m_seen, false));
}

Result<void> SqliteDatasetMerger::removeUnseen()
{
    std::vector<qint64> gaps;
    {
        IDS_TRY(row, m_connection->prepare("SELECT " + cellList() + " FROM records WHERE rowid = ?"));
        IDS_TRY(remove, m_connection->prepare("DELETE FROM records WHERE rowid = ?"));
        for (qint64 record = 1; record <= m_rowsBefore; ++record) {
            if (m_seen[static_cast<std::size_t>(record - 1)])
                continue;
            row.reset();
            row.bind(1, record);
            IDS_TRY(found, row.step());
            if (found)
                IDS_CHECK(noteChange(2, 0, rowJson(m_names, row, 0)));
            row.reset();
            remove.bind(1, record);
            IDS_CHECK(remove.execute());
            gaps.push_back(record);
        }
    }
    if (gaps.empty())
        return {};
    IDS_CHECK(settleChanges()); // while row numbers are what the changes say
    IDS_TRY(last, number("SELECT max(coalesce((SELECT max(rowid) FROM records), 0), " +
                         QByteArray::number(gaps.back()) + ")"));
    return closeGaps(*m_connection, gaps, last);
}

Result<void> SqliteDatasetMerger::settleChanges()
{
    const QByteArray run = QByteArray::number(m_request.run);
    IDS_TRY(open,
            m_connection->prepare("SELECT c.id, c.before, " + cellList() +
                                  " FROM changes c CROSS JOIN records r ON r.rowid = c.record WHERE +c.run = " + run +
                                  " AND c.kind < 2 AND c.after IS NULL AND c.id > ? ORDER BY c.id LIMIT 1"));
    IDS_TRY(settle, m_connection->prepare("UPDATE changes SET after = ?, record = NULL WHERE id = ?"));
    IDS_TRY(drop, m_connection->prepare("DELETE FROM changes WHERE id = ?"));
    for (qint64 id = 0;;) {
        open.reset();
        open.bind(1, id);
        IDS_TRY(more, open.step());
        if (!more)
            return {};
        id = open.number(0);
        const std::string after = rowJson(m_names, open, 2);
        const bool isBack = open.text(1) == std::optional<std::string_view>(after);
        open.reset();
        if (isBack) { // it changed and changed back while it was read
            drop.bind(1, id);
            IDS_CHECK(drop.execute());
            continue;
        }
        settle.bind(1, std::string_view(after));
        settle.bind(2, id);
        IDS_CHECK(settle.execute());
    }
}

Result<std::unique_ptr<DatasetScan>> SqliteDatasetMerger::scan()
{
    IDS_TRY(rows, m_connection->prepare("SELECT " + cellList() + " FROM records ORDER BY rowid"));
    return std::unique_ptr<DatasetScan>(new BorrowedScan(std::move(rows)));
}

Result<qint64> SqliteDatasetMerger::number(const QByteArray &sql) const
{
    return oneNumber(*m_connection, sql);
}

Result<MergeOutcome> SqliteDatasetMerger::finish(const Columns &columns)
{
    IDS_CHECK(settleChanges());
    IDS_CHECK(m_connection->execute("DELETE FROM columns"));
    IDS_CHECK(insertColumns(*m_connection, columns));
    MergeOutcome outcome;
    outcome.summary.columns = columns;
    IDS_TRY(rows, number("SELECT count(*) FROM records"));
    IDS_TRY(last, number("SELECT coalesce(max(rowid), 0) FROM records"));
    if (rows != last) {
        return Error{ErrorKind::Internal,
                     QStringLiteral("dataset_error"),
                     {},
                     {},
                     QStringLiteral("%1 rows, the last has number %2").arg(rows).arg(last),
                     {}};
    }
    outcome.summary.rows = rows;
    IDS_TRY(rejected, number("SELECT count(*) FROM rejects"));
    outcome.summary.rejected = rejected;
    const auto countOf = [this](int kind) {
        return number("SELECT count(*) FROM changes WHERE run = " + QByteArray::number(m_request.run) +
                      " AND kind = " + QByteArray::number(kind));
    };
    IDS_TRY(added, countOf(0));
    IDS_TRY(changed, countOf(1));
    IDS_TRY(removed, countOf(2));
    outcome.added = added;
    outcome.changed = changed;
    outcome.removed = removed;
    for (auto *statement :
         {&m_find, &m_insert, &m_update, &m_findChange, &m_addChange, &m_dropRejection, &m_addRejection})
        statement->reset();
    IDS_CHECK(m_connection->execute("COMMIT"));
    m_connection.reset();
    IDS_CHECK(syncToDisk(m_path));
    IDS_CHECK(syncToDisk(QFileInfo(m_path).path()));
    m_finished = true;
    return outcome;
}

Result<qint64> SqliteDatasetMerger::makeUnique(const QString &path, const std::vector<int> &key)
{
    QByteArray cells;
    for (const int column : key)
        cells += (cells.isEmpty() ? "" : ", ") + cellName(column);
    std::vector<qint64> gaps;
    {
        IDS_TRY(connection, SqliteConnection::open(path, SqliteConnection::Mode::Create));
        IDS_CHECK(connection.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                     "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000; BEGIN;"));
        // Sorted once for the search; the unique index has its order for free then.
        IDS_CHECK(connection.execute("CREATE INDEX records_key ON records(" + cells + ")"));
        {
            QByteArray same;
            for (const int column : key)
                same += " AND n." + cellName(column) + " = r." + cellName(column);
            IDS_TRY(rows, connection.prepare("SELECT r.rowid FROM records r WHERE EXISTS (SELECT 1 FROM records n WHERE"
                                             " n.rowid > r.rowid" +
                                             same + ") ORDER BY r.rowid"));
            for (;;) {
                IDS_TRY(more, rows.step());
                if (!more)
                    break;
                gaps.push_back(rows.number(0));
            }
        }
        if (!gaps.empty()) {
            IDS_TRY(last, oneNumber(connection, "SELECT max(rowid) FROM records"));
            IDS_TRY(remove, connection.prepare("DELETE FROM records WHERE rowid = ?"));
            for (const qint64 record : gaps) {
                remove.bind(1, record);
                IDS_CHECK(remove.execute());
            }
            IDS_CHECK(closeGaps(connection, gaps, last));
        }
        IDS_CHECK(connection.execute("DROP INDEX records_key;" + keyIndexSql(key) + ";COMMIT"));
    }
    IDS_CHECK(syncToDisk(path));
    return static_cast<qint64>(gaps.size());
}

Result<std::optional<ChangePage>> SqliteDatasetMerger::changes(const QString &path, qint64 run,
                                                               std::optional<ChangeKind> kind, qint64 after, int limit)
{
    IDS_TRY(connection, SqliteConnection::open(path, SqliteConnection::Mode::ReadOnly));
    IDS_TRY(tables, oneNumber(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'change_runs'"));
    if (tables == 0)
        return std::optional<ChangePage>();
    IDS_TRY(kept, oneNumber(connection, "SELECT count(*) FROM change_runs WHERE run = " + QByteArray::number(run)));
    if (kept == 0)
        return std::optional<ChangePage>();
    IDS_TRY(rows,
            connection.prepare("SELECT id, kind, before, after FROM changes WHERE run = ? AND id > ?" +
                               (kind ? " AND kind = " + QByteArray::number(static_cast<int>(*kind)) : QByteArray()) +
                               " ORDER BY id LIMIT ?"));
    rows.bind(1, run);
    rows.bind(2, after);
    rows.bind(3, qint64(limit) + 1);
    ChangePage page;
    const auto object = [&rows](int column) {
        const auto text = rows.text(column).value_or(std::string_view());
        return QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).object();
    };
    for (;;) {
        IDS_TRY(more, rows.step());
        if (!more)
            return std::optional(page);
        if (page.changes.size() == limit) {
            page.next = page.changes.constLast().id;
            return std::optional(page);
        }
        page.changes.append({rows.number(0), static_cast<ChangeKind>(rows.number(1)), object(2), object(3)});
    }
}

} // namespace idstore
