// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct zip;
struct zip_file;

namespace idstore {

/// One file of an archive, unpacked as it is read; nothing is ever written. Bounded: what unpacks to far more than its
/// packed size warrants is "workbook_too_large". Does not outlive its archive.
class ZipPart
{
public:
    ZipPart(zip_file *file, std::uint64_t packedBytes);
    ~ZipPart();
    ZipPart(const ZipPart &) = delete;
    ZipPart &operator=(const ZipPart &) = delete;

    /// How many bytes came; 0 at the end. The checksum is verified at the end.
    Result<std::size_t> read(char *to, std::size_t size);
    [[nodiscard]] std::uint64_t bytesRead() const { return m_read; }
    /// How many packed bytes the ones read stand for, about.
    [[nodiscard]] std::uint64_t packedBytes() const { return m_packedBytes; }

private:
    zip_file *m_file;
    std::uint64_t m_packedBytes;
    std::uint64_t m_read = 0;
};

/// The ZIP archive (PKWARE APPNOTE) of a workbook, read only. Names are looked up as spreadsheet programs do: any
/// case, slash or backslash, with or without a slash in front. Used by one thread at a time.
class ZipArchive
{
public:
    static Result<std::unique_ptr<ZipArchive>> open(const QString &path);
    ~ZipArchive();
    ZipArchive(const ZipArchive &) = delete;
    ZipArchive &operator=(const ZipArchive &) = delete;

    [[nodiscard]] bool contains(std::string_view name) const;
    /// The files in it, as they are called there, in its order; folders left out.
    [[nodiscard]] std::vector<std::string> names() const;
    /// "workbook_damaged" when there is no such part.
    Result<std::unique_ptr<ZipPart>> part(std::string_view name);
    /// All of a small part; "workbook_too_large" beyond `most` bytes.
    Result<std::string> content(std::string_view name, std::size_t most);

private:
    explicit ZipArchive(zip *archive);

    zip *m_archive;
    std::unordered_map<std::string, std::uint64_t> m_parts; ///< by folded name
};

} // namespace idstore
