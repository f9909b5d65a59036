// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QFile>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace idstore {

/// Bytes that can be read at any place. Used by one thread at a time.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Fills all of `to`; "workbook_damaged" when that goes beyond the end.
    virtual Result<void> read(std::uint64_t at, char *to, std::size_t count) = 0;
};

/// The bytes of a file as they are.
class FileBytes final : public ByteSource
{
public:
    static Result<std::unique_ptr<FileBytes>> open(const QString &path);
    [[nodiscard]] std::uint64_t size() const override { return static_cast<std::uint64_t>(m_file.size()); }
    Result<void> read(std::uint64_t at, char *to, std::size_t count) override;

private:
    explicit FileBytes(const QString &path)
        : m_file(path)
    {}
    QFile m_file;
};

/// A compound file ([MS-CFB]), the container of the older office formats. Holds the allocation tables, which are a
/// hundredth of the file; chains that run in circles or beyond the file are "workbook_damaged".
class CompoundFile
{
public:
    static Result<std::unique_ptr<CompoundFile>> open(const QString &path);

    /// Streams are found by name in any folder, in any case of ASCII letters.
    [[nodiscard]] bool contains(std::u16string_view name) const { return find(name) != nullptr; }
    /// Does not outlive this.
    Result<std::unique_ptr<ByteSource>> stream(std::u16string_view name);

private:
    struct Entry
    {
        std::u16string name;
        std::uint32_t start;
        std::uint64_t size;
        bool root;
    };
    using Chain = std::vector<std::uint32_t>;

    explicit CompoundFile(std::unique_ptr<FileBytes> file)
        : m_file(std::move(file))
    {}

    Result<void> readTables();
    Result<void> readFat(const std::vector<std::uint32_t> &sectors);
    Result<void> readDirectory(std::uint32_t start);
    Result<Chain> chain(const std::vector<std::uint32_t> &table, std::uint32_t start) const;
    Result<std::unique_ptr<ByteSource>> bigStream(std::uint32_t start, std::uint64_t size);
    [[nodiscard]] const Entry *find(std::u16string_view name) const;

    std::unique_ptr<FileBytes> m_file;
    std::uint32_t m_sectorBytes = 512;
    std::uint32_t m_miniSectorBytes = 64;
    std::uint32_t m_miniCutoff = 4096;
    std::vector<std::uint32_t> m_fat;
    std::vector<std::uint32_t> m_miniFat;
    std::vector<Entry> m_entries;
};

} // namespace idstore
