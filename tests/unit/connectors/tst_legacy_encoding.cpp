// SPDX-License-Identifier: GPL-3.0-or-later
#include "csv_fixture.h"

#include "connectors/files/legacy_encoding.h"
#include "connectors/files/text_decoder.h"
#include "connectors/files/utf8.h"

#include <QTest>

#include <iconv.h>

using namespace idstore;
using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

QByteArray encoded(const QString &text, TextEncoding encoding)
{
    const iconv_t converter = iconv_open(legacyEncoding(encoding).converter, "UTF-8");
    QByteArray utf8 = text.toUtf8();
    QByteArray bytes(utf8.size() * 2 + 8, '\0');
    char *from = utf8.data();
    char *to = bytes.data();
    auto left = static_cast<std::size_t>(utf8.size());
    auto room = static_cast<std::size_t>(bytes.size());
    const bool done = iconv(converter, &from, &left, &to, &room) != std::size_t(-1) &&
                      iconv(converter, nullptr, nullptr, &to, &room) != std::size_t(-1);
    iconv_close(converter);
    if (!done)
        qFatal("the test's text cannot be written in %s", legacyEncoding(encoding).name);
    return bytes.first(to - bytes.data());
}

/// A table with a header in ASCII, these names, and numbers.
QString table(const QString &names)
{
    QString text = u"id;name;city;amount\r\n"_s;
    int number = 1000;
    const QStringList all = names.split(u' ');
    for (const QString &name : all) {
        text += QString::number(number) + u';' + name + u';' + all[number % all.size()] + u';' +
                QString::number(number * 0.25) + u"\r\n"_s;
        ++number;
    }
    return text;
}

const QString polish =
    u"Małgorzata Łukasz Świętosława Żółkowski Dąbrowska Wójcik Kraków Łódź Gdańsk Poznań Wrocław Częstochowa Rzeszów "
    u"Białystok Toruń Święciński Grażyna Michał Paweł Stanisław Zieliński Szymański Woźniak Kozłowski Jabłoński Król"_s;
const QString japanese = u"田中太郎 佐藤花子 東京都 大阪市 カタカナ ひらがな 株式会社 表示 鈴木一郎 横浜市"_s;
const QString korean = u"김민준 이서연 박지훈 서울특별시 부산광역시 대한민국 주식회사 최수빈 정하은 인천"_s;
const QString chinese = u"张伟 王芳 李娜 刘洋 北京市 上海市 广州市 有限公司 陈静 杨敏 深圳"_s;
const QString traditional = u"陳怡君 林志明 黃淑芬 臺北市 高雄市 臺中市 股份有限公司 張雅婷 李建宏 王美玲 電話 號碼"_s;
const QString russian = u"Иван Ольга Екатерина Москва Санкт-Петербург Новосибирск Александр Дмитрий Петрова Сидоров "
                        u"Казань улица Ленина телефон"_s;
const QString greek = u"Γιώργος Ελένη Αθήνα Θεσσαλονίκη Παπαδόπουλος Ιωάννης Μαρία Πάτρα Δημήτρης Κωνσταντίνος"_s;
const QString hebrew = u"ירושלים משה שרה תל-אביב דוד רחל חיפה כהן לוי מזרחי פרץ שלום"_s;
const QString arabic = u"محمد فاطمة القاهرة الرياض أحمد خديجة دبي السعودية المغرب الجزائر عبدالله"_s;
const QString western = u"Müller José Zoë Åsa Çelik François Málaga Köln Besançon Århus Núñez Größe Señor Café"_s;

} // namespace

class TestLegacyEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_ofEachRegion_isFoundAndRead_data();
    void table_ofEachRegion_isFoundAndRead();
    void western_textOfAnyLength_isWindows1252_data();
    void western_textOfAnyLength_isWindows1252();
    void names_ofEveryEncoding_areUnderstood();
    void decoding_cutAnywhere_isTheSame_data();
    void decoding_cutAnywhere_isTheSame();
    void decoding_brokenBytes_areUndecodable();
    void encoding_thatIsSet_isUsed();
    void encoding_foundLateInTheFile_isUsed();
};

void TestLegacyEncoding::table_ofEachRegion_isFoundAndRead_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<TextEncoding>("encoding");
    const auto row = [](const char *name, const QString &names, TextEncoding encoding) {
        QTest::newRow(name) << names << encoding;
    };
    row("Shift_JIS", japanese, TextEncoding::ShiftJis);
    row("EUC-JP", japanese, TextEncoding::EucJp);
    row("EUC-KR", korean, TextEncoding::EucKr);
    row("gb18030", chinese, TextEncoding::Gb18030);
    row("Big5", traditional, TextEncoding::Big5);
    row("windows-1251", russian, TextEncoding::Windows1251);
    row("KOI8-R", russian, TextEncoding::Koi8R);
    row("IBM866", russian, TextEncoding::Ibm866);
    row("windows-1253", greek, TextEncoding::Windows1253);
    row("windows-1255", hebrew, TextEncoding::Windows1255);
    row("windows-1256", arabic, TextEncoding::Windows1256);
    row("windows-1250", polish, TextEncoding::Windows1250);
    row("ISO-8859-2", polish, TextEncoding::Iso8859Part2);
    row("windows-1252", western, TextEncoding::Windows1252);
}

void TestLegacyEncoding::table_ofEachRegion_isFoundAndRead()
{
    QFETCH(QString, names);
    QFETCH(TextEncoding, encoding);
    const QString text = table(names);
    const QByteArray bytes = encoded(text, encoding);
    QCOMPARE(toString(detectEncoding(std::string_view(bytes.constData(), std::size_t(bytes.size()))).encoding),
             toString(encoding));
    const ReadTable read = readCsv(bytes);
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size(), std::size_t(names.split(u' ').size()));
    QCOMPARE(read.rows[1][1], names.split(u' ')[1].toStdString());
}

void TestLegacyEncoding::western_textOfAnyLength_isWindows1252_data()
{
    QTest::addColumn<QString>("text");
    const QStringList names = western.split(u' ');
    for (const qsizetype count : {1, 2, 3, 5, 8, 14})
        QTest::newRow(QByteArray::number(count).constData()) << table(names.first(count).join(u' '));
    QTest::newRow("capitals") << u"ÄÖÜ;ÄÖÜ\r\n"_s;
    QTest::newRow("a word") << u"Größe\r\n1\r\n"_s;
    QTest::newRow("currency") << u"name;£\r\na;1£\r\nb;2£\r\n"_s;
}

void TestLegacyEncoding::western_textOfAnyLength_isWindows1252()
{
    QFETCH(QString, text);
    const QByteArray bytes = encoded(text, TextEncoding::Windows1252);
    QCOMPARE(toString(detectEncoding(std::string_view(bytes.constData(), std::size_t(bytes.size()))).encoding),
             u"windows-1252"_s);
}

void TestLegacyEncoding::names_ofEveryEncoding_areUnderstood()
{
    for (int i = 0; i <= static_cast<int>(TextEncoding::Big5); ++i) {
        const auto encoding = static_cast<TextEncoding>(i);
        QVERIFY2(textEncodingFromString(toString(encoding)) == encoding, qPrintable(toString(encoding)));
    }
    QVERIFY(textEncodingFromString(u"SJIS") == TextEncoding::ShiftJis);
    QVERIFY(textEncodingFromString(u"cp932") == TextEncoding::ShiftJis);
    QVERIFY(textEncodingFromString(u"GBK") == TextEncoding::Gb18030);
    QVERIFY(textEncodingFromString(u"iso-8859-9") == TextEncoding::Windows1254);
    QVERIFY(textEncodingFromString(u"cp1250") == TextEncoding::Windows1250);
}

void TestLegacyEncoding::decoding_cutAnywhere_isTheSame_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<TextEncoding>("encoding");
    QTest::newRow("Shift_JIS") << japanese << TextEncoding::ShiftJis;
    QTest::newRow("EUC-JP") << japanese << TextEncoding::EucJp;
    QTest::newRow("gb18030") << chinese + u"\U00020000"_s << TextEncoding::Gb18030;
    QTest::newRow("Big5") << traditional << TextEncoding::Big5;
    QTest::newRow("windows-1255") << hebrew << TextEncoding::Windows1255;
}

void TestLegacyEncoding::decoding_cutAnywhere_isTheSame()
{
    QFETCH(QString, names);
    QFETCH(TextEncoding, encoding);
    const QByteArray bytes = encoded(names, encoding);
    for (qsizetype piece = 1; piece <= 5; ++piece) {
        TextDecoder decoder(encoding);
        std::string text;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            const QByteArray part = bytes.mid(at, piece);
            decoder.decode(std::string_view(part.constData(), std::size_t(part.size())), text);
        }
        decoder.finish(text);
        QCOMPARE(QString::fromStdString(text), names);
    }
}

void TestLegacyEncoding::decoding_brokenBytes_areUndecodable()
{
    TextDecoder decoder(TextEncoding::ShiftJis);
    std::string text;
    decoder.decode("a\xFF\x93\xFA,\x93"sv, text);
    decoder.finish(text);
    QVERIFY(!utf8::isValid(text));
    QCOMPARE(utf8::display(text, 100, utf8::Undecodable::Wrapped), u"a\\xFF日,\\x93"_s);
}

void TestLegacyEncoding::encoding_thatIsSet_isUsed()
{
    const QByteArray bytes = encoded(u"name;city\r\nПётр;Тверь\r\n"_s, TextEncoding::Koi8R);
    const ReadTable read = readCsv(bytes, {{u"encoding"_s, u"koi8-r"_s}});
    QCOMPARE(shown(read.rows), u"[Пётр][Тверь]\n"_s.toUtf8());
}

void TestLegacyEncoding::encoding_foundLateInTheFile_isUsed()
{
    QByteArray bytes = "id;name\r\n";
    for (int i = 0; i < 300; ++i)
        bytes += QByteArray::number(i) + ";plain\r\n";
    bytes += encoded(u"7;田中太郎さん\r\n8;東京都大阪市\r\n9;株式会社\r\n"_s, TextEncoding::ShiftJis);
    const ReadTable read = readCsv(bytes, {}, {.blockSize = 512, .rowBytes = 4096, .sampleBytes = 1024});
    QVERIFY(!read.error);
    QCOMPARE(read.rows[300][1], u"田中太郎さん"_s.toStdString());
    QCOMPARE(read.rows[302][1], u"株式会社"_s.toStdString());
}

QTEST_GUILESS_MAIN(TestLegacyEncoding)
#include "tst_legacy_encoding.moc"
