// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/encoding_detector.h"
#include "connectors/files/text_decoder.h"
#include "connectors/files/utf8.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

class TestTextEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encoding_ofSample_isFound();
    void names_areUnderstood();
    void windows1252_everyByte_isText();
    void utf16_brokenPairs_areUndecodable();
    void utf32_brokenCharacters_areUndecodable();
    void utf8_malformedForms_areNotValid();
    void display_ofLongText_isCut();
};

void TestTextEncoding::encoding_ofSample_isFound()
{
    const auto found = [](std::string_view sample) { return detectEncoding(sample).encoding; };
    QVERIFY(detectEncoding("plain").open);
    QVERIFY(found("Z\xC3\xBCrich") == TextEncoding::Utf8);
    QVERIFY(!detectEncoding("Z\xC3\xBCrich").open);
    QVERIFY(found("Z\xC3\xBCrich, cut in \xE6\x9D") == TextEncoding::Utf8);
    QVERIFY(found("Z\xFCrich") == TextEncoding::Windows1252);
    QVERIFY(found("\xC3\xA4 \xC3\xB6 \xC3\xBC and one \xFF") == TextEncoding::Utf8);
    QCOMPARE(detectEncoding("\xEF\xBB\xBF"
                            "a")
                 .bomLength,
             3);
    QVERIFY(found("\xFF\xFE"
                  "a\0"sv) == TextEncoding::Utf16LittleEndian);
    QVERIFY(found("\xFE\xFF\0a"sv) == TextEncoding::Utf16BigEndian);
    QVERIFY(found("a\0,\0b\0\n\0"sv) == TextEncoding::Utf16LittleEndian);
    QVERIFY(found("\0a\0,\0b\0\n"sv) == TextEncoding::Utf16BigEndian);
    QVERIFY(found("\xFF\xFE\0\0a\0\0\0"sv) == TextEncoding::Utf32LittleEndian);
    QVERIFY(found("\0\0\xFE\xFF\0\0\0a"sv) == TextEncoding::Utf32BigEndian);
    QVERIFY(found("a\0\0\0,\0\0\0b\0\0\0"sv) == TextEncoding::Utf32LittleEndian);
    QVERIFY(found("\0\0\0a\0\0\0,\0\0\0b"sv) == TextEncoding::Utf32BigEndian);
    QVERIFY(found("a,b\nx\0y,2\nz\0,3\n"sv) == TextEncoding::Utf8);
}

void TestTextEncoding::names_areUnderstood()
{
    QVERIFY(textEncodingFromString(u"UTF-8") == TextEncoding::Utf8);
    QVERIFY(textEncodingFromString(u"ISO-8859-1") == TextEncoding::Windows1252);
    QVERIFY(textEncodingFromString(u"utf16_le") == TextEncoding::Utf16LittleEndian);
    QVERIFY(!textEncodingFromString(u"klingon"));
    for (const auto encoding :
         {TextEncoding::Utf8, TextEncoding::Utf16LittleEndian, TextEncoding::Utf16BigEndian,
          TextEncoding::Utf32LittleEndian, TextEncoding::Utf32BigEndian, TextEncoding::Windows1252})
        QVERIFY(textEncodingFromString(toString(encoding)) == encoding);
}

void TestTextEncoding::windows1252_everyByte_isText()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes.push_back(static_cast<char>(byte));
    TextDecoder decoder(TextEncoding::Windows1252);
    std::string text;
    decoder.decode(bytes, text);
    decoder.finish(text);
    QVERIFY(utf8::isValid(text));
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QCOMPARE(shown.size(), 256);
    QCOMPARE(shown[0x80], u'€');
    QCOMPARE(shown[0x81], QChar(0x81));
    QCOMPARE(shown[0xE9], u'é');
}

void TestTextEncoding::utf16_brokenPairs_areUndecodable()
{
    TextDecoder decoder(TextEncoding::Utf16BigEndian);
    std::string text;
    decoder.decode("\xD8\x3D\xDE\x00\xDC\x01\xD8\x02\0x\xD8\x03\x04"sv, text);
    decoder.finish(text);
    QVERIFY(!utf8::isValid(text));
    QCOMPARE(utf8::display(text, 100, utf8::Undecodable::Wrapped), u"\U0001F600\\xDC\\x01\\xD8\\x02x\\xD8\\x03\\x04"_s);
}

void TestTextEncoding::utf32_brokenCharacters_areUndecodable()
{
    TextDecoder decoder(TextEncoding::Utf32BigEndian);
    std::string text;
    decoder.decode("\0\1\xF6"sv, text);
    decoder.decode("\0\0\0\xD8\1\0\0\0x\0\x11\0\0\0\0"sv, text);
    decoder.finish(text);
    QVERIFY(!utf8::isValid(text));
    QCOMPARE(utf8::display(text, 100, utf8::Undecodable::Wrapped),
             u"\U0001F600\\x00\\x00\\xD8\\x01x\\x00\\x11\\x00\\x00\\x00\\x00"_s);
}

void TestTextEncoding::utf8_malformedForms_areNotValid()
{
    QVERIFY(utf8::isValid("aä€😀"));
    QVERIFY(utf8::isValid("\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80"));
    for (const auto broken :
         {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
          "\xF4\x90\x80\x80"sv, "\xF8\x88\x80\x80\x80"sv, "\xC3"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv, "\xFF"sv}) {
        QVERIFY(!utf8::isValid(broken));
        QVERIFY(!utf8::isValid("sixteen ordinary letters " + std::string(broken) + " and more"));
    }
}

void TestTextEncoding::display_ofLongText_isCut()
{
    QCOMPARE(utf8::display("abcdef", 6, utf8::Undecodable::AsIs), u"abcdef"_s);
    QCOMPARE(utf8::display("abcdefg", 6, utf8::Undecodable::AsIs), u"abcde…"_s);
    QCOMPARE(utf8::display("abcd😀x", 6, utf8::Undecodable::AsIs), u"abcd…"_s);
    QCOMPARE(utf8::display("a\xF8\x80", 100, utf8::Undecodable::AsIs), u"a\\xF8\\x80"_s);
}

QTEST_GUILESS_MAIN(TestTextEncoding)
#include "tst_text_encoding.moc"
