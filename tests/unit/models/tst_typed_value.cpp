// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/typed_value.h"

#include <QTest>

#include <vector>

using namespace idstore;

namespace {

std::string keyOf(std::string_view text, ColumnType type, DateOrder order = DateOrder::Unknown)
{
    std::string key;
    return appendSortKey(key, text, type, order) ? key : std::string("unreadable");
}

QByteArray json(const QByteArray &text, ColumnType type, DateOrder order = DateOrder::Unknown)
{
    std::string out;
    const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
    return appendTypedJson(out, view, type, order) ? QByteArray::fromStdString(out) : QByteArray("text");
}

QString isoDate(DayNumber day)
{
    const CivilDate date = civilDate(day);
    return QStringLiteral("%1-%2-%3")
        .arg(date.year, 4, 10, QLatin1Char('0'))
        .arg(date.month, 2, 10, QLatin1Char('0'))
        .arg(date.day, 2, 10, QLatin1Char('0'));
}

} // namespace

class TestTypedValue : public QObject
{
    Q_OBJECT

    static void verifyAscending(const std::vector<std::string> &texts, ColumnType type)
    {
        for (std::size_t i = 1; i < texts.size(); ++i) {
            QVERIFY2(keyOf(texts[i - 1], type) < keyOf(texts[i], type),
                     (texts[i - 1] + " must come before " + texts[i]).c_str());
        }
    }

private Q_SLOTS:
    void readDate_commonForms_areRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("dayFirst");
        QTest::addColumn<QString>("monthFirst");
        QTest::addColumn<QString>("unknown");
        const auto add = [](const char *text, const char *dayFirst, const char *monthFirst, const char *unknown) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(dayFirst) << QString::fromLatin1(monthFirst)
                                << QString::fromLatin1(unknown);
        };
        const auto plain = [&](const char *text, const char *date) { add(text, date, date, date); };
        const auto none = [&](const char *text) { add(text, "", "", ""); };
        plain("2024-03-05", "2024-03-05");
        plain("2024/3/5", "2024-03-05");
        plain("2024.03.05", "2024-03-05");
        plain("20240305", "2024-03-05");
        plain("5 Mar 2024", "2024-03-05");
        plain("05-MAR-2024", "2024-03-05");
        plain("5. march 2024", "2024-03-05");
        plain("5/Mar/2024", "2024-03-05");
        plain("March 5, 2024", "2024-03-05");
        plain("Sept 30 2024", "2024-09-30");
        plain("Tue, 05 Mar 2024", "2024-03-05");
        plain("2024-Mar-05", "2024-03-05");
        plain(" 2024-03-05\t", "2024-03-05");
        plain("0001-01-01", "0001-01-01");
        plain("9999-12-31", "9999-12-31");
        plain("2024-02-29", "2024-02-29");
        add("05.03.2024", "2024-03-05", "2024-05-03", "");
        add("5/3/2024", "2024-03-05", "2024-05-03", "");
        add("5. 3. 2024", "2024-03-05", "2024-05-03", "");
        add("5-5-2024", "2024-05-05", "2024-05-05", "2024-05-05");
        add("13/04/2024", "2024-04-13", "", "2024-04-13");
        add("04/13/2024", "", "2024-04-13", "2024-04-13");
        none("05/03/24"); // which century?
        none("5 Mar 24");
        none("2-Mar");
        none("2024-02-30");
        none("2023-02-29");
        none("1900-02-29");
        none("2024-13-01");
        none("0000-01-01");
        none("2024-3");
        none("2024-03/05");
        none("05.03-2024");
        none("5 Mai 2024"); // other languages than English
        none("2024-03-05 10:00"); // a timestamp
        none("32/01/2024");
        none("Monday");
        none("May");
        none("march");
        none("");
        none("12345");
        none("99999999");
        none("2024-03-05x");
    }
    void readDate_commonForms_areRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, dayFirst);
        QFETCH(QString, monthFirst);
        QFETCH(QString, unknown);
        const auto read = [&](DateOrder order) {
            const auto day = readDate({text.constData(), static_cast<std::size_t>(text.size())}, order);
            return day ? isoDate(*day) : QString();
        };
        QCOMPARE(read(DateOrder::DayFirst), dayFirst);
        QCOMPARE(read(DateOrder::MonthFirst), monthFirst);
        QCOMPARE(read(DateOrder::Unknown), unknown);
    }

    void readDate_everyDay_comesBack()
    {
        // 1600 to 2400: leap years of every kind, on both sides of 1970.
        for (DayNumber day = -135'140; day < 157'054; ++day) {
            const CivilDate date = civilDate(day);
            char text[16];
            std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
            QCOMPARE(readDate(text, DateOrder::Unknown), std::optional(day));
        }
    }

    void readTimestamp_commonForms_areRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds"); // -1: unreadable
        QTest::addColumn<int>("nanoseconds");
        constexpr qint64 ten = 1709633472; // 2024-03-05T10:11:12Z
        const auto add = [](const char *text, qint64 seconds, int nanoseconds = 0) {
            QTest::newRow(text) << QByteArray(text) << seconds << nanoseconds;
        };
        add("2024-03-05T10:11:12Z", ten);
        add("2024-03-05t10:11:12z", ten);
        add("2024-03-05 10:11:12", ten);
        add("2024-03-05  10:11:12 UTC", ten);
        add("2024-03-05T12:11:12+02:00", ten);
        add("2024-03-05T12:11:12+0200", ten);
        add("2024-03-05 12:11:12+02", ten);
        add("2024-03-05T04:41:12-05:30", ten);
        add("2024-03-05T10:11:12.5Z", ten, 500'000'000);
        add("2024-03-05T10:11:12,123456789", ten, 123'456'789);
        add("5 Mar 2024 10:11:12 GMT", ten);
        add("Tue, 05 Mar 2024 10:11:12 +0000", ten);
        add("March 5, 2024 10:11:12 AM", ten);
        add("2024-03-05 10:11", ten - 12);
        add("20240305T101112Z", ten);
        add("2024-03-05, 10:11:12 am", ten);
        add("2024-03-05 12:11:12 AM", ten - 10 * 3600);
        add("2024-03-05 12:11:12 PM", ten + 2 * 3600);
        add("2024-03-05 9:05", ten - 3600 - 6 * 60 - 12);
        add("2024-03-05", ten - 36'672);
        add("1969-12-31T23:59:59Z", -1 - 1); // two before the marker below
        add("2024-03-05T24:00:00", -1);
        add("2024-03-05T10:60:00", -1);
        add("2024-03-05T10:11:60", -1);
        add("2024-03-05T10", -1);
        add("2024-03-05T10:11:12.", -1);
        add("2024-03-05T10:11:12.1234567890", -1);
        add("2024-03-05T10:11:12+16:00", -1);
        add("2024-03-05T10:11:12 CET", -1);
        add("2024-03-05 13:00 PM", -1);
        add("2024-03-05 0:10 AM", -1);
        add("03/04/2024 10:11:12", -1);
        add("05/03/24 10:11:12", -1);
        add("10:11:12", -1);
        add("1709633472", -1);
    }
    void readTimestamp_commonForms_areRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, seconds);
        QFETCH(int, nanoseconds);
        const auto value = readTimestamp({text.constData(), static_cast<std::size_t>(text.size())}, DateOrder::Unknown);
        if (seconds == -1) {
            QVERIFY(!value);
            return;
        }
        QVERIFY(value.has_value());
        QCOMPARE(value->seconds, seconds == -2 ? -1 : seconds);
        QCOMPARE(value->nanoseconds, nanoseconds);
    }

    void readBoolean_wordsOnly()
    {
        for (const char *word : {"true", "TRUE", "Yes", "y", "T", "on", "1", " true "})
            QCOMPARE(readBoolean(word), std::optional(true));
        for (const char *word : {"false", "No", "n", "F", "OFF", "0"})
            QCOMPARE(readBoolean(word), std::optional(false));
        for (const char *word : {"", "2", "ja", "truee", "nope", "01", "tru"})
            QCOMPARE(readBoolean(word), std::nullopt);
    }

    void isReadable_numbers_needNoGuess()
    {
        for (const char *text : {"0", "-5", "+5", "007", "123456789012345678901234567890", " 12 "})
            QVERIFY2(isReadable(text, ColumnType::Integer, {}), text);
        for (const char *text : {"1.0", "1,000", "1e3", "", "-", "+", "0x10", "1 000", "12a", "\u0661"})
            QVERIFY2(!isReadable(text, ColumnType::Integer, {}), text);
        for (const char *text : {"1.5", ".5", "5.", "-0.0", "1E+15", "1e-3", "12"})
            QVERIFY2(isReadable(text, ColumnType::Number, {}), text);
        for (const char *text : {"1,5", "1.234,5", "1.2.3", ".", "1e", "1e99999", "$5", "5 %", "NaN", "inf", "N/A"})
            QVERIFY2(!isReadable(text, ColumnType::Number, {}), text);
    }

    void sortKeys_numbers_orderByValue()
    {
        const std::vector<std::string> ascending{"-100000000000000000000",
                                                 "-9007199254740993",
                                                 "-9007199254740992",
                                                 "-10.5",
                                                 "-10.05",
                                                 "-10",
                                                 "-9.99",
                                                 "-1.5E0",
                                                 "-1",
                                                 "-0.5",
                                                 "-0.05",
                                                 "-1e-9999",
                                                 "0",
                                                 "1e-9999",
                                                 "0.0001",
                                                 "0.00010001",
                                                 "0.5",
                                                 "1",
                                                 "1.00000000000000000000000001",
                                                 "1.5",
                                                 "2",
                                                 "9",
                                                 "10",
                                                 "10.05",
                                                 "10.5",
                                                 "99",
                                                 "100",
                                                 "101",
                                                 "9007199254740992",
                                                 "9007199254740993",
                                                 "123456789012345678901234567890",
                                                 "1e9999"};
        verifyAscending(ascending, ColumnType::Number);
    }

    void sortKeys_equalNumbers_areTheSame()
    {
        for (const char *text : {"10", "10.0", "+10", "010", "1e1", "100E-1", " 10"})
            QCOMPARE(keyOf(text, ColumnType::Number), keyOf("10", ColumnType::Number));
        QCOMPARE(keyOf("-0", ColumnType::Integer), keyOf("0", ColumnType::Integer));
        QCOMPARE(keyOf("-0.00", ColumnType::Number), keyOf("0", ColumnType::Number));
    }

    void sortKeys_times_orderByMoment()
    {
        verifyAscending({"0001-01-01", "1969-12-31", "1970-01-01", "2024-03-05", "9999-12-31"}, ColumnType::Date);
        verifyAscending({"1969-12-31T23:59:59.999Z", "1970-01-01", "2024-03-05T10:11:12+02:00", "2024-03-05 10:11:11",
                         "2024-03-05 10:11:12", "2024-03-05T10:11:12.000000001Z", "2024-03-05T10:11:12.5Z",
                         "2024-03-05T10:11:13Z", "6 Mar 2024"},
                        ColumnType::Timestamp);
        QCOMPARE(keyOf("2024-03-05T10:11:12Z", ColumnType::Timestamp),
                 keyOf("2024-03-05T12:11:12+02:00", ColumnType::Timestamp));
        QVERIFY(keyOf("no", ColumnType::Boolean) < keyOf("Yes", ColumnType::Boolean));
    }

    void sortKeys_texts_orderAsPeopleRead()
    {
        verifyAscending({"",        " a",  "1",     "10",   "9",      "a",     "A",     "Å",
                         "ab",      "Äb",  "ab c",  "abc",  "Oberg",  "Öberg", "Oberh", "Straße",
                         "Stratus", "Zoë", "Ελένη", "Иван", "иванов", "山"},
                        ColumnType::Text);
    }

    void sortKeys_longTexts_areBounded()
    {
        const std::string text(10'000, 'Q');
        QCOMPARE(keyOf(text, ColumnType::Text).size(), maxSortKeyBytes);
        QVERIFY(keyOf(std::string(10'000, '1'), ColumnType::Integer).size() <= maxSortKeyBytes);
    }

    void typedJson_onlyWithoutLoss()
    {
        using enum ColumnType;
        QCOMPARE(json("42", Integer), "42");
        QCOMPARE(json("-7", Integer), "-7");
        QCOMPARE(json("123456789012345", Integer), "123456789012345");
        for (const char *text : {"007", "+5", "1234567890123456", "1.0", " 5", "5 ", "", "-", "x"})
            QCOMPARE(json(text, Integer), "text");
        QCOMPARE(json("12.50", Number), "12.50");
        QCOMPARE(json("0.001", Number), "0.001");
        QCOMPARE(json("-0.5", Number), "-0.5");
        QCOMPARE(json("1.5E3", Number), "1.5E3");
        for (const char *text : {".5", "5.", "00.5", "1e400", "0.1234567890123456", "1,5", "+1.5"})
            QCOMPARE(json(text, Number), "text");
        QCOMPARE(json("Yes", Boolean), "true");
        QCOMPARE(json("0", Boolean), "false");
        QCOMPARE(json("maybe", Boolean), "text");
        QCOMPARE(json("5 Mar 2024", Date), "\"2024-03-05\"");
        QCOMPARE(json("05/03/2024", Date), "text");
        QCOMPARE(json("05/03/2024", Date, DateOrder::DayFirst), "\"2024-03-05\"");
        QCOMPARE(json("2024-03-05 10:11", Timestamp), "\"2024-03-05T10:11:00\"");
        QCOMPARE(json("2024-03-05T10:11:12.120Z", Timestamp), "\"2024-03-05T10:11:12.12Z\"");
        QCOMPARE(json("2024-03-05 23:30:00-05", Timestamp), "\"2024-03-05T23:30:00-05:00\"");
        QCOMPARE(json("1960-03-05 01:30:00+05:30", Timestamp), "\"1960-03-05T01:30:00+05:30\"");
        QCOMPARE(json("1960-03-05", Timestamp), "\"1960-03-05\"");
        QCOMPARE(json("x", Text), "text");
    }
};

QTEST_APPLESS_MAIN(TestTypedValue)
#include "tst_typed_value.moc"
