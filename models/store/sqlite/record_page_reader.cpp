// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/record_page_reader.h"

#include <algorithm>
#include <numeric>

namespace idstore {

namespace {

Error cancelledReading()
{
    return {ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
}

} // namespace

QByteArray columnNames(const std::vector<int> &positions)
{
    QByteArray list;
    for (const int position : positions)
        list += ", c" + QByteArray::number(position + 1);
    return list;
}

QByteArray columnNames(qsizetype columnCount)
{
    std::vector<int> positions(static_cast<std::size_t>(columnCount));
    std::iota(positions.begin(), positions.end(), 0);
    return columnNames(positions);
}

Result<RecordPageReader> RecordPageReader::open(const QString &path, const Columns &columns, const RecordQuery &query,
                                                const CancelToken &cancel)
{
    IDS_TRY(connection, SqliteConnection::open(path, SqliteConnection::Mode::ReadOnly));
    return RecordPageReader(std::move(connection), columns, query, cancel);
}

RecordPageReader::RecordPageReader(SqliteConnection connection, const Columns &columns, const RecordQuery &query,
                                   const CancelToken &cancel)
    : m_connection(std::move(connection))
    , m_columnCount(static_cast<int>(columns.size()))
    , m_query(query)
    , m_cancel(cancel)
    , m_matcher(columns, query)
{}

Record RecordPageReader::recordAt(const SqliteStatement &row) const
{
    Record record;
    record.row = row.number(0);
    record.cells.reserve(m_columnCount);
    for (int column = 1; column <= m_columnCount; ++column) {
        const auto cell = row.text(column);
        record.cells.append(cell ? std::optional(QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())))
                                 : std::nullopt);
    }
    return record;
}

template <typename Found>
Result<void> RecordPageReader::scan(qint64 after, const Found &found)
{
    IDS_TRY(rows, m_connection.prepare("SELECT rowid" + columnNames(m_matcher.columns()) +
                                       " FROM records WHERE rowid > ? ORDER BY rowid"));
    rows.bind(1, after);
    std::vector<RecordMatcher::Cell> cells(m_matcher.columns().size());
    constexpr int rowsBetweenChecks = 512;
    for (int seen = 1;; ++seen) {
        if (seen % rowsBetweenChecks == 0 && m_cancel.isCancelled())
            return cancelledReading();
        IDS_TRY(more, rows.step());
        if (!more)
            return {};
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = rows.text(static_cast<int>(i) + 1);
        if (!m_matcher.matches(cells))
            continue;
        IDS_TRY(goOn, found(rows.number(0)));
        if (!goOn)
            return {};
    }
}

Result<void> RecordPageReader::readAll(RecordPage &page)
{
    IDS_TRY(rows, m_connection.prepare("SELECT rowid" + columnNames(m_columnCount) +
                                       " FROM records WHERE rowid > ? ORDER BY rowid"));
    rows.bind(1, m_query.after);
    for (;;) {
        IDS_TRY(more, rows.step());
        if (!more)
            return {};
        if (page.records.size() == m_query.limit) { // one more than asked for: there is a next page
            page.next = page.records.constLast().row;
            return {};
        }
        page.records.append(recordAt(rows));
    }
}

Result<void> RecordPageReader::readByRow(RecordPage &page)
{
    if (!isSelective())
        return readAll(page);
    IDS_TRY(row, m_connection.prepare("SELECT rowid" + columnNames(m_columnCount) + " FROM records WHERE rowid = ?"));
    return scan(m_query.after, [&](qint64 number) -> Result<bool> {
        if (page.records.size() == m_query.limit) {
            page.next = page.records.constLast().row;
            return false;
        }
        row.reset();
        row.bind(1, number);
        IDS_CHECK(row.step());
        page.records.append(recordAt(row));
        return true;
    });
}

Result<RowSet> RecordPageReader::matchingRows()
{
    IDS_TRY(last, m_connection.prepare("SELECT coalesce(max(rowid), 0) FROM records"));
    IDS_CHECK(last.step());
    RowSet rows(static_cast<std::size_t>(last.number(0)));
    IDS_CHECK(scan(0, [&](qint64 number) -> Result<bool> {
        rows[static_cast<std::size_t>(number - 1)] = true;
        return true;
    }));
    return rows;
}

Result<void> RecordPageReader::readByOrder(RowOrder &order, const RowSet *matching, RecordPage &page)
{
    constexpr qint64 stride = 16 * 1024;
    IDS_TRY(row, m_connection.prepare("SELECT rowid" + columnNames(m_columnCount) + " FROM records WHERE rowid = ?"));
    qint64 lastPlace = m_query.after;
    for (qint64 position = m_query.after; position < order.rowCount();) {
        if (m_cancel.isCancelled())
            return cancelledReading();
        const qint64 wanted = matching ? stride : m_query.limit + 1 - page.records.size();
        IDS_TRY(numbers, order.rows(position, wanted, m_query.sort->descending));
        for (const qint64 number : numbers) {
            ++position;
            const auto index = static_cast<std::size_t>(number - 1);
            if (matching && (index >= matching->size() || !(*matching)[index]))
                continue;
            if (page.records.size() == m_query.limit) {
                page.next = lastPlace;
                return {};
            }
            row.reset();
            row.bind(1, number);
            IDS_TRY(found, row.step());
            if (!found)
                continue;
            page.records.append(recordAt(row));
            lastPlace = position;
        }
    }
    return {};
}

} // namespace idstore
