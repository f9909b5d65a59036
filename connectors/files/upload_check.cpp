// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/upload_check.h"

#include "connectors/files/encoding_detector.h"
#include "connectors/files/text_decoder.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(UploadCheck)
};

constexpr qint64 lookedAtBytes = 64 * 1024;
using namespace std::string_view_literals;

struct Signature
{
    std::string_view bytes;
    std::size_t offset;
    const char *what; ///< completes "This looks like ..."
};

// Magic numbers as the formats define them.
constexpr auto signatures = std::to_array<Signature>({
    {"\x89PNG\r\n\x1A\n"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a PNG image")},
    {"\xFF\xD8\xFF"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a JPEG image")},
    {"GIF87a"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a GIF image")},
    {"GIF89a"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a GIF image")},
    {"WEBP"sv, 8, QT_TRANSLATE_NOOP("UploadCheck", "a WebP image")},
    {"II*\0"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a TIFF image")},
    {"MM\0*"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a TIFF image")},
    {"%PDF-"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a PDF document")},
    {"\x1F\x8B"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a gzip archive")},
    {"1AY&SY"sv, 4, QT_TRANSLATE_NOOP("UploadCheck", "a bzip2 archive")},
    {"\xFD"
     "7zXZ\0"sv,
     0, QT_TRANSLATE_NOOP("UploadCheck", "an xz archive")},
    {"7z\xBC\xAF\x27\x1C"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a 7-Zip archive")},
    {"Rar!\x1A\x07"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a RAR archive")},
    {"\x28\xB5\x2F\xFD"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a Zstandard archive")},
    {"ustar\0"sv, 257, QT_TRANSLATE_NOOP("UploadCheck", "a tar archive")},
    {"\x7F"
     "ELF"sv,
     0, QT_TRANSLATE_NOOP("UploadCheck", "a program")},
    {"SQLite format 3\0"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "an SQLite database")},
    {"PAR1\x15"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a Parquet file")},
    {"\0\0\0\x18"
     "ftyp"sv,
     0, QT_TRANSLATE_NOOP("UploadCheck", "a video")},
    {"\0\0\0\x1C"
     "ftyp"sv,
     0, QT_TRANSLATE_NOOP("UploadCheck", "a video")},
    {"\0\0\0\x20"
     "ftyp"sv,
     0, QT_TRANSLATE_NOOP("UploadCheck", "a video")},
    {"OggS"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a sound recording")},
    {"ID3\x03"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a sound recording")},
    {"{\\rtf"sv, 0, QT_TRANSLATE_NOOP("UploadCheck", "a rich text document")},
});

Error refused(const char *code, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = QLatin1StringView(code),
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{QStringLiteral("file"), message + u' ' + remedy}}};
}

Error notATable(const QString &what)
{
    return refused("not_a_table", Words::tr("This looks like %1, not like a table.").arg(what),
                   Words::tr("Upload a CSV file, or another text file with one row a line."));
}

Error excelNotSupported()
{
    return refused("excel_not_supported",
                   Words::tr("This looks like a spreadsheet workbook; workbooks are not read yet."),
                   Words::tr("Open it in the spreadsheet program, save the sheet as CSV, and upload that file."));
}

Error emptyUpload()
{
    return refused("empty_file", Words::tr("The file is empty."), Words::tr("Upload a file that holds a table."));
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// What is inside an archive is told by the names in its local headers (PKWARE APPNOTE 4.3.7), which are not
/// compressed.
std::optional<Error> zipContent(std::string_view head, const QString &name)
{
    if (!head.starts_with("PK\x03\x04"sv) && !head.starts_with("PK\x05\x06"sv))
        return std::nullopt;
    if (contains(head, "xl/"sv) || contains(head, "application/vnd.oasis.opendocument.spreadsheet"sv))
        return excelNotSupported();
    if (contains(head, "word/"sv) || contains(head, "application/vnd.oasis.opendocument.text"sv))
        return notATable(Words::tr("a text document"));
    for (const auto extension : {u".xlsx", u".xlsm", u".xlsb", u".ods"}) {
        if (name.endsWith(extension, Qt::CaseInsensitive))
            return excelNotSupported();
    }
    return notATable(Words::tr("a ZIP archive"));
}

/// Compound files ([MS-CFB]) hold the workbooks, documents and slides of older office programs; bare BIFF streams
/// ([MS-XLS] 2.4.21) still older workbooks.
std::optional<Error> oldOfficeContent(std::string_view head, const QString &name)
{
    for (const auto biff : {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv, "\x09\x08\x08\x00"sv,
                            "\x09\x08\x10\x00"sv}) {
        if (head.starts_with(biff))
            return excelNotSupported();
    }
    if (!head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv))
        return std::nullopt;
    for (const auto extension : {u".doc", u".ppt", u".msg", u".msi"}) {
        if (name.endsWith(extension, Qt::CaseInsensitive))
            return notATable(Words::tr("an office document"));
    }
    return excelNotSupported();
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::optional<Error> markupContent(std::string_view text)
{
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || text[start] != '<')
        return std::nullopt;
    const std::string lower = lowered(text.substr(start, 4096));
    for (const auto tag : {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv, "<table"sv, "<script"sv, "<meta"sv}) {
        if (lower.starts_with(tag))
            return notATable(Words::tr("a web page"));
    }
    if (!lower.starts_with("<?xml"sv) && !lower.starts_with("<!--"sv) && !lower.starts_with("<svg"sv))
        return std::nullopt;
    if (contains(lower, "urn:schemas-microsoft-com:office:spreadsheet"sv))
        return excelNotSupported();
    if (contains(lower, "<html"sv))
        return notATable(Words::tr("a web page"));
    return notATable(Words::tr("an XML document"));
}

/// Text has line ends and tabs and hardly any other control character; bytes without meaning have one in ten. NULs
/// are forgiven up to a point: some programs write them into otherwise good text.
bool isBinary(std::string_view text)
{
    std::size_t controls = 0;
    std::size_t nulls = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0)
            ++nulls;
        else if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f') || byte == 0x7F)
            ++controls;
    }
    return controls * 50 > text.size() || nulls * 3 > text.size();
}

} // namespace

Result<void> checkUploadedFile(const QString &path, const QString &originalName)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{.kind = ErrorKind::Internal,
                     .code = QStringLiteral("upload_unreadable"),
                     .message = Words::tr("The uploaded file cannot be read."),
                     .remedy = Words::tr("Upload it again."),
                     .cause = file.errorString(),
                     .fields = {}};
    }
    const QByteArray bytes = file.read(lookedAtBytes);
    const std::string_view head(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (head.empty())
        return emptyUpload();

    for (const Signature &signature : signatures) {
        if (head.size() >= signature.offset && head.substr(signature.offset).starts_with(signature.bytes))
            return notATable(Words::tr(signature.what));
    }
    if (auto error = zipContent(head, originalName))
        return *std::move(error);
    if (auto error = oldOfficeContent(head, originalName))
        return *std::move(error);

    const DetectedEncoding encoding = detectEncoding(head);
    TextDecoder decoder(encoding.encoding);
    std::string text;
    decoder.decode(head.substr(static_cast<std::size_t>(encoding.bomLength)), text);
    const bool whole = head.size() < lookedAtBytes;
    if (whole && text.find_first_not_of(" \t\r\n\f\v\x1A") == std::string::npos)
        return emptyUpload();
    if (auto error = markupContent(text))
        return *std::move(error);
    if (isBinary(text))
        return notATable(Words::tr("binary data"));
    return {};
}

} // namespace idstore
