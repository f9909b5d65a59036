// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QFile>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace idstore {

/// Appends pages to an SQLite database file, each written once and in order, through a buffer of about a MiB.
/// The file must exist and be closed: SQLite itself has created it with its schema. What is known of the format is
/// from "Database File Format" (sqlite.org/fileformat2.html): page numbers start at 1, numbers are big-endian.
///
/// A failed write is remembered and ends all writing; ask status() once in a while. One thread at a time.
class SqlitePageFile
{
public:
    /// The page that holds the byte at this offset is never used: SQLite locks it (section 1.4, "The Lock-Byte Page").
    static constexpr qint64 lockByteOffset = qint64(1) << 30;

    /// `lockByte`: another offset than the format's is for tests, together with SQLITE_TESTCTRL_PENDING_BYTE.
    [[nodiscard]] static Result<std::unique_ptr<SqlitePageFile>> open(const QString &path,
                                                                      qint64 lockByte = lockByteOffset);

    /// Bytes a page, and those of them that hold content: some builds of SQLite reserve a few at the end.
    [[nodiscard]] std::size_t pageSize() const { return m_pageSize; }
    [[nodiscard]] std::size_t usableSize() const { return m_usableSize; }

    /// The number that the next call of append() gives out.
    [[nodiscard]] std::uint32_t nextPage() const;
    /// The bytes of page nextPage(), to be filled before the next call. They hold whatever was there before.
    [[nodiscard]] std::uint8_t *append();
    /// The number of the page `count` pages behind `page`, which is one that nextPage() gave.
    [[nodiscard]] std::uint32_t pageAfter(std::uint32_t page, std::size_t count) const;
    /// Appends whole pages, which get the numbers pageAfter(nextPage(), 0), (…, 1) and so on.
    void append(std::span<const std::uint8_t> pages);
    /// Replaces a page that SQLite made, such as the empty root of a table.
    void rewrite(std::uint32_t page, std::span<const std::uint8_t> bytes);

    [[nodiscard]] Result<void> status() const;
    /// Writes what is buffered and the number of pages, and closes the file.
    [[nodiscard]] Result<void> finish();

private:
    SqlitePageFile(const QString &path, qint64 lockByte);

    Result<void> readHeader();
    [[nodiscard]] std::uint32_t physicalNext() const;
    std::uint8_t *takeSlot();
    void flush();
    void startWriteBack();
    void writeAt(qint64 offset, const std::uint8_t *bytes, std::size_t size);

    QFile m_file;
    qint64 m_lockByte;
    std::uint32_t m_lockPage = 0;
    std::size_t m_pageSize = 0;
    std::size_t m_usableSize = 0;
    std::vector<std::uint8_t> m_buffer;
    std::uint32_t m_firstBuffered = 0; ///< number of the first page in the buffer
    std::size_t m_buffered = 0;
    std::size_t m_capacity = 0; ///< pages
    qint64 m_handedToDisk = 0; ///< bytes
    int m_systemError = 0;
};

} // namespace idstore
