// SPDX-License-Identifier: GPL-3.0-or-later
#include "biff_fixture.h"
#include "workbook_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QByteArray record(unsigned type, const QByteArray &data = {})
{
    QByteArray bytes;
    bytes += type < 0x80 ? QByteArray(1, static_cast<char>(type))
                         : QByteArray(1, static_cast<char>(type | 0x80)) + static_cast<char>(type >> 7);
    const auto size = static_cast<unsigned>(data.size());
    bytes += size < 0x80 ? QByteArray(1, static_cast<char>(size))
                         : QByteArray(1, static_cast<char>(size | 0x80)) + static_cast<char>(size >> 7);
    return bytes + data;
}

QByteArray wide(const QString &text)
{
    QByteArray bytes = le32(static_cast<unsigned>(text.size()));
    for (const QChar letter : text)
        bytes += le16(letter.unicode());
    return bytes;
}

QByteArray cell(unsigned type, unsigned column, const QByteArray &value, unsigned style = 0)
{
    return record(type, le32(column) + le32(style) + value);
}

QByteArray row(unsigned number)
{
    return record(0, le32(number) + le32(0));
}

ZipParts parts(const QByteArray &rows, unsigned workbookFlags = 0, unsigned hidden = 0)
{
    ZipParts all = xlsxParts({});
    for (auto &[name, content] : all) {
        name.replace(".xml", ".bin");
        if (name.startsWith("_rels") || name.endsWith(".rels"))
            content.replace(".xml\"", ".bin\"");
        if (name == "xl/workbook.bin") {
            content = record(153, le32(workbookFlags)) +
                      record(156, le32(hidden) + le32(1) + wide(u"rId1"_s) + wide(u"People"_s)) + record(132);
        } else if (name == "xl/styles.bin") {
            content = record(44, le16(164) + wide(u"yyyy-mm-dd"_s)) + record(626) + record(47, le16(0) + le16(14)) +
                      record(627) + record(617) + record(47, le16(0) + le16(0)) + record(47, le16(0) + le16(164)) +
                      record(618) + record(279);
        } else if (name == "xl/sharedStrings.bin") {
            content = record(19, QByteArray(1, '\0') + wide(u"Jörg"_s)) + record(160);
        } else if (name == "xl/worksheets/sheet1.bin") {
            content = record(129) + record(145) + rows + record(146) + record(130);
        }
    }
    return all;
}

QByteArray read(const ZipParts &all)
{
    const ReadTable table = readFile(zipped(all));
    if (table.error)
        return table.error->logLine().toUtf8();
    return table.names.join(u',').toUtf8() + '\n' + shown(table.rows);
}

} // namespace

class TestXlsbReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_ofAllTypes_becomeText();
    void dates_ofThe1904System_areCountedFromThere();
    void rows_keepTheirNumbers();
    void brokenWorkbooks_areRefused_data();
    void brokenWorkbooks_areRefused();
};

void TestXlsbReader::cells_ofAllTypes_becomeText()
{
    const QByteArray rows = row(0) + cell(6, 0, wide(u"name"_s)) + row(1) + cell(7, 0, le32(0)) + cell(1, 1, {}) +
                            cell(2, 2, le32(12345U << 2 | 3)) + cell(3, 3, "\x2A") + cell(4, 4, "\x01") +
                            cell(5, 5, leReal(0.1)) + cell(8, 6, wide(u"text"_s) + le16(0)) +
                            cell(9, 7, leReal(45413.5) + le16(0), 1) + cell(10, 8, QByteArray(1, '\0')) +
                            cell(11, 9, "\x07") + cell(62, 10, QByteArray(1, '\0') + wide(u"rich"_s));
    QCOMPARE(read(parts(rows)),
             "name,column_2,column_3,column_4,column_5,column_6,column_7,column_8,column_9,column_10,"
             "column_11\n[J\xC3\xB6rg]NULL[123.45][#N/A][TRUE][0.1][text][2024-05-01T12:00:00][FALSE]"
             "[#DIV/0!][rich]\n");
}

void TestXlsbReader::dates_ofThe1904System_areCountedFromThere()
{
    QCOMPARE(read(parts(row(0) + cell(5, 0, leReal(1), 1), 1)), "column_1\n[1904-01-02]\n");
}

void TestXlsbReader::rows_keepTheirNumbers()
{
    const QByteArray rows = row(2) + cell(6, 0, wide(u"a"_s)) + row(4) + row(7) + cell(6, 0, wide(u"b"_s)) + row(8) +
                            cell(6, 0, wide(u"c"_s));
    QCOMPARE(readFile(zipped(parts(rows))).lines, (std::vector<qint64>{8, 9}));
}

void TestXlsbReader::brokenWorkbooks_areRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const auto add = [](const char *name, const ZipParts &all, const QString &code) {
        QTest::newRow(name) << zipped(all) << code;
    };
    ZipParts cut = parts(row(0) + cell(6, 0, wide(u"name"_s)));
    cut.back().second.chop(10);
    add("cut sheet", cut, u"workbook_damaged"_s);
    add("no such string", parts(row(0) + cell(7, 0, le32(5))), u"workbook_damaged"_s);
    add("text beyond its record", parts(row(0) + cell(6, 0, le32(99) + "ab")), u"workbook_damaged"_s);
    add("beyond the last column", parts(row(0) + cell(6, 1U << 20, wide(u"a"_s))), u"workbook_damaged"_s);
    add("beyond the last row", parts(row(1U << 30) + cell(6, 0, wide(u"a"_s))), u"workbook_damaged"_s);
    add("only a hidden sheet", parts(row(0) + cell(6, 0, wide(u"a"_s)), 0, 1), u"empty_file"_s);
    ZipParts endless = parts({});
    endless.back().second = QByteArray("\x91\x01\xFF\xFF\xFF\x7F", 6);
    add("endless record", endless, u"workbook_too_large"_s);
}

void TestXlsbReader::brokenWorkbooks_areRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QCOMPARE(refusal(bytes), code);
}

QTEST_GUILESS_MAIN(TestXlsbReader)
#include "tst_xlsb_reader.moc"
