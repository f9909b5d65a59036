// SPDX-License-Identifier: GPL-3.0-or-later
#include "biff_fixture.h"
#include "connectors/files/upload_check.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

Result<void> check(const QByteArray &bytes, const QString &name = u"people.csv"_s)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"upload"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test file");
    file.close();
    return checkUploadedFile(path, name);
}

} // namespace

class TestUploadCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_areTaken();
    void emptyFiles_areRefused();
    void otherContent_isNamed_data();
    void otherContent_isNamed();
    void workbooks_notRead_areNamed();
    void archives_passWithATableInside();
    void randomBytes_areRefused();
};

void TestUploadCheck::tables_areTaken()
{
    for (const char *bytes :
         {"a,b\n1,2\n", "name\nAda\n", "\xEF\xBB\xBFid;x\n", "M\xFCller,5\n", "PAR1,PAR2\n1,2\n", "<5,>6\n1,2\n"})
        IDS_VERIFY_OK(check(bytes));
    IDS_VERIFY_OK(check(QByteArray("a,b,c,d\nx,\0,y,z\n", 16)));
    IDS_VERIFY_OK(check(QByteArray("\xFF\xFE"
                                   "a\0,\0b\0\n\0",
                                   10)));
    IDS_VERIFY_OK(check(zipped(xlsxParts({}))));
    IDS_VERIFY_OK(check(zipped(odsParts({}))));
    IDS_VERIFY_OK(check(compoundFile(u"Workbook"_s, {})));
    IDS_VERIFY_OK(check("\n<html><table><tr><td>a</td></tr></table></html>", u"people.xls"_s));
    IDS_VERIFY_OK(check("name;town\nAda;London\n", u"people.xls"_s));
}

void TestUploadCheck::emptyFiles_areRefused()
{
    for (const char *bytes : {"", "\n\r\n  \t", "\xEF\xBB\xBF"}) {
        const auto result = check(bytes);
        IDS_VERIFY_ERROR(result, ErrorKind::InvalidInput, "empty_file");
        QCOMPARE(result.error().fields.size(), 1);
        QCOMPARE(result.error().fields.first().field, u"file"_s);
    }
}

void TestUploadCheck::otherContent_isNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    const auto row = [](const QByteArray &bytes, const QString &what) {
        QTest::newRow(qPrintable(what)) << bytes << what;
    };
    row("\x89PNG\r\n\x1A\n", u"a PNG image"_s);
    row("\xFF\xD8\xFF\xE0", u"a JPEG image"_s);
    row("GIF89a", u"a GIF image"_s);
    row("%PDF-1.7\n", u"a PDF document"_s);
    row(zipped({{"word/document.xml", "<w/>"}}), u"another kind of document"_s);
    row("\x7F"
        "ELF\x02",
        u"a program"_s);
    row(QByteArray("SQLite format 3\0", 16), u"an SQLite database"_s);
    row(QByteArray("\0\x01\x02\x03\x04\x05\x06", 7), u"binary data"_s);
    row("\n<!DOCTYPE html><html><body>a,b</body></html>", u"a web page"_s);
    row("\xEF\xBB\xBF<HTML><p>", u"a web page"_s);
    row("<?xml version=\"1.0\"?><people/>", u"an XML document"_s);
}

void TestUploadCheck::otherContent_isNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const auto result = check(bytes);
    IDS_VERIFY_ERROR(result, ErrorKind::InvalidInput, "not_a_table");
    QVERIFY2(result.error().message.contains(what), qPrintable(result.error().message));
    QVERIFY(!result.error().remedy.isEmpty());
    QCOMPARE(result.error().fields.first().field, u"file"_s);
}

void TestUploadCheck::workbooks_notRead_areNamed()
{
    IDS_VERIFY_ERROR(check("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"),
                     ErrorKind::InvalidInput, "workbook_not_supported");
    IDS_VERIFY_ERROR(check("<html><table><tr><td>a,b"), ErrorKind::InvalidInput, "workbook_damaged");
    IDS_VERIFY_ERROR(check(compoundFile(u"WordDocument"_s, {}), u"letter.xls"_s), ErrorKind::InvalidInput,
                     "not_a_table");
    IDS_VERIFY_ERROR(check("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", u"letter.doc"_s), ErrorKind::InvalidInput,
                     "not_a_table");
    IDS_VERIFY_ERROR(check(zipped(xlsxParts({})).chopped(100)), ErrorKind::InvalidInput, "workbook_damaged");
    IDS_VERIFY_ERROR(check(compoundFile(u"EncryptedPackage"_s, {})), ErrorKind::InvalidInput, "workbook_encrypted");
}

void TestUploadCheck::archives_passWithATableInside()
{
    IDS_VERIFY_OK(check(zipped({{"people.csv", "a,b"}})));
    IDS_VERIFY_OK(check(QByteArray("\x1F\x8B\x08")));
    IDS_VERIFY_ERROR(check(zipped({{"a.png", "x"}, {"b.png", "y"}})), ErrorKind::InvalidInput, "archive_without_table");
    IDS_VERIFY_ERROR(check(zipped({{"a.csv", "x"}, {"b.csv", "y"}})), ErrorKind::InvalidInput,
                     "archive_with_several_tables");
}

void TestUploadCheck::randomBytes_areRefused()
{
    QRandomGenerator random(7);
    for (const int size : {300, 5000, 100000}) {
        QByteArray bytes("?");
        for (int i = 0; i < size; ++i)
            bytes += static_cast<char>(random.bounded(256));
        IDS_VERIFY_ERROR(check(bytes), ErrorKind::InvalidInput, "not_a_table");
    }
}

QTEST_GUILESS_MAIN(TestUploadCheck)
#include "tst_upload_check.moc"
