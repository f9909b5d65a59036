// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/several_tables_reader.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SeveralTablesReader)
};

Error inFile(Error error, const QString &name)
{
    if (error.kind != ErrorKind::Cancelled)
        error.message = Words::tr("%1: %2").arg(name, error.message);
    return error;
}

qsizetype indexOf(const Columns &columns, const QString &name)
{
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? -1 : found - columns.begin();
}

/// A name that no file uses for a column of its own.
QString fileColumnName(const Columns &columns)
{
    QString name = QStringLiteral("source_file");
    while (indexOf(columns, name) >= 0)
        name.prepend(u'_');
    return name;
}

} // namespace

Result<std::unique_ptr<SeveralTablesReader>> SeveralTablesReader::open(std::vector<Part> parts)
{
    Q_ASSERT(!parts.empty());
    std::unique_ptr<SeveralTablesReader> all(new SeveralTablesReader(std::move(parts)));
    qint64 totalBytes = 0;
    bool totalKnown = true;
    for (const Part &part : all->m_parts) {
        auto reader = part.open();
        if (!reader)
            return inFile(reader.error(), part.name);
        for (const Column &column : (*reader)->columns()) {
            if (indexOf(all->m_columns, column.name) < 0)
                all->m_columns.append(column);
        }
        if (&part == &all->m_parts.front())
            all->m_reading = (*reader)->reading();
        const auto bytes = (*reader)->totalBytes();
        totalKnown = totalKnown && bytes.has_value();
        totalBytes += bytes.value_or(0);
    }
    if (totalKnown)
        all->m_totalBytes = totalBytes;
    all->m_columns.append({.name = fileColumnName(all->m_columns), .generated = true});
    return all;
}

Result<bool> SeveralTablesReader::read(RowBatch &batch)
{
    batch.reset(static_cast<int>(m_columns.size()));
    for (;;) {
        if (!m_current) {
            if (m_next == m_parts.size())
                return false;
            IDS_CHECK(openNext());
        }
        auto more = m_current->read(m_batch);
        if (!more)
            return inFile(more.error(), m_parts[m_next - 1].name);
        if (!*more) {
            m_current.reset();
            m_bytesBefore += m_currentBytes;
            continue;
        }
        m_currentBytes = m_batch.sourceBytes;
        copyRows(m_batch, batch);
        batch.sourceBytes = m_bytesBefore + m_currentBytes;
        return true;
    }
}

Result<void> SeveralTablesReader::openNext()
{
    const Part &part = m_parts[m_next++];
    auto reader = part.open();
    if (!reader)
        return inFile(reader.error(), part.name);
    m_current = std::move(*reader);
    m_currentName = part.name.toUtf8();
    m_currentBytes = m_current->totalBytes().value_or(0);
    m_sources.clear();
    for (qsizetype i = 0; i + 1 < m_columns.size(); ++i)
        m_sources.push_back(static_cast<int>(indexOf(m_current->columns(), m_columns[i].name)));
    return {};
}

void SeveralTablesReader::copyRows(const RowBatch &from, RowBatch &to) const
{
    const std::string_view name(m_currentName.constData(), static_cast<std::size_t>(m_currentName.size()));
    for (std::size_t row = 0; row < from.rowCount(); ++row) {
        for (const int source : m_sources) {
            const auto cell = source < 0 ? std::nullopt : from.cell(row, source);
            if (cell)
                to.addCell(*cell);
            else
                to.addNull();
        }
        to.addCell(name);
        to.endRow(from.line(row));
    }
    for (Rejection rejection : from.rejections()) {
        rejection.reason = Words::tr("%1: %2").arg(QString::fromUtf8(m_currentName), rejection.reason);
        to.addRejection(std::move(rejection));
    }
}

} // namespace idstore
