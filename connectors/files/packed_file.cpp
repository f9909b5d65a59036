// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/packed_file.h"

#include "connectors/files/workbook/open_workbook.h"
#include "connectors/files/workbook/zip_archive.h"
#include "models/ingest/pipeline.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <algorithm>
#include <array>
#include <vector>

#include <zlib.h>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PackedFile)
};

constexpr std::size_t blockBytes = 256 * 1024;
constexpr qint64 unsuspiciousBytes = 64 * 1024 * 1024;

Error damaged(const QString &cause)
{
    return sourceError("archive_damaged", Words::tr("The archive is damaged or incomplete."),
                       Words::tr("Make it again, or send the file without packing it."), cause);
}

Error tooLarge(qint64 limit)
{
    return sourceError("archive_too_large",
                       Words::tr("The archive unpacks to more than %1.")
                           .arg(QLocale().formattedDataSize(limit, 0, QLocale::DataSizeSIFormat)),
                       Words::tr("Send the file without packing it, or split it."));
}

/// Writes what is unpacked, within the limits.
class BoundedOutput
{
public:
    BoundedOutput(ScratchFile &file, const UnpackLimits &limits, const CancelToken &cancel)
        : m_file(file)
        , m_limits(limits)
        , m_cancel(cancel)
    {}

    Result<void> write(const char *data, std::size_t size, qint64 packedBytes)
    {
        if (m_cancel.isCancelled())
            return cancelledError();
        const qint64 total = m_file.size() + static_cast<qint64>(size);
        if (total > m_limits.bytes)
            return tooLarge(m_limits.bytes);
        if (total > unsuspiciousBytes && total / m_limits.ratio > packedBytes)
            return tooLarge(unsuspiciousBytes);
        return m_file.write({data, static_cast<qsizetype>(size)});
    }

private:
    ScratchFile &m_file;
    const UnpackLimits &m_limits;
    const CancelToken &m_cancel;
};

/// A gzip stream being undone; owns zlib's state.
class Inflater
{
public:
    Inflater() { m_ready = inflateInit2(&m_stream, windowBits) == Z_OK; }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    [[nodiscard]] bool isReady() const { return m_ready; }
    z_stream &stream() { return m_stream; }

private:
    static constexpr int windowBits = 15 + 16; // the largest window; gzip and nothing else
    z_stream m_stream{};
    bool m_ready = false;
};

Result<void> unpackGzip(QFile &file, BoundedOutput &output)
{
    Inflater inflater;
    if (!inflater.isReady())
        return damaged(QStringLiteral("zlib did not start"));
    z_stream &stream = inflater.stream();
    std::vector<char> in(blockBytes);
    std::vector<char> out(blockBytes);
    qint64 packed = 0;
    bool inMember = true;
    for (;;) {
        const qint64 got = file.read(in.data(), static_cast<qint64>(in.size()));
        if (got < 0)
            return damaged(file.errorString());
        if (got == 0)
            return inMember ? damaged(QStringLiteral("it ends within a member")) : Result<void>();
        packed += got;
        stream.next_in = reinterpret_cast<Bytef *>(in.data());
        stream.avail_in = static_cast<uInt>(got);
        do {
            if (!inMember) {
                // Members may follow one another; tape programs pad the end with zeros.
                while (stream.avail_in > 0 && *stream.next_in == 0) {
                    ++stream.next_in;
                    --stream.avail_in;
                }
                if (stream.avail_in == 0)
                    break;
                inflateReset(&stream);
                inMember = true;
            }
            stream.next_out = reinterpret_cast<Bytef *>(out.data());
            stream.avail_out = static_cast<uInt>(out.size());
            const int status = inflate(&stream, Z_NO_FLUSH);
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
                return damaged(QString::fromLatin1(stream.msg ? stream.msg : "not gzip"));
            IDS_CHECK(output.write(out.data(), out.size() - stream.avail_out, packed));
            inMember = status != Z_STREAM_END;
            // A full output may have left something behind in zlib.
        } while (stream.avail_in > 0 || (inMember && stream.avail_out == 0));
    }
}

bool hasTableName(const std::string &name)
{
    constexpr auto extensions = std::to_array<QLatin1StringView>(
        {QLatin1StringView(".csv"), QLatin1StringView(".tsv"), QLatin1StringView(".tab"), QLatin1StringView(".txt"),
         QLatin1StringView(".psv"), QLatin1StringView(".xlsx"), QLatin1StringView(".xlsm"), QLatin1StringView(".xlsb"),
         QLatin1StringView(".xls"), QLatin1StringView(".ods")});
    const QString text = QString::fromUtf8(name);
    return std::ranges::any_of(extensions,
                               [&](auto extension) { return text.endsWith(extension, Qt::CaseInsensitive); });
}

/// What systems put beside the files a person packs.
bool isLitter(const std::string &name)
{
    return name.starts_with("__MACOSX/") || name.ends_with("/.DS_Store") || name == ".DS_Store" ||
           name.ends_with("Thumbs.db") || name.ends_with("desktop.ini");
}

Result<std::string> tableIn(const ZipArchive &archive)
{
    std::vector<std::string> names = archive.names();
    std::erase_if(names, isLitter);
    std::vector<std::string> tables = names;
    std::erase_if(tables, [](const std::string &name) { return !hasTableName(name); });
    if (tables.empty() && names.size() == 1)
        return names.front();
    if (tables.empty()) {
        return sourceError("archive_without_table", Words::tr("The archive holds no table."),
                           Words::tr("Pack a CSV file or a spreadsheet into it."));
    }
    if (tables.size() > 1) {
        constexpr std::size_t mostShown = 5;
        QStringList shown;
        for (std::size_t i = 0; i < std::min(tables.size(), mostShown); ++i)
            shown.append(QString::fromUtf8(tables[i]));
        return sourceError("archive_with_several_tables",
                           Words::tr("The archive holds %n tables: %1.", nullptr, static_cast<int>(tables.size()))
                               .arg(shown.join(u", ")),
                           Words::tr("Unpack it and add its files one by one."));
    }
    return tables.front();
}

/// The archive's errors speak of workbooks, since that is what it is for elsewhere.
Error archiveErrorFor(const Error &error)
{
    if (error.code == u"workbook_encrypted") {
        return sourceError("archive_encrypted", Words::tr("The archive is protected by a password."),
                           Words::tr("Send it without a password."));
    }
    if (error.code == u"workbook_too_large")
        return tooLarge(unsuspiciousBytes);
    return damaged(error.cause);
}

Result<void> unpackZip(const QString &path, BoundedOutput &output)
{
    auto archive = ZipArchive::open(path);
    if (!archive)
        return archiveErrorFor(archive.error());
    IDS_TRY(name, tableIn(**archive));
    auto part = (*archive)->part(name);
    if (!part)
        return archiveErrorFor(part.error());
    std::vector<char> block(blockBytes);
    for (;;) {
        const auto got = (*part)->read(block.data(), block.size());
        if (!got)
            return archiveErrorFor(got.error());
        if (*got == 0)
            return {};
        IDS_CHECK(output.write(block.data(), *got, static_cast<qint64>((*part)->packedBytes())));
    }
}

} // namespace

Packing packingOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Packing::None;
    const QByteArray head = file.read(4);
    if (head.startsWith("\x1F\x8B"))
        return Packing::Gzip;
    if (fileContainer({head.constData(), static_cast<std::size_t>(head.size())}) != FileContainer::Zip)
        return Packing::None;
    const auto workbook = checkWorkbookFormat(path);
    if (workbook || workbook.error().code != u"not_a_workbook")
        return Packing::None;
    const auto archive = ZipArchive::open(path);
    const bool document = archive && ((*archive)->contains("word/document.xml") ||
                                      (*archive)->contains("ppt/presentation.xml") || (*archive)->contains("mimetype"));
    return document ? Packing::None : Packing::Zip;
}

Result<void> checkPackedTable(const QString &path, Packing packing)
{
    if (packing != Packing::Zip)
        return {};
    auto archive = ZipArchive::open(path);
    if (!archive)
        return archiveErrorFor(archive.error());
    IDS_CHECK(tableIn(**archive));
    return {};
}

Result<std::unique_ptr<ScratchFile>> unpack(const QString &path, Packing packing, const QString &folder,
                                            const CancelToken &cancel, const UnpackLimits &limits)
{
    Q_ASSERT(packing != Packing::None);
    IDS_TRY(scratch, ScratchFile::create(folder));
    BoundedOutput output(*scratch, limits, cancel);
    if (packing == Packing::Zip) {
        IDS_CHECK(unpackZip(path, output));
        return std::move(scratch);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return damaged(file.errorString());
    IDS_CHECK(unpackGzip(file, output));
    return std::move(scratch);
}

} // namespace idstore
