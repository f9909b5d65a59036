// SPDX-License-Identifier: GPL-3.0-or-later
#include "biff_fixture.h"
#include "workbook_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QByteArray at(unsigned row, unsigned column, unsigned style = 0)
{
    return le16(row) + le16(column) + le16(style);
}

QByteArray label(unsigned row, unsigned column, const QByteArray &text)
{
    return biffRecord(0x0204, at(row, column) + biffText(text));
}

QByteArray read(const QByteArray &bytes, const QJsonObject &config = {})
{
    const ReadTable table = readFile(bytes, config);
    if (table.error)
        return table.error->logLine().toUtf8();
    return table.names.join(u',').toUtf8() + '\n' + shown(table.rows);
}

/// Formats 0 general and 1 a date.
QByteArray formats()
{
    return biffRecord(0x041E, le16(164) + biffText("yyyy\\-mm\\-dd")) + biffRecord(0x00E0, le16(0) + le16(0)) +
           biffRecord(0x00E0, le16(0) + le16(164));
}

} // namespace

class TestXlsReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_ofAllTypes_becomeText();
    void sharedStrings_acrossRecords_areJoined();
    void formulas_giveTheirLastValue();
    void excel5_textIsInItsCodePage();
    void compoundFile_isOpened();
    void chartsInASheet_arePassed();
    void brokenWorkbooks_areRefused_data();
    void brokenWorkbooks_areRefused();
};

void TestXlsReader::cells_ofAllTypes_becomeText()
{
    QByteArray cells = label(3, 1, "name");
    cells += biffRecord(0x0203, at(4, 1) + leReal(0.1));
    cells += biffRecord(0x027E, at(4, 2) + le32(12345U << 2 | 3)); // 123.45
    cells +=
        biffRecord(0x00BD, le16(4) + le16(3) + le16(0) + le32(7U << 2 | 2) + le16(1) + le32(45413U << 2 | 2) + le16(4));
    cells += biffRecord(0x0205, at(4, 5) + QByteArray("\x01\x00", 2));
    cells += biffRecord(0x0205, at(4, 6) + QByteArray("\x2A\x01", 2));
    QCOMPARE(read(biffWorkbook(formats(), cells)), "name,column_2,column_3,column_4,column_5,column_6\n"
                                                   "[0.1][123.45][7][2024-05-01][TRUE][#N/A]\n");
    QCOMPARE(readFile(biffWorkbook(formats(), cells)).lines, std::vector<qint64>{5});
    QCOMPARE(read(biffWorkbook(formats() + biffRecord(0x0022, le16(1)), biffRecord(0x0203, at(0, 0, 1) + leReal(0)))),
             "column_1\n[1904-01-01]\n");
}

void TestXlsReader::sharedStrings_acrossRecords_areJoined()
{
    // The second text is cut in its middle, and goes on in wide characters.
    const QByteArray first = le32(3) + le32(3) + biffText("a") + le16(4) + '\0' + "Zo";
    const QByteArray second =
        QByteArray("\x01") + QByteArray("\xEB\x00!\x00", 4) + le16(1) + QByteArray("\x08\x01\x00x\x00\x00\x00\x00", 8);
    const QByteArray strings = biffRecord(0x00FC, first) + biffRecord(0x003C, second);
    QByteArray cells;
    for (unsigned i = 0; i < 3; ++i)
        cells += biffRecord(0x00FD, at(i, 0) + le32(i));
    QCOMPARE(read(biffWorkbook(strings, cells)), "a\n[Zo\xC3\xAB!]\n[x]\n");
}

void TestXlsReader::formulas_giveTheirLastValue()
{
    const QByteArray rest = le16(0) + le32(0) + le16(0);
    const auto special = [&rest](unsigned column, const QByteArray &value) -> QByteArray {
        return biffRecord(0x0006, at(1, column) + value.leftJustified(6, '\0') + QByteArray("\xFF\xFF", 2) + rest);
    };
    const QByteArray cells = label(0, 0, "a") + biffRecord(0x0006, at(1, 0) + leReal(2.5) + rest) +
                             special(1, QByteArray(1, '\0')) + biffRecord(0x04BC, "shared") +
                             biffRecord(0x0207, biffText("text")) + special(2, QByteArray("\x01\0\x01", 3)) +
                             special(3, QByteArray("\x02\0\x07", 3)) + special(4, "\x03") + label(1, 5, "end");
    QCOMPARE(read(biffWorkbook({}, cells)),
             "a,column_2,column_3,column_4,column_5,column_6\n[2.5][text][TRUE][#DIV/0!]NULL[end]\n");
}

void TestXlsReader::excel5_textIsInItsCodePage()
{
    const QByteArray cells = biffRecord(0x0204, at(0, 0) + le16(3) + "\xC4\xE0!"); // Cyrillic in 1251
    QCOMPARE(read(biffWorkbook(biffRecord(0x0042, le16(1251)), cells, 0x0500)), "\xD0\x94\xD0\xB0!\n");
    QCOMPARE(read(biffWorkbook({}, cells, 0x0500)), "\xC3\x84\xC3\xA0!\n");
}

void TestXlsReader::compoundFile_isOpened()
{
    const QByteArray workbook = biffWorkbook({}, label(0, 0, "a") + label(1, 0, "b"));
    QCOMPARE(read(compoundFile(u"Workbook"_s, workbook)), "a\n[b]\n");
    QCOMPARE(read(compoundFile(u"BOOK"_s, workbook), {{u"sheet"_s, u"People"_s}}), "a\n[b]\n");
    QCOMPARE(refusal(compoundFile(u"WordDocument"_s, workbook)), u"not_a_workbook"_s);
    QCOMPARE(refusal(compoundFile(u"EncryptedPackage"_s, workbook)), u"workbook_encrypted"_s);
}

void TestXlsReader::chartsInASheet_arePassed()
{
    const QByteArray chart =
        biffRecord(0x0809, le16(0x0600) + le16(0x20)) + label(9, 9, "axis") + biffRecord(0x000A, {});
    QCOMPARE(read(biffWorkbook({}, label(0, 0, "a") + chart + label(1, 0, "b"))), "a\n[b]\n");
}

void TestXlsReader::brokenWorkbooks_areRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &code) {
        QTest::newRow(name) << bytes << code;
    };
    const QByteArray whole = biffWorkbook({}, label(0, 0, "a") + label(1, 0, "b"));
    const QByteArray boxed = compoundFile(u"Workbook"_s, whole);
    QByteArray circle = boxed;
    circle.replace(512 + 4 * 9, 4, le32(2));
    row("no end", whole.chopped(4), u"workbook_damaged"_s);
    row("cut in a record", whole.chopped(9), u"workbook_damaged"_s);
    row("cut compound file", boxed.left(1600), u"workbook_damaged"_s);
    row("sectors in a circle", circle, u"workbook_damaged"_s);
    row("header alone", boxed.left(100), u"workbook_damaged"_s);
    row("password", biffWorkbook(biffRecord(0x002F, le32(0)), {}), u"workbook_encrypted"_s);
    row("no such string", biffWorkbook({}, biffRecord(0x00FD, at(0, 0) + le32(1))), u"workbook_damaged"_s);
    row("rows not in order", biffWorkbook({}, label(1, 0, "a") + label(0, 0, "b")), u"workbook_damaged"_s);
    row("text beyond its record", biffWorkbook({}, biffRecord(0x0204, at(0, 0) + le16(900) + '\0' + "ab")),
        u"workbook_damaged"_s);
    row("older than Excel 5", QByteArray("\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00", 10), u"workbook_not_supported"_s);
    row("empty sheet", biffWorkbook({}, {}), u"empty_file"_s);
}

void TestXlsReader::brokenWorkbooks_areRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QCOMPARE(refusal(bytes), code);
}

QTEST_GUILESS_MAIN(TestXlsReader)
#include "tst_xls_reader.moc"
