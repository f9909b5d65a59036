// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/header_parameters.h"

#include <QTest>

using namespace idstore;

class TestHeaderParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_withParameters_isTakenApart();
    void value_malformed_isRefused_data();
    void value_malformed_isRefused();
    void boundary_checked_data();
    void boundary_checked();
    void fileName_asSentByClients_isDecoded_data();
    void fileName_asSentByClients_isDecoded();
};

void TestHeaderParameters::value_withParameters_isTakenApart()
{
    const auto parsed = parseHeaderParameters(" Form-Data ; Name=\"a;b\\\"c\"; x=y ;");
    QVERIFY(parsed);
    QCOMPARE(parsed->word, QByteArray("form-data"));
    QCOMPARE(parsed->parameters.value("name"), QByteArray("a;b\"c"));
    QCOMPARE(parsed->parameters.value("x"), QByteArray("y"));
}

void TestHeaderParameters::value_malformed_isRefused_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no word") << QByteArray("; a=b");
    QTest::newRow("no equals sign") << QByteArray("x; a");
    QTest::newRow("no name") << QByteArray("x; =b");
    QTest::newRow("unclosed quote") << QByteArray("x; a=\"b");
    QTest::newRow("text behind a quote") << QByteArray("x; a=\"b\"c");
    QTest::newRow("twice") << QByteArray("x; a=b; A=c");
}

void TestHeaderParameters::value_malformed_isRefused()
{
    QFETCH(QByteArray, value);
    QVERIFY(!parseHeaderParameters(value));
}

void TestHeaderParameters::boundary_checked_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("usable");
    QTest::newRow("token") << QByteArray("multipart/form-data; boundary=----abc") << true;
    QTest::newRow("quoted") << QByteArray("multipart/form-data; boundary=\"a b:c\"") << true;
    QTest::newRow("longest") << QByteArray("multipart/form-data; boundary=" + QByteArray(70, 'a')) << true;
    QTest::newRow("too long") << QByteArray("multipart/form-data; boundary=" + QByteArray(71, 'a')) << false;
    QTest::newRow("missing") << QByteArray("multipart/form-data") << false;
    QTest::newRow("empty") << QByteArray("multipart/form-data; boundary=\"\"") << false;
    QTest::newRow("ends with a space") << QByteArray("multipart/form-data; boundary=\"a \"") << false;
    QTest::newRow("line break") << QByteArray("multipart/form-data; boundary=\"a\r\nb\"") << false;
}

void TestHeaderParameters::boundary_checked()
{
    QFETCH(QByteArray, value);
    const auto parsed = parseHeaderParameters(value);
    QVERIFY(parsed);
    QTEST(multipartBoundary(*parsed).has_value(), "usable");
}

void TestHeaderParameters::fileName_asSentByClients_isDecoded_data()
{
    QTest::addColumn<QByteArray>("disposition");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QByteArray("form-data; filename=\"a.csv\"") << QStringLiteral("a.csv");
    QTest::newRow("UTF-8") << QByteArray("form-data; filename=\"K\xC3\xA4ufer.csv\"") << QStringLiteral("Käufer.csv");
    QTest::newRow("browser quotes") << QByteArray("form-data; filename=\"a%22b.csv\"") << QStringLiteral("a\"b.csv");
    QTest::newRow("curl quotes") << QByteArray("form-data; filename=\"a\\\"b.csv\"") << QStringLiteral("a\"b.csv");
    QTest::newRow("Windows path") << QByteArray("form-data; filename=\"C:\\new\\a.csv\"")
                                  << QStringLiteral("C:\\new\\a.csv");
    QTest::newRow("RFC 8187") << QByteArray("form-data; filename*=UTF-8''K%C3%A4ufer.csv")
                              << QStringLiteral("Käufer.csv");
}

void TestHeaderParameters::fileName_asSentByClients_isDecoded()
{
    QFETCH(QByteArray, disposition);
    const auto parsed = parseHeaderParameters(disposition);
    QVERIFY(parsed);
    QTEST(dispositionFileName(*parsed), "name");
}

QTEST_GUILESS_MAIN(TestHeaderParameters)
#include "tst_header_parameters.moc"
