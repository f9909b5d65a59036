// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/open_workbook.h"

#include "connectors/files/workbook/ods_workbook.h"
#include "connectors/files/workbook/package_parts.h"
#include "connectors/files/workbook/xlsx_workbook.h"

#include <QCoreApplication>
#include <QFile>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Workbook)
};

using namespace std::string_view_literals;

enum class ZipFormat { Excel, OpenDocument };

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
        return workbook_errors::notSupported(Words::tr("an Excel binary workbook (.xlsb)"));
    return ZipFormat::Excel;
}

/// An encrypted .xlsx is a compound file with a stream of this name ([MS-OFFCRYPTO] 2.3.4.4).
Result<bool> holdsEncryptedPackage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return workbook_errors::damaged(file.errorString());
    QByteArray name;
    for (const char letter : "EncryptedPackage"sv)
        name.append(letter).append('\0');
    QByteArray window;
    while (true) {
        const QByteArray block = file.read(1024 * 1024);
        if (block.isEmpty())
            return false;
        window = window.right(name.size()) + block;
        if (window.contains(name))
            return true;
    }
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
    return FileContainer::Text;
}

FileContainer fileContainerOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return FileContainer::Text;
    const QByteArray head = file.read(16);
    return fileContainer(std::string_view(head.constData(), static_cast<std::size_t>(head.size())));
}

Result<void> checkWorkbookFormat(const QString &path)
{
    if (fileContainerOf(path) == FileContainer::Zip) {
        IDS_TRY(archive, ZipArchive::open(path));
        IDS_CHECK(zipFormat(*archive));
        return {};
    }
    IDS_TRY(encrypted, holdsEncryptedPackage(path));
    if (encrypted)
        return workbook_errors::encrypted();
    return workbook_errors::notSupported(Words::tr("an Excel 97–2003 workbook (.xls) or another old office file"));
}

Result<std::unique_ptr<Workbook>> openWorkbook(const QString &path)
{
    IDS_CHECK(checkWorkbookFormat(path));
    IDS_TRY(archive, ZipArchive::open(path));
    IDS_TRY(format, zipFormat(*archive));
    if (format == ZipFormat::OpenDocument)
        return OdsWorkbook::open(std::move(archive));
    return XlsxWorkbook::open(std::move(archive));
}

} // namespace idstore
