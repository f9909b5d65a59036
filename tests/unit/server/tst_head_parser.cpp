// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/head_parser.h"

#include <QTest>

using namespace idstore;

class TestHeadParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void head_wellFormed_isTakenApart();
    void head_splitAtEveryByte_isReadAlike();
    void head_bodyBehindIt_isLeftAlone();
    void head_refused_data();
    void head_refused();
    void head_neverEnding_isRefusedAtTheLimit();
    void connection_options_decideKeepAlive_data();
    void connection_options_decideKeepAlive();
    void expect_withoutBody_isOfNoInterest();
    void segments_escaped_areDecoded();
    void query_formEncoded_isDecoded();
};

namespace {

const QByteArray wellFormed = "POST /api/sources/src_01?q=a%20b HTTP/1.1\r\n"
                              "Host: 127.0.0.1:8765\r\n"
                              "AUTHORIZATION:\tBearer x \r\n"
                              "Content-Length: 12\r\n"
                              "Expect: 100-Continue\r\n"
                              "\r\n";

QByteArray withField(const QByteArray &field)
{
    return "GET / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n";
}

QByteArray withTarget(const QByteArray &target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

} // namespace

void TestHeadParser::head_wellFormed_isTakenApart()
{
    HeadParser parser;
    QCOMPARE(parser.feed(wellFormed), wellFormed.size());
    QVERIFY(parser.state() == HeadParser::State::Complete);
    const RequestHead &head = parser.head();
    QCOMPARE(head.method, QByteArray("POST"));
    QCOMPARE(head.path, QByteArray("/api/sources/src_01"));
    QCOMPARE(head.query, QByteArray("q=a%20b"));
    QCOMPARE(head.value("authorization"), QByteArray("Bearer x"));
    QCOMPARE(head.contentLength.value_or(-1), 12);
    QVERIFY(head.keepAlive);
    QVERIFY(head.expectContinue);
    QVERIFY(!head.chunked);
}

void TestHeadParser::head_splitAtEveryByte_isReadAlike()
{
    for (qsizetype split = 1; split < wellFormed.size(); ++split) {
        HeadParser parser;
        QCOMPARE(parser.feed(wellFormed.first(split)), split);
        QVERIFY(parser.state() == HeadParser::State::Reading);
        QVERIFY(parser.started());
        QCOMPARE(parser.feed(wellFormed.sliced(split)), wellFormed.size() - split);
        QVERIFY(parser.state() == HeadParser::State::Complete);
        QCOMPARE(parser.head().fields.size(), 4);
        QCOMPARE(parser.head().value("host"), QByteArray("127.0.0.1:8765"));
    }
}

void TestHeadParser::head_bodyBehindIt_isLeftAlone()
{
    HeadParser parser;
    QCOMPARE(parser.feed(QByteArray("\r\n" + wellFormed + "hello\r\n\r\n")), wellFormed.size() + 2);
    QVERIFY(parser.state() == HeadParser::State::Complete);
    QCOMPARE(parser.feed("more"), 0);
}

void TestHeadParser::head_refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };

    row("bare LF after the request line", "GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400);
    row("bare LF after a field", "GET / HTTP/1.1\r\nHost: localhost\n\r\n", 400);
    row("bare CR in a field", withField("X: a\rb"), 400);
    row("NUL in a field", withField(QByteArray("X: a\0b", 6)), 400);
    row("folded line", withField("X: a\r\n b"), 400);
    row("space before the colon", withField("Content-Length : 5"), 400);
    row("no colon", withField("Content-Length"), 400);
    row("no name", withField(": x"), 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("tab instead of space", "GET\t/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("no version", "GET /\r\n\r\n", 400);
    row("HTTP/2", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505);
    row("lower-case version", "GET / http/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("method with a colon", "G:T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two hosts", withField("Host: evil.example"), 400);
    row("two tokens", withField("Authorization: a\r\nAuthorization: b"), 400);
    row("two lengths", withField("Content-Length: 5\r\nContent-Length: 5"), 400);
    row("list of lengths", withField("Content-Length: 5, 5"), 400);
    row("negative length", withField("Content-Length: -5"), 400);
    row("signed length", withField("Content-Length: +5"), 400);
    row("empty length", withField("Content-Length: "), 400);
    row("hexadecimal length", withField("Content-Length: 0x5"), 400);
    row("length beyond 64 bits", withField("Content-Length: 99999999999999999999"), 400);
    row("length and chunks", withField("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400);
    row("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("gzip coding", withField("Transfer-Encoding: gzip"), 501);
    row("two codings", withField("Transfer-Encoding: gzip, chunked"), 501);
    row("chunked twice", withField("Transfer-Encoding: chunked, chunked"), 501);
    row("misspelt coding", withField("Transfer-Encoding: xchunked"), 501);
    row("coding with a vertical tab", withField("Transfer-Encoding: \vchunked"), 400);
    row("other expectation", withField("Expect: 200-ok"), 417);
    row("absolute form", withTarget("http://localhost/api"), 400);
    row("asterisk form", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("fragment", withTarget("/api#x"), 400);
    row("bytes beyond ASCII", withTarget("/api/\xC3\xA4"), 400);
    row("escaped slash", withTarget("/api/a%2fb"), 400);
    row("escaped backslash", withTarget("/api/a%5Cb"), 400);
    row("backslash", withTarget("/api\\b"), 400);
    row("escaped NUL", withTarget("/api/%00"), 400);
    row("escaped line feed", withTarget("/api/%0a"), 400);
    row("dot segment", withTarget("/api/../x"), 400);
    row("escaped dot segment", withTarget("/api/%2e%2E/x"), 400);
    row("single dot segment", withTarget("/api/."), 400);
    row("half an escape", withTarget("/api/%2"), 400);
    row("no hexadecimal escape", withTarget("/api/%zz"), 400);
    row("long line that is no request line", QByteArray(2 * HeadParser::maxTargetBytes, 'a') + "\r\n\r\n", 414);
    row("long target", withTarget('/' + QByteArray(HeadParser::maxTargetBytes, 'a')), 414);
    row("large head", withField("X: " + QByteArray(HeadParser::maxHeadBytes, 'a')), 431);
    QByteArray many;
    for (int i = 0; i < HeadParser::maxFields; ++i)
        many += "X: y\r\n";
    row("many fields", withField(many.chopped(2)), 431);
}

void TestHeadParser::head_refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    HeadParser whole;
    whole.feed(bytes);
    QVERIFY(whole.state() == HeadParser::State::Failed);
    QCOMPARE(whole.error().status, status);
    QVERIFY(!whole.error().detail.isEmpty());

    HeadParser piecemeal;
    for (const char byte : bytes)
        piecemeal.feed(QByteArrayView(&byte, 1));
    QVERIFY(piecemeal.state() == HeadParser::State::Failed);
    QCOMPARE(piecemeal.error().status, status);
}

void TestHeadParser::head_neverEnding_isRefusedAtTheLimit()
{
    HeadParser parser;
    const QByteArray piece(1000, 'a');
    qsizetype fed = 0;
    while (parser.state() == HeadParser::State::Reading) {
        fed += parser.feed(piece);
        QVERIFY(fed <= HeadParser::maxHeadBytes + piece.size());
    }
    QCOMPARE(parser.error().status, 414);

    HeadParser emptyLines;
    while (emptyLines.state() == HeadParser::State::Reading)
        emptyLines.feed("\r\n");
    QCOMPARE(emptyLines.error().status, 431);
}

void TestHeadParser::connection_options_decideKeepAlive_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("keepAlive");
    QTest::newRow("1.1") << QByteArray("1.1") << QByteArray() << true;
    QTest::newRow("1.1 close") << QByteArray("1.1") << QByteArray("Connection: CLOSE\r\n") << false;
    QTest::newRow("1.1 list") << QByteArray("1.1") << QByteArray("Connection: TE, close\r\n") << false;
    QTest::newRow("1.1 two fields") << QByteArray("1.1")
                                    << QByteArray("Connection: close\r\nConnection: keep-alive\r\n") << false;
    QTest::newRow("1.0") << QByteArray("1.0") << QByteArray() << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("1.0") << QByteArray("Connection: Keep-Alive\r\n") << true;
}

void TestHeadParser::connection_options_decideKeepAlive()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, field);
    HeadParser parser;
    parser.feed(QByteArray("GET / HTTP/" + version + "\r\nHost: localhost\r\n" + field + "\r\n"));
    QVERIFY(parser.state() == HeadParser::State::Complete);
    QTEST(parser.head().keepAlive, "keepAlive");
}

void TestHeadParser::expect_withoutBody_isOfNoInterest()
{
    HeadParser parser;
    parser.feed(withField("Expect: 100-continue"));
    QVERIFY(parser.state() == HeadParser::State::Complete);
    QVERIFY(!parser.head().expectContinue);
}

void TestHeadParser::segments_escaped_areDecoded()
{
    QCOMPARE(pathSegments("/api/a%20b/%C3%A4"),
             (QList<QString>{QStringLiteral("api"), QStringLiteral("a b"), QStringLiteral("ä")}));
    QCOMPARE(pathSegments("/api/"), (QList<QString>{QStringLiteral("api"), QString()}));
}

void TestHeadParser::query_formEncoded_isDecoded()
{
    const QueryItems items = parseQuery("q=a+b%2Bc&filter%5BE-Mail%5D=x%26y&&empty=&bare");
    const QueryItems expected{{QStringLiteral("q"), QStringLiteral("a b+c")},
                              {QStringLiteral("filter[E-Mail]"), QStringLiteral("x&y")},
                              {QStringLiteral("empty"), QString()},
                              {QStringLiteral("bare"), QString()}};
    QCOMPARE(items, expected);
}

QTEST_GUILESS_MAIN(TestHeadParser)
#include "tst_head_parser.moc"
