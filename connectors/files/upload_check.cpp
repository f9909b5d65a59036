// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/upload_check.h"

#include "connectors/files/encoding_detector.h"
#include "connectors/files/packed_file.h"
#include "connectors/files/text_decoder.h"
#include "connectors/files/workbook/open_workbook.h"

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

Error refused(const QString &code, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = code,
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{QStringLiteral("file"), message + u' ' + remedy}}};
}

Error notATable(const QString &what)
{
    return refused(QStringLiteral("not_a_table"), Words::tr("This looks like %1, not like a table.").arg(what),
                   Words::tr("Upload a spreadsheet or a CSV file."));
}

Error oldXmlSpreadsheet()
{
    return refused(
        QStringLiteral("workbook_not_supported"),
        Words::tr("This is a spreadsheet in the XML format of Excel 2003, which is not read."),
        Words::tr("Open it in the spreadsheet program, save it as an Excel workbook (.xlsx), and upload that "
                  "file."));
}

Error emptyUpload()
{
    return refused(QStringLiteral("empty_file"), Words::tr("The file is empty."),
                   Words::tr("Upload a file that holds a table."));
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Archives, office files and web pages: whether they hold a workbook that is read, and if not, what else.
Result<void> checkContainer(const QString &path, const QString &name)
{
    const auto known = checkWorkbookFormat(path);
    if (known)
        return {};
    const Error &error = known.error();
    for (const auto extension : {u".doc", u".ppt", u".msg", u".msi"}) {
        if (error.code != u"workbook_encrypted" && name.endsWith(extension, Qt::CaseInsensitive))
            return notATable(Words::tr("an office document"));
    }
    if (packingOf(path) == Packing::Zip) {
        const auto packed = checkPackedTable(path, Packing::Zip);
        return packed ? packed : refused(packed.error().code, packed.error().message, packed.error().remedy);
    }
    if (error.code == u"not_a_workbook" && fileContainerOf(path) == FileContainer::Html)
        return notATable(Words::tr("a web page"));
    if (error.code == u"not_a_workbook")
        return notATable(Words::tr("another kind of document"));
    return refused(error.code, error.message, error.remedy);
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
    if (!lower.starts_with("<?xml"sv) && !lower.starts_with("<!--"sv) && !lower.starts_with("<svg"sv))
        return std::nullopt;
    if (contains(lower, "urn:schemas-microsoft-com:office:spreadsheet"sv))
        return oldXmlSpreadsheet();
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
    if (packingOf(path) == Packing::Gzip)
        return {}; // what is inside is looked at when it is unpacked
    if (fileContainer(head) != FileContainer::Text)
        return checkContainer(path, originalName);

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
