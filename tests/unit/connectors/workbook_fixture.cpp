// SPDX-License-Identifier: GPL-3.0-or-later
#include "workbook_fixture.h"

#include "connectors/files/file_connector.h"

#include <QFile>

#include <zip.h>

namespace idstore {

QByteArray zipped(const ZipParts &parts)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("archive"));
    int code = 0;
    zip_t *const archive = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!archive)
        qFatal("cannot write the test archive");
    for (const auto &[name, content] : parts) {
        zip_source_t *const source =
            zip_source_buffer(archive, content.constData(), static_cast<zip_uint64_t>(content.size()), 0);
        if (!source || zip_file_add(archive, name.constData(), source, ZIP_FL_ENC_UTF_8) < 0)
            qFatal("cannot write the test archive");
    }
    if (zip_close(archive) != 0)
        qFatal("cannot write the test archive");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the test archive");
    return file.readAll();
}

ZipParts xlsxParts(const QByteArray &rows, const QByteArray &strings, const QByteArray &workbookProperties)
{
    const QByteArray types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {
        {"_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
                            "officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<workbook>" + workbookProperties +
                                "<sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
             "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + types +
             "styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" + types +
             "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm\"/></numFmts>"
         "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
         "<xf numFmtId=\"21\"/><xf numFmtId=\"46\"/><xf numFmtId=\"10\"/><xf "
         "numFmtId=\"164\"/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
    };
}

ZipParts odsParts(const QByteArray &tables, const QByteArray &styles)
{
    return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
            {"content.xml", "<office:document-content><office:automatic-styles>" + styles +
                                "</office:automatic-styles><office:body><office:spreadsheet>" + tables +
                                "</office:spreadsheet></office:body></office:document-content>"}};
}

ReadTable readFile(const QByteArray &bytes, const QJsonObject &config)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("upload"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test file");
    file.close();

    ReadRequest request;
    request.config = config;
    request.file = StoredFile{};
    request.file->path = path;
    ReadTable table;
    const FileConnector connector;
    auto reader = connector.open(request);
    if (!reader) {
        table.error = reader.error();
        return table;
    }
    for (const Column &column : (*reader)->columns())
        table.names.append(column.name);
    RowBatch batch;
    while (true) {
        auto more = (*reader)->read(batch);
        if (!more) {
            table.error = more.error();
            return table;
        }
        if (!*more)
            return table;
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            Row &cells = table.rows.emplace_back();
            for (int column = 0; column < batch.columnCount(); ++column) {
                const auto cell = batch.cell(row, column);
                cells.push_back(cell ? Cell(std::string(*cell)) : null);
            }
            table.lines.push_back(batch.line(row));
        }
    }
}

QString refusal(const QByteArray &bytes, const QJsonObject &config)
{
    const ReadTable table = readFile(bytes, config);
    return table.error ? table.error->code : QString();
}

} // namespace idstore
