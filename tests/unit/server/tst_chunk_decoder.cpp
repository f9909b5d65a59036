// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/body_framer.h"
#include "server/http/chunk_decoder.h"

#include <QTest>

using namespace idstore;

class TestChunkDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void body_wellFormed_isDecoded();
    void body_splitAtEveryByte_isDecodedAlike();
    void body_byteByByte_isDecodedAlike();
    void end_bytesBehindIt_areLeftAlone();
    void body_malformed_fails_data();
    void body_malformed_fails();
    void framer_length_endsAtTheLength();
};

namespace {

const QByteArray encoded = "5\r\nhello\r\n"
                           "0A;name=\"v\"\r\n\r\n0\r\n\r\nbye\r\n"
                           "1 \r\n!\r\n"
                           "000\r\nTrailer: x\r\nOther: y\r\n\r\n";
const QByteArray decoded = "hello\r\n0\r\n\r\nbye!";

QByteArray decode(ChunkDecoder &decoder, QByteArrayView input)
{
    QByteArray body;
    while (!input.isEmpty() && !decoder.isDone() && !decoder.hasFailed())
        body += decoder.next(input);
    return body;
}

} // namespace

void TestChunkDecoder::body_wellFormed_isDecoded()
{
    ChunkDecoder decoder;
    QCOMPARE(decode(decoder, encoded), decoded);
    QVERIFY(decoder.isDone());
}

void TestChunkDecoder::body_splitAtEveryByte_isDecodedAlike()
{
    for (qsizetype split = 1; split < encoded.size(); ++split) {
        ChunkDecoder decoder;
        QByteArray body = decode(decoder, QByteArrayView(encoded).first(split));
        QVERIFY(!decoder.isDone());
        body += decode(decoder, QByteArrayView(encoded).sliced(split));
        QCOMPARE(body, decoded);
        QVERIFY(decoder.isDone());
    }
}

void TestChunkDecoder::body_byteByByte_isDecodedAlike()
{
    ChunkDecoder decoder;
    QByteArray body;
    for (const char byte : encoded)
        body += decode(decoder, QByteArrayView(&byte, 1));
    QCOMPARE(body, decoded);
    QVERIFY(decoder.isDone());
}

void TestChunkDecoder::end_bytesBehindIt_areLeftAlone()
{
    ChunkDecoder decoder;
    const QByteArray bytes = "0\r\n\r\nGET / HTTP/1.1";
    QByteArrayView input(bytes);
    while (!decoder.isDone())
        QVERIFY(decoder.next(input).isEmpty());
    QCOMPARE(input, QByteArrayView("GET / HTTP/1.1"));
}

void TestChunkDecoder::body_malformed_fails_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no size") << QByteArray("\r\nhello");
    QTest::newRow("no hexadecimal size") << QByteArray("x\r\n");
    QTest::newRow("negative size") << QByteArray("-5\r\nhello\r\n");
    QTest::newRow("size with prefix") << QByteArray("0x5\r\nhello\r\n");
    QTest::newRow("huge size") << QByteArray("FFFFFFFFFFFFFFFF\r\n");
    QTest::newRow("bare LF after the size") << QByteArray("5\nhello\r\n");
    QTest::newRow("bare CR after the size") << QByteArray("5\rhello\r\n");
    QTest::newRow("LF in an extension") << QByteArray("5;a\nhello\r\n");
    QTest::newRow("data longer than said") << QByteArray("5\r\nhello!\r\n");
    QTest::newRow("bare LF after the data") << QByteArray("5\r\nhello\n0\r\n\r\n");
    QTest::newRow("CR without LF after the data") << QByteArray("5\r\nhello\rx");
    QTest::newRow("LF in a trailer") << QByteArray("0\r\nA: b\n\r\n");
    QTest::newRow("bare CR at the end") << QByteArray("0\r\n\rx");
    QTest::newRow("endless extension") << QByteArray("5;" + QByteArray(ChunkDecoder::maxExtensionBytes + 1, 'a'));
    QTest::newRow("endless trailer") << QByteArray("0\r\n" + QByteArray(ChunkDecoder::maxTrailerBytes + 1, 'a'));
}

void TestChunkDecoder::body_malformed_fails()
{
    QFETCH(QByteArray, bytes);
    ChunkDecoder decoder;
    decode(decoder, bytes);
    QVERIFY(decoder.hasFailed());
    QVERIFY(!decoder.isDone());
}

void TestChunkDecoder::framer_length_endsAtTheLength()
{
    RequestHead head;
    head.contentLength = 5;
    BodyFramer framer(head);
    QByteArrayView input("helloGET");
    QVERIFY(!framer.isDone());
    QCOMPARE(framer.next(input), QByteArrayView("hello"));
    QVERIFY(framer.isDone());
    QCOMPARE(input, QByteArrayView("GET"));
}

QTEST_GUILESS_MAIN(TestChunkDecoder)
#include "tst_chunk_decoder.moc"
