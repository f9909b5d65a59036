// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as a workbook: the reader must end, within bounds, with rows of the promised shape or an error. What
// is inside an archive is seldom reached by changing its packed bytes, so the input is also taken as the text of a
// sheet that stands where an archive would have it.
#include "connectors/files/upload_check.h"
#include "connectors/files/workbook/open_workbook.h"
#include "connectors/files/workbook/workbook_reader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryFile>

#include <zip.h>

#include <cstdint>
#include <cstdlib>

using namespace idstore;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void readAll(const QString &path)
{
    auto workbook = openWorkbook(path);
    if (!workbook)
        return;
    auto reader = WorkbookReader::open(*std::move(workbook), TableFileOptions(), CancelToken(), nullptr);
    if (!reader)
        return;
    RowBatch batch;
    qint64 rows = 0;
    while (true) {
        const auto more = (*reader)->read(batch);
        require(more.ok());
        if (!*more)
            break;
        rows += static_cast<qint64>(batch.rowCount());
        require(batch.columnCount() == (*reader)->columns().size());
    }
    require(rows == (*reader)->totalRows());
}

void writePart(zip_t *archive, const char *name, const void *data, std::size_t size)
{
    zip_source_t *const source = zip_source_buffer(archive, data, size, 0);
    require(source && zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

void writeText(zip_t *archive, const char *name, std::string_view text)
{
    writePart(archive, name, text.data(), text.size());
}

void writeArchive(const QString &path, bool openDocument, const std::uint8_t *data, std::size_t size)
{
    int code = 0;
    zip_t *const archive = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    require(archive != nullptr);
    if (openDocument) {
        writeText(archive, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        writePart(archive, "content.xml", data, size);
    } else {
        writeText(archive, "xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" r:id=\"a\"/></sheets></workbook>");
        writeText(archive, "xl/_rels/workbook.xml.rels",
                  "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/>"
                  "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"a.xml\"/>"
                  "<Relationship Id=\"c\" Type=\"/styles\" Target=\"a.xml\"/></R>");
        writePart(archive, "xl/a.xml", data, size);
    }
    require(zip_close(archive) == 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static QTemporaryFile file(QDir::tempPath() + QStringLiteral("/fuzz_workbook_XXXXXX"));
    if (!file.isOpen())
        require(file.open());
    const QString archive = file.fileName() + QStringLiteral(".zip");
    if (size > 0 && data[0] == '<') {
        for (const bool openDocument : {false, true}) {
            writeArchive(archive, openDocument, data, size);
            readAll(archive);
        }
        QFile::remove(archive);
        return 0;
    }
    require(file.resize(0) && file.seek(0));
    require(file.write(reinterpret_cast<const char *>(data), static_cast<qint64>(size)) == static_cast<qint64>(size));
    require(file.flush());
    (void)checkUploadedFile(file.fileName(), QStringLiteral("book.xlsx"));
    readAll(file.fileName());
    return 0;
}
