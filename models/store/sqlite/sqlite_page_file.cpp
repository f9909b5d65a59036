// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/sqlite_page_file.h"

#include "models/store/data_directory.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cerrno>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#endif

namespace idstore {

namespace {

constexpr std::size_t bufferBytes = std::size_t(1) << 20;
/// So much is written before the disk is told to begin with it.
constexpr qint64 bytesBehind = 8 * 1024 * 1024;

// Offsets in the file's first 100 bytes.
constexpr std::size_t headerBytes = 100;
constexpr std::size_t pageSizeOffset = 16;
constexpr std::size_t reservedOffset = 20;
constexpr std::size_t pageCountOffset = 28;

} // namespace

Result<std::unique_ptr<SqlitePageFile>> SqlitePageFile::open(const QString &path, qint64 lockByte)
{
    std::unique_ptr<SqlitePageFile> file(new SqlitePageFile(path, lockByte));
    IDS_CHECK(file->readHeader());
    return file;
}

SqlitePageFile::SqlitePageFile(const QString &path, qint64 lockByte)
    : m_file(path)
    , m_lockByte(lockByte)
{}

Result<void> SqlitePageFile::readHeader()
{
    errno = 0;
    // ExistingOnly: a file that vanished meanwhile must not come back empty.
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return fileError(m_file.fileName(), errno);
    std::array<std::uint8_t, headerBytes> header{};
    if (m_file.read(reinterpret_cast<char *>(header.data()), headerBytes) != qint64(headerBytes))
        return fileError(m_file.fileName(), errno);
    const auto pageSize = qFromBigEndian<quint16>(header.data() + pageSizeOffset);
    m_pageSize = pageSize == 1 ? 65536 : pageSize;
    m_usableSize = m_pageSize - header[reservedOffset];
    m_lockPage = static_cast<std::uint32_t>(m_lockByte / qint64(m_pageSize) + 1);
    m_firstBuffered = qFromBigEndian<quint32>(header.data() + pageCountOffset) + 1;
    m_capacity = std::max<std::size_t>(1, bufferBytes / m_pageSize);
    m_buffer.resize(m_capacity * m_pageSize);
    return {};
}

std::uint32_t SqlitePageFile::physicalNext() const
{
    return m_firstBuffered + static_cast<std::uint32_t>(m_buffered);
}

std::uint32_t SqlitePageFile::nextPage() const
{
    const std::uint32_t page = physicalNext();
    return page == m_lockPage ? page + 1 : page;
}

std::uint8_t *SqlitePageFile::append()
{
    if (physicalNext() == m_lockPage)
        std::fill_n(takeSlot(), m_pageSize, std::uint8_t(0));
    return takeSlot();
}

std::uint32_t SqlitePageFile::pageAfter(std::uint32_t page, std::size_t count) const
{
    const std::uint32_t after = page + static_cast<std::uint32_t>(count);
    return page < m_lockPage && after >= m_lockPage ? after + 1 : after;
}

void SqlitePageFile::append(std::span<const std::uint8_t> pages)
{
    const std::size_t count = pages.size() / m_pageSize;
    const bool meetsLockPage = physicalNext() <= m_lockPage && physicalNext() + count > m_lockPage;
    if (count < m_capacity / 4 || meetsLockPage) {
        for (; !pages.empty(); pages = pages.subspan(m_pageSize))
            std::ranges::copy(pages.first(m_pageSize), append());
        return;
    }
    flush();
    writeAt(qint64(m_firstBuffered - 1) * qint64(m_pageSize), pages.data(), pages.size());
    m_firstBuffered += static_cast<std::uint32_t>(count);
    startWriteBack();
}

std::uint8_t *SqlitePageFile::takeSlot()
{
    if (m_buffered == m_capacity)
        flush();
    return m_buffer.data() + m_pageSize * m_buffered++;
}

void SqlitePageFile::flush()
{
    if (m_buffered == 0)
        return;
    writeAt(qint64(m_firstBuffered - 1) * qint64(m_pageSize), m_buffer.data(), m_buffered * m_pageSize);
    m_firstBuffered = physicalNext();
    m_buffered = 0;
    startWriteBack();
}

void SqlitePageFile::rewrite(std::uint32_t page, std::span<const std::uint8_t> bytes)
{
    Q_ASSERT(bytes.size() == m_pageSize && page < m_firstBuffered);
    writeAt(qint64(page - 1) * qint64(m_pageSize), bytes.data(), bytes.size());
}

void SqlitePageFile::writeAt(qint64 offset, const std::uint8_t *bytes, std::size_t size)
{
    if (m_systemError != 0)
        return;
    errno = 0;
    bool good = m_file.seek(offset);
    while (good && size > 0) {
        const qint64 written = m_file.write(reinterpret_cast<const char *>(bytes), qint64(size));
        good = written > 0; // a full disk takes a part first, and fails on the rest
        bytes += std::max<qint64>(written, 0);
        size -= static_cast<std::size_t>(std::max<qint64>(written, 0));
    }
    if (!good)
        m_systemError = errno != 0 ? errno : EIO;
}

void SqlitePageFile::startWriteBack()
{
#ifdef Q_OS_LINUX
    // Only a hint: the disk works while pages are made, and the sync at the end has less to wait for.
    const qint64 written = qint64(m_firstBuffered - 1) * qint64(m_pageSize);
    if (written - m_handedToDisk < bytesBehind)
        return;
    sync_file_range(m_file.handle(), m_handedToDisk, written - m_handedToDisk, SYNC_FILE_RANGE_WRITE);
    m_handedToDisk = written;
#endif
}

Result<void> SqlitePageFile::status() const
{
    if (m_systemError != 0)
        return fileError(m_file.fileName(), m_systemError);
    return {};
}

Result<void> SqlitePageFile::finish()
{
    flush();
    std::array<std::uint8_t, 4> pageCount{};
    qToBigEndian<quint32>(m_firstBuffered - 1, pageCount.data());
    writeAt(pageCountOffset, pageCount.data(), pageCount.size());
    m_file.close();
    return status();
}

} // namespace idstore
