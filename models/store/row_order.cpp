// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/row_order.h"

#include "models/domain/typed_value.h"
#include "models/store/data_directory.h"
#include "models/store/key_sorter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

constexpr std::array<char, 8> magic{'I', 'D', 'S', 'O', 'R', 'D', '0', '1'};
constexpr qint64 headSize = 16;
constexpr qint64 rowSize = 4;
/// The first byte of a key: what cannot be compared by value comes behind.
enum Place : char { Readable, Unreadable, Empty, Null };

Error cancelledSort()
{
    return {ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
}

Error tooManyRows()
{
    return {ErrorKind::Source,
            QStringLiteral("too_many_rows"),
            QCoreApplication::translate("RowOrder", "The source has too many rows to sort."),
            QCoreApplication::translate("RowOrder", "Filter them instead."),
            {},
            {}};
}

/// Tells how far it is, and whether to go on, every some thousand rows.
class Pace
{
public:
    Pace(const RowOrder::Request &request, double from, double to)
        : m_request(request)
        , m_from(from)
        , m_to(to)
    {}

    [[nodiscard]] bool goOn()
    {
        constexpr qint64 stride = 8192;
        if (++m_rows % stride != 0)
            return true;
        if (m_request.progress) {
            const double part =
                static_cast<double>(m_rows) / static_cast<double>(std::max<qint64>(m_request.rowCount, 1));
            m_request.progress(m_from + (m_to - m_from) * std::min(part, 1.0));
        }
        return !m_request.cancel.isCancelled();
    }

private:
    const RowOrder::Request &m_request;
    double m_from;
    double m_to;
    qint64 m_rows = 0;
};

/// The file on its way: row numbers, gathered into large writes.
class OrderFile
{
public:
    explicit OrderFile(const QString &path)
        : m_file(path)
    {}

    Result<void> open(qint64 readable)
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return failure();
        m_buffer.append(magic.data(), magic.size());
        const qint64 count = qToLittleEndian(readable);
        m_buffer.append(reinterpret_cast<const char *>(&count), sizeof count);
        return {};
    }
    Result<void> add(std::uint32_t row)
    {
        constexpr qsizetype blockSize = 256 * 1024;
        const std::uint32_t bytes = qToLittleEndian(row);
        m_buffer.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
        return m_buffer.size() < blockSize ? Result<void>() : flush();
    }
    Result<void> commit()
    {
        IDS_CHECK(flush());
        return m_file.commit() ? Result<void>() : failure();
    }

private:
    Result<void> flush()
    {
        if (m_file.write(m_buffer) != m_buffer.size())
            return failure();
        m_buffer.clear();
        return {};
    }
    [[nodiscard]] Error failure() const { return fileError(m_file.fileName(), errno); }

    QSaveFile m_file;
    QByteArray m_buffer;
};

} // namespace

Result<void> RowOrder::build(const Request &request, const NextCell &nextCell)
{
    if (request.rowCount > std::numeric_limits<std::uint32_t>::max())
        return tooManyRows();
    constexpr double readingPart = 0.7;
    KeySorter sorter(QFileInfo(request.path).path());
    Pace reading(request, 0, readingPart);
    qint64 readable = 0;
    std::string key;
    for (std::uint32_t row = 1;; ++row) {
        std::optional<std::string_view> cell;
        IDS_TRY(more, nextCell(cell));
        if (!more)
            break;
        if (!reading.goOn())
            return cancelledSort();
        key.assign(1, Readable);
        if (!cell)
            key[0] = Null;
        else if (cell->empty())
            key[0] = Empty;
        else if (appendSortKey(key, *cell, request.type, request.dateOrder))
            ++readable;
        else
            key[0] = Unreadable;
        IDS_CHECK(sorter.add(key, row));
    }

    OrderFile file(request.path);
    IDS_CHECK(file.open(readable));
    Pace writing(request, readingPart, 1);
    IDS_CHECK(sorter.finish([&](std::uint32_t row) -> Result<void> {
        if (!writing.goOn())
            return cancelledSort();
        return file.add(row);
    }));
    return file.commit();
}

std::unique_ptr<RowOrder> RowOrder::open(const QString &path)
{
    std::unique_ptr<RowOrder> order(new RowOrder);
    order->m_file.setFileName(path);
    if (!order->m_file.open(QIODevice::ReadOnly))
        return nullptr;
    const QByteArray head = order->m_file.read(headSize);
    if (head.size() != headSize || !head.startsWith(QByteArrayView(magic)))
        return nullptr;
    order->m_readable = qFromLittleEndian<qint64>(head.constData() + magic.size());
    order->m_rowCount = (order->m_file.size() - headSize) / rowSize;
    return order->m_readable <= order->m_rowCount ? std::move(order) : nullptr;
}

Result<std::vector<qint64>> RowOrder::rows(qint64 position, qint64 count, bool descending)
{
    std::vector<qint64> rows;
    position = std::clamp<qint64>(position, 0, m_rowCount);
    count = std::min(count, m_rowCount - position);
    rows.reserve(static_cast<std::size_t>(count));
    if (!descending) {
        IDS_CHECK(append(rows, position, count));
        return rows;
    }
    const qint64 turned = std::clamp<qint64>(m_readable - position, 0, count);
    IDS_CHECK(append(rows, m_readable - position - turned, turned));
    std::ranges::reverse(rows);
    IDS_CHECK(append(rows, position + turned, count - turned));
    return rows;
}

Result<void> RowOrder::append(std::vector<qint64> &rows, qint64 first, qint64 count)
{
    if (count <= 0)
        return {};
    if (!m_file.seek(headSize + first * rowSize))
        return fileError(m_file.fileName(), EIO);
    const QByteArray bytes = m_file.read(count * rowSize);
    if (bytes.size() != count * rowSize)
        return fileError(m_file.fileName(), EIO);
    for (qint64 i = 0; i < count; ++i)
        rows.push_back(qFromLittleEndian<std::uint32_t>(bytes.constData() + i * rowSize));
    return {};
}

} // namespace idstore
