// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz_input.h"

#include "connectors/files/upload_check.h"
#include "connectors/files/workbook/open_workbook.h"
#include "connectors/files/workbook/workbook_reader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <zip.h>

#include <cstdlib>

namespace idstore::fuzz {

namespace {

QString pathOf(const QString &name)
{
    static const QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/identity-store-fuzz-XXXXXX"));
    require(folder.isValid());
    return folder.filePath(name);
}

} // namespace

void require(bool condition)
{
    if (!condition)
        std::abort();
}

QString asFile(std::string_view bytes)
{
    const QString path = pathOf(QStringLiteral("input"));
    QFile file(path);
    require(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    const auto size = static_cast<qint64>(bytes.size());
    require(file.write(bytes.data(), size) == size);
    return path;
}

std::vector<std::string_view> partsOf(std::string_view bytes, std::size_t count)
{
    constexpr std::string_view edge = "|part|";
    std::vector<std::string_view> parts;
    for (auto at = bytes.find(edge); at != std::string_view::npos; at = bytes.find(edge)) {
        parts.push_back(bytes.substr(0, at));
        bytes.remove_prefix(at + edge.size());
    }
    parts.push_back(bytes);
    if (parts.size() < count)
        parts.resize(count);
    return parts;
}

QString asArchive(const std::vector<std::pair<const char *, std::string_view>> &parts)
{
    const QString path = pathOf(QStringLiteral("archive"));
    int code = 0;
    zip_t *const archive = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    require(archive != nullptr);
    for (const auto &[name, content] : parts) {
        zip_source_t *const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        require(source != nullptr);
        const zip_int64_t index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
        require(index >= 0);
        require(zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) == 0);
    }
    require(zip_close(archive) == 0);
    return path;
}

void readWorkbook(const QString &path)
{
    (void)checkUploadedFile(path, QStringLiteral("book.xlsx"));
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

} // namespace idstore::fuzz
