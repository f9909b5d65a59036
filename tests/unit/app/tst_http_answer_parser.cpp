// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/http_answer_parser.h"
#include "tests/support/result_checks.h"

#include <QTest>

using namespace idstore;
using namespace idstore::client;

class TestHttpAnswerParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answer_splitAtEveryByte_isUnderstood_data();
    void answer_splitAtEveryByte_isUnderstood();
    void answer_wrong_isRefused_data();
    void answer_wrong_isRefused();
    void close_inTheMiddle_isAnError();
    void head_fields_areFoundInLowerCase();
};

void TestHttpAnswerParser::answer_splitAtEveryByte_isUnderstood_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("counted") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << 200
                             << QByteArray("hello");
    QTest::newRow("empty") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << 200 << QByteArray();
    QTest::newRow("no content") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray();
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                           "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n")
                             << 200 << QByteArray("abc0123456789");
    QTest::newRow("after an interim answer")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}") << 413
        << QByteArray("{}");
    QTest::newRow("to the end") << QByteArray("HTTP/1.1 200 OK\r\n\r\nall of it") << 200 << QByteArray("all of it");
    QTest::newRow("reason with spaces") << QByteArray("HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\n\r\n")
                                        << 507 << QByteArray();
}

void TestHttpAnswerParser::answer_splitAtEveryByte_isUnderstood()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
        HttpAnswerParser parser;
        const auto first = parser.feed(QByteArrayView(bytes).first(split));
        IDS_VERIFY_OK(first);
        const auto second = parser.feed(QByteArrayView(bytes).sliced(split));
        IDS_VERIFY_OK(second);
        IDS_VERIFY_OK(parser.close());
        QVERIFY(parser.isDone());
        QCOMPARE(parser.head().status, status);
        QCOMPARE(QByteArray(*first + *second), body);
    }
}

void TestHttpAnswerParser::answer_wrong_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n");
    QTest::newRow("no status") << QByteArray("HTTP/1.1 OK\r\n\r\n");
    QTest::newRow("status out of range") << QByteArray("HTTP/1.1 999 X\r\n\r\n");
    QTest::newRow("nameless field") << QByteArray("HTTP/1.1 200 OK\r\n: x\r\n\r\n");
    QTest::newRow("endless head") << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(70'000, 'x'));
    QTest::newRow("chunk without size") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    QTest::newRow("chunk without end") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n");
}

void TestHttpAnswerParser::answer_wrong_isRefused()
{
    QFETCH(const QByteArray, bytes);
    HttpAnswerParser parser;
    IDS_VERIFY_ERROR(parser.feed(bytes), ErrorKind::Unavailable, "bad_answer");
}

void TestHttpAnswerParser::close_inTheMiddle_isAnError()
{
    HttpAnswerParser parser;
    IDS_VERIFY_OK(parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"));
    QVERIFY(!parser.isDone());
    IDS_VERIFY_ERROR(parser.close(), ErrorKind::Unavailable, "bad_answer");
}

void TestHttpAnswerParser::head_fields_areFoundInLowerCase()
{
    HttpAnswerParser parser;
    IDS_VERIFY_OK(parser.feed("HTTP/1.1 200 OK\r\nLINK:  <x>; rel=\"next\"  \r\nContent-Length: 0\r\n\r\n"));
    QCOMPARE(parser.head().field("link"), QByteArray("<x>; rel=\"next\""));
    QCOMPARE(parser.head().field("etag"), QByteArray());
    QVERIFY(parser.head().isOk());
}

QTEST_GUILESS_MAIN(TestHttpAnswerParser)
#include "tst_http_answer_parser.moc"
