// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/keyed_reader.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(KeyedReader)
};

std::optional<int> positionOf(const QString &name, const Columns &columns)
{
    const auto column = std::ranges::find(columns, name, &Column::name);
    return column == columns.end() ? std::nullopt : std::optional(static_cast<int>(column - columns.begin()));
}

Error missing(const QString &code, const QString &message, const Columns &columns)
{
    constexpr qsizetype most = 20;
    QStringList names;
    for (const Column &column : columns.mid(0, most))
        names.append(column.name);
    if (columns.size() > most)
        names.append(QStringLiteral("…"));
    return {
        ErrorKind::Source, code, message, Words::tr("Choose one of its columns: %1.").arg(names.join(u", ")), {}, {}};
}

} // namespace

KeyedReader::KeyedReader(std::unique_ptr<RecordReader> reader, const Cursor &cursor)
    : m_reader(std::move(reader))
    , m_mark(cursor)
{}

Result<std::unique_ptr<KeyedReader>> KeyedReader::create(std::unique_ptr<RecordReader> reader, const QStringList &key,
                                                         const Cursor &cursor)
{
    std::unique_ptr<KeyedReader> keyed(new KeyedReader(std::move(reader), cursor));
    const Columns &columns = keyed->columns();
    for (const QString &name : key) {
        const auto position = positionOf(name, columns);
        if (!position)
            return missing(QStringLiteral("key_column_missing"),
                           Words::tr("The source has no column “%1”, which is part of the key.").arg(name), columns);
        keyed->m_key.push_back(*position);
    }
    keyed->m_keyNames = key;
    if (!cursor.column.isEmpty()) {
        const auto position = positionOf(cursor.column, columns);
        if (!position)
            return missing(QStringLiteral("cursor_column_missing"),
                           Words::tr("The source has no column “%1”, which the cursor follows.").arg(cursor.column),
                           columns);
        keyed->m_cursorColumn = *position;
    }
    return keyed;
}

std::optional<QString> KeyedReader::mark() const
{
    return m_cursorColumn < 0 ? std::nullopt : m_mark.value();
}

bool KeyedReader::hasKey(const RowBatch &batch, std::size_t row) const
{
    return std::ranges::none_of(m_key, [&](int column) { return batch.cellLength(row, column) < 0; });
}

void KeyedReader::setAside(const RowBatch &from, std::size_t row, RowBatch &batch) const
{
    Rejection rejection;
    rejection.line = from.line(row);
    rejection.column = m_keyNames.first();
    rejection.code = QStringLiteral("key_missing");
    rejection.reason = Words::tr("The row has no value in a column of its key, so that it cannot be told from others.");
    QStringList cells;
    for (int column = 0; column < from.columnCount(); ++column) {
        const auto cell = from.cell(row, column).value_or(std::string_view());
        cells.append(QString::fromUtf8(cell.data(), static_cast<qsizetype>(cell.size())));
    }
    rejection.raw = cells.join(u'\t').left(Rejection::maxRawLength - 1);
    batch.addRejection(std::move(rejection));
}

void KeyedReader::observe(const RowBatch &batch, std::size_t row)
{
    if (m_cursorColumn < 0)
        return;
    const auto value = batch.cell(row, m_cursorColumn);
    if (value && !m_mark.observe(*value))
        ++m_unreadable;
}

Result<bool> KeyedReader::read(RowBatch &batch)
{
    IDS_TRY(more, m_reader->read(batch));
    bool allHaveKeys = true;
    for (std::size_t row = 0; row < batch.rowCount(); ++row) {
        allHaveKeys = allHaveKeys && hasKey(batch, row);
        observe(batch, row);
    }
    if (allHaveKeys)
        return more;
    m_read.reset(batch.columnCount());
    for (std::size_t row = 0; row < batch.rowCount(); ++row) {
        if (hasKey(batch, row))
            m_read.appendRow(batch, row, batch.line(row));
        else
            setAside(batch, row, m_read);
    }
    for (Rejection &rejection : batch.takeRejections())
        m_read.addRejection(std::move(rejection));
    m_read.sourceBytes = batch.sourceBytes;
    std::swap(batch, m_read);
    return more;
}

} // namespace idstore
