// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/spooled_rows.h"

#include "models/store/data_directory.h"

#include <cerrno>

namespace idstore::cloud {

namespace {

template <typename Number>
void appendNumber(QByteArray &bytes, Number number)
{
    bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

} // namespace

void appendRow(QByteArray &bytes, const SheetRow &row)
{
    appendNumber(bytes, row.number());
    appendNumber(bytes, static_cast<std::uint32_t>(row.cells().size()));
    for (const SheetRow::Cell &cell : row.cells()) {
        const std::string_view text = row.text(cell);
        appendNumber(bytes, cell.column);
        appendNumber(bytes, cell.length);
        bytes.append(text.data(), static_cast<qsizetype>(text.size()));
    }
}

SpooledRows::SpooledRows(std::shared_ptr<ScratchFile> cells)
    : m_cells(std::move(cells))
    , m_file(m_cells->readablePath())
{}

Result<std::unique_ptr<SheetRows>> SpooledRows::open(std::shared_ptr<ScratchFile> cells)
{
    std::unique_ptr<SpooledRows> rows(new SpooledRows(std::move(cells)));
    if (!rows->m_file.open(QIODevice::ReadOnly))
        return fileError(rows->m_file.fileName(), errno);
    return std::unique_ptr<SheetRows>(std::move(rows));
}

template <typename Number>
bool SpooledRows::readNumber(Number &number)
{
    return m_file.read(reinterpret_cast<char *>(&number), sizeof number) == sizeof number;
}

Result<bool> SpooledRows::next(SheetRow &row)
{
    if (m_file.atEnd())
        return false;
    std::int64_t number = 0;
    std::uint32_t count = 0;
    bool whole = readNumber(number) && readNumber(count);
    row.reset(number);
    for (std::uint32_t i = 0; whole && i < count; ++i) {
        std::uint32_t column = 0;
        std::uint32_t length = 0;
        whole = readNumber(column) && readNumber(length);
        m_text = whole ? m_file.read(length) : QByteArray();
        whole = whole && m_text.size() == static_cast<qsizetype>(length);
        row.add(column, {m_text.constData(), static_cast<std::size_t>(m_text.size())});
    }
    if (!whole)
        return fileError(m_file.fileName(), EIO);
    return true;
}

} // namespace idstore::cloud
