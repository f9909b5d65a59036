// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/open_workbook.h"

#include "connectors/files/encoding_detector.h"
#include "connectors/files/text_decoder.h"
#include "connectors/files/workbook/html_workbook.h"
#include "connectors/files/workbook/ods_workbook.h"
#include "connectors/files/workbook/package_parts.h"
#include "connectors/files/workbook/xls_workbook.h"
#include "connectors/files/workbook/xlsb_workbook.h"
#include "connectors/files/workbook/xlsx_workbook.h"

#include <QFile>

namespace idstore {

namespace {

constexpr std::size_t containerHeadBytes = 4096;

using namespace std::string_view_literals;

enum class ZipFormat { Excel, ExcelBinary, OpenDocument };

Result<ZipFormat> zipFormat(ZipArchive &archive)
{
    if (archive.contains("mimetype") && archive.contains("content.xml")) {
        constexpr std::size_t mostBytes = 4096;
        IDS_TRY(type, archive.content("mimetype", mostBytes));
        if (!type.starts_with("application/vnd.oasis.opendocument.spreadsheet"))
            return workbook_errors::notAWorkbook();
        return ZipFormat::OpenDocument;
    }
    if (archive.contains("word/document.xml") || archive.contains("ppt/presentation.xml"))
        return workbook_errors::notAWorkbook();
    IDS_TRY(main, officeDocument(archive));
    if (main.empty())
        return workbook_errors::notAWorkbook();
    if (main.ends_with(".bin"))
        return ZipFormat::ExcelBinary;
    return ZipFormat::Excel;
}

constexpr std::u16string_view excel97Stream = u"Workbook";
constexpr std::u16string_view excel5Stream = u"Book";

/// The compound file of a workbook. An encrypted .xlsx is one as well, with a stream of its own ([MS-OFFCRYPTO]
/// 2.3.4.4).
Result<std::unique_ptr<CompoundFile>> compoundFile(const QString &path)
{
    IDS_TRY(file, CompoundFile::open(path));
    if (file->contains(u"EncryptedPackage"))
        return workbook_errors::encrypted();
    if (!file->contains(excel97Stream) && !file->contains(excel5Stream))
        return workbook_errors::notAWorkbook();
    return std::move(file);
}

Result<std::unique_ptr<Workbook>> openZip(const QString &path)
{
    IDS_TRY(archive, ZipArchive::open(path));
    IDS_TRY(format, zipFormat(*archive));
    if (format == ZipFormat::OpenDocument)
        return OdsWorkbook::open(std::move(archive));
    if (format == ZipFormat::ExcelBinary)
        return XlsbWorkbook::open(std::move(archive));
    return XlsxWorkbook::open(std::move(archive));
}

Result<std::unique_ptr<Workbook>> openBinary(const QString &path, FileContainer container)
{
    if (container == FileContainer::BareBiff) {
        IDS_TRY(bytes, FileBytes::open(path));
        return XlsWorkbook::open(nullptr, std::move(bytes));
    }
    IDS_TRY(file, compoundFile(path));
    IDS_TRY(stream, file->stream(file->contains(excel97Stream) ? excel97Stream : excel5Stream));
    return XlsWorkbook::open(std::move(file), std::move(stream));
}

} // namespace

FileContainer fileContainer(std::string_view head)
{
    if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv))
        return FileContainer::Zip;
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv))
        return FileContainer::CompoundFile;
    for (const auto biff : {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv, "\x09\x08\x08\x00"sv,
                            "\x09\x08\x10\x00"sv}) {
        if (head.starts_with(biff))
            return FileContainer::BareBiff;
    }
    const std::string_view start = head.substr(0, containerHeadBytes);
    const DetectedEncoding encoding = detectEncoding(start);
    std::string text;
    TextDecoder(encoding.encoding).decode(start.substr(static_cast<std::size_t>(encoding.bomLength)), text);
    return looksLikeHtml(text) ? FileContainer::Html : FileContainer::Text;
}

FileContainer fileContainerOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return FileContainer::Text;
    const QByteArray head = file.read(containerHeadBytes);
    return fileContainer(std::string_view(head.constData(), static_cast<std::size_t>(head.size())));
}

Result<void> checkWorkbookFormat(const QString &path)
{
    switch (fileContainerOf(path)) {
    case FileContainer::Zip: {
        IDS_TRY(archive, ZipArchive::open(path));
        IDS_CHECK(zipFormat(*archive));
        break;
    }
    case FileContainer::CompoundFile:
        IDS_CHECK(compoundFile(path));
        break;
    case FileContainer::Html:
        IDS_CHECK(HtmlWorkbook::open(path));
        break;
    case FileContainer::BareBiff:
    case FileContainer::Text:
        break;
    }
    return {};
}

Result<std::unique_ptr<Workbook>> openWorkbook(const QString &path)
{
    const FileContainer container = fileContainerOf(path);
    if (container == FileContainer::Text)
        return workbook_errors::notAWorkbook();
    if (container == FileContainer::Html)
        return HtmlWorkbook::open(path);
    return container == FileContainer::Zip ? openZip(path) : openBinary(path, container);
}

} // namespace idstore
