// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/multipart_parser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace idstore;

namespace {

struct Part
{
    QByteArray name;
    QByteArray data;
    bool ended = false;

    bool operator==(const Part &) const = default;
};

class Collector final : public MultipartParser::Sink
{
public:
    QList<Part> parts;

    void partBegins(const HeaderParameters &disposition) override
    {
        parts.append(Part{disposition.parameters.value("name"), {}, false});
    }
    void partData(QByteArrayView data) override { parts.last().data.append(data); }
    void partEnds() override { parts.last().ended = true; }
};

QByteArray part(const QByteArray &name, const QByteArray &data)
{
    return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: text/plain\r\n\r\n" + data +
           "\r\n";
}

/// Data that looks like the boundary "B" in every way that is not one.
const QByteArray lookAlikes =
    "\r\n--C\r\n--\r\n--Bx\r\n--B-x\r\n--B--x\r\n--B x\r\n--B\r\r\n--B\n --B\r\n\r\n-\r\n--\r";

} // namespace

class TestMultipartParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void form_wellFormed_isTakenApart();
    void form_splitAtEveryByte_isReadAlike();
    void form_byteByByte_isReadAlike();
    void form_randomPieces_isReadAlike();
    void form_preambleAndEpilogue_arePassedOver();
    void form_closedWithoutLineEnd_isWhole();
    void form_cutShort_isMalformed();
    void form_malformed_fails_data();
    void form_malformed_fails();
    void form_manyParts_isRefused();
};

void TestMultipartParser::form_wellFormed_isTakenApart()
{
    Collector form;
    MultipartParser parser("B", form);
    const QByteArray bytes =
        part("name", "People") + part("empty", "") + "--B  \r\n" + part("file", "a,b\r\n").sliced(5) + "--B--\r\n";
    QVERIFY(parser.feed(bytes));
    QVERIFY(parser.finish());
    QCOMPARE(form.parts, (QList<Part>{{"name", "People", true}, {"empty", "", true}, {"file", "a,b\r\n", true}}));
}

void TestMultipartParser::form_splitAtEveryByte_isReadAlike()
{
    const QByteArray bytes = part("file", lookAlikes) + part("name", "x") + "--B--\r\n";
    for (qsizetype split = 1; split < bytes.size(); ++split) {
        Collector form;
        MultipartParser parser("B", form);
        QVERIFY(parser.feed(bytes.first(split)));
        QVERIFY(parser.feed(bytes.sliced(split)));
        QVERIFY(parser.finish());
        QCOMPARE(form.parts, (QList<Part>{{"file", lookAlikes, true}, {"name", "x", true}}));
    }
}

void TestMultipartParser::form_byteByByte_isReadAlike()
{
    const QByteArray bytes = part("file", lookAlikes) + "--B--";
    Collector form;
    MultipartParser parser("B", form);
    for (const char byte : bytes)
        QVERIFY(parser.feed(QByteArrayView(&byte, 1)));
    QVERIFY(parser.finish());
    QCOMPARE(form.parts, (QList<Part>{{"file", lookAlikes, true}}));
}

void TestMultipartParser::form_randomPieces_isReadAlike()
{
    QRandomGenerator random(20260413);
    const QByteArray letters = "\r\n-Bx ";
    for (int round = 0; round < 300; ++round) {
        QByteArray data;
        for (int i = 0; i < 200; ++i)
            data += letters[random.bounded(letters.size())];
        // A real boundary would end the part: keep lines from being one.
        data.replace("\r\n--B", "\r\n-*B");
        const QByteArray bytes = part("file", data) + "--B--\r\n";
        Collector form;
        MultipartParser parser("B", form);
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype size = std::min<qsizetype>(1 + random.bounded(9), bytes.size() - at);
            QVERIFY(parser.feed(QByteArrayView(bytes).sliced(at, size)));
            at += size;
        }
        QVERIFY(parser.finish());
        QCOMPARE(form.parts, (QList<Part>{{"file", data, true}}));
    }
}

void TestMultipartParser::form_preambleAndEpilogue_arePassedOver()
{
    Collector form;
    MultipartParser parser("B", form);
    const QByteArray bytes = "preamble --B\r\n" + part("a", "1") + "--B--\r\nepilogue\r\n" + part("b", "2");
    QVERIFY(parser.feed(bytes));
    QVERIFY(parser.finish());
    QCOMPARE(form.parts, (QList<Part>{{"a", "1", true}}));
}

void TestMultipartParser::form_closedWithoutLineEnd_isWhole()
{
    Collector form;
    MultipartParser parser("B", form);
    QVERIFY(parser.feed("--B--"));
    QVERIFY(parser.finish());
    QVERIFY(form.parts.isEmpty());
}

void TestMultipartParser::form_cutShort_isMalformed()
{
    const QByteArray bytes = part("file", "data") + "--B--";
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        Collector form;
        MultipartParser parser("B", form);
        QVERIFY(parser.feed(bytes.first(length)));
        QVERIFY(!parser.finish());
        QVERIFY(!parser.error().isEmpty());
        for (const Part &each : std::as_const(form.parts))
            QVERIFY(!each.ended);
    }
}

void TestMultipartParser::form_malformed_fails_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no headers") << QByteArray("--B\r\n\r\ndata\r\n--B--");
    QTest::newRow("no disposition") << QByteArray("--B\r\nContent-Type: text/plain\r\n\r\ndata\r\n--B--");
    QTest::newRow("other disposition") << QByteArray("--B\r\nContent-Disposition: attachment; name=a\r\n\r\n");
    QTest::newRow("no name") << QByteArray("--B\r\nContent-Disposition: form-data; filename=a\r\n\r\n");
    QTest::newRow("unclosed quote") << QByteArray("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n");
    QTest::newRow("two dispositions") << QByteArray("--B\r\nContent-Disposition: form-data; name=a\r\n"
                                                    "Content-Disposition: form-data; name=b\r\n\r\n");
    QTest::newRow("endless headers") << QByteArray("--B\r\nX: " + QByteArray(MultipartParser::maxHeaderBytes, 'a'));
}

void TestMultipartParser::form_malformed_fails()
{
    QFETCH(QByteArray, bytes);
    Collector form;
    MultipartParser parser("B", form);
    QVERIFY(!parser.feed(bytes));
    QVERIFY(!parser.error().isEmpty());
    QVERIFY(!parser.feed("more"));
    QVERIFY(!parser.finish());
}

void TestMultipartParser::form_manyParts_isRefused()
{
    Collector form;
    MultipartParser parser("B", form);
    for (int i = 0; i < MultipartParser::maxParts; ++i)
        QVERIFY(parser.feed(part("a", "b")));
    QVERIFY(!parser.feed(part("a", "b")));
    QCOMPARE(form.parts.size(), MultipartParser::maxParts);
}

QTEST_GUILESS_MAIN(TestMultipartParser)
#include "tst_multipart_parser.moc"
