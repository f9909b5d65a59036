// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/zip_archive.h"

#include "connectors/files/workbook/workbook.h"

#include <QFile>

#include <zip.h>

#include <algorithm>

namespace idstore {

namespace {

constexpr zip_int64_t maxParts = 100'000;
// Deflate packs at most 1032 to 1; the worksheets people have, up to about 100 to 1.
constexpr std::uint64_t unsuspiciousBytes = 64 * 1024 * 1024;
constexpr std::uint64_t maxRatio = 250;

std::string folded(std::string_view name)
{
    std::string result;
    result.reserve(name.size());
    for (const char c : name) {
        if (c == '\\')
            result += '/';
        else
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    const auto start = result.find_first_not_of('/');
    return start == std::string::npos ? std::string() : result.substr(start);
}

QString text(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(std::min<std::size_t>(name.size(), 200)));
}

} // namespace

ZipPart::ZipPart(zip_file *file, std::uint64_t packedBytes)
    : m_file(file)
    , m_packedBytes(packedBytes)
{}

ZipPart::~ZipPart()
{
    zip_fclose(m_file);
}

Result<std::size_t> ZipPart::read(char *to, std::size_t size)
{
    const zip_int64_t got = zip_fread(m_file, to, size);
    if (got < 0)
        return workbook_errors::damaged(QString::fromLocal8Bit(zip_file_strerror(m_file)));
    m_read += static_cast<std::uint64_t>(got);
    if (m_read > unsuspiciousBytes && m_read / maxRatio > m_packedBytes)
        return workbook_errors::tooLarge(QStringLiteral("%1 bytes unpack to over %2").arg(m_packedBytes).arg(m_read));
    return static_cast<std::size_t>(got);
}

ZipArchive::ZipArchive(zip *archive)
    : m_archive(archive)
{}

ZipArchive::~ZipArchive()
{
    zip_discard(m_archive);
}

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const QString &path)
{
    int code = 0;
    zip *const handle = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code);
    if (!handle) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString cause = QString::fromLocal8Bit(zip_error_strerror(&error));
        zip_error_fini(&error);
        return workbook_errors::damaged(cause);
    }
    std::unique_ptr<ZipArchive> archive(new ZipArchive(handle));
    const zip_int64_t count = zip_get_num_entries(handle, 0);
    if (count > maxParts)
        return workbook_errors::tooLarge(QStringLiteral("%1 parts").arg(count));
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        if (const char *name = zip_get_name(handle, index, ZIP_FL_ENC_RAW))
            archive->m_parts.emplace(folded(name), index);
    }
    return archive;
}

bool ZipArchive::contains(std::string_view name) const
{
    return m_parts.contains(folded(name));
}

std::vector<std::string> ZipArchive::names() const
{
    std::vector<std::string> result;
    const zip_int64_t count = zip_get_num_entries(m_archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char *name = zip_get_name(m_archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
        if (name && *name != '\0' && !std::string_view(name).ends_with('/'))
            result.emplace_back(name);
    }
    return result;
}

Result<std::unique_ptr<ZipPart>> ZipArchive::part(std::string_view name)
{
    const auto found = m_parts.find(folded(name));
    if (found == m_parts.end())
        return workbook_errors::damaged(QStringLiteral("the part %1 is missing").arg(text(name)));
    zip_stat_t stat;
    if (zip_stat_index(m_archive, found->second, 0, &stat) != 0)
        return workbook_errors::damaged(QString::fromLocal8Bit(zip_strerror(m_archive)));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return workbook_errors::encrypted();
    zip_file *const file = zip_fopen_index(m_archive, found->second, 0);
    if (!file)
        return workbook_errors::damaged(QString::fromLocal8Bit(zip_strerror(m_archive)));
    return std::make_unique<ZipPart>(file, (stat.valid & ZIP_STAT_COMP_SIZE) ? stat.comp_size : 0);
}

Result<std::string> ZipArchive::content(std::string_view name, std::size_t most)
{
    IDS_TRY(opened, part(name));
    std::string all;
    while (true) {
        constexpr std::size_t block = 64 * 1024;
        const std::size_t before = all.size();
        all.resize(before + block);
        IDS_TRY(got, opened->read(all.data() + before, block));
        all.resize(before + got);
        if (got == 0)
            return all;
        if (all.size() > most)
            return workbook_errors::tooLarge(text(name));
    }
}

} // namespace idstore
