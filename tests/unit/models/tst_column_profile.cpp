// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/column_profile.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace idstore;

namespace {

using Value = std::optional<std::string>;

RowBatch batchOf(const std::vector<Value> &values)
{
    RowBatch batch;
    batch.reset(1);
    for (const Value &value : values) {
        if (value)
            batch.addCell(*value);
        else
            batch.addNull();
        batch.endRow(0);
    }
    return batch;
}

Column described(const ColumnProfile &profile, const QString &name = QStringLiteral("a"))
{
    Columns columns{{.name = name}};
    profile.describe(columns);
    return columns.first();
}

Column profiled(const std::vector<Value> &values, const QString &name = QStringLiteral("a"))
{
    ColumnProfile profile(1);
    profile.observe(batchOf(values));
    return described(profile, name);
}

std::vector<Value> valuesOf(const QByteArray &joined)
{
    std::vector<Value> values;
    const QList<QByteArray> parts = joined.split('|');
    for (const QByteArray &part : parts)
        values.push_back(part == "NULL" ? Value() : Value(part.toStdString()));
    return values;
}

/// "identifier 2 00123": what a note says, but for its message.
QString text(const ColumnNote &note)
{
    return QStringLiteral("%1 %2 %3").arg(note.code).arg(note.count).arg(note.example);
}

} // namespace

class TestColumnProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filled_nullAndEmpty_areNotCounted()
    {
        QCOMPARE(profiled({"x", std::nullopt, "", "y"}).filled, 2);
        QVERIFY(profiled({std::nullopt, ""}).inferred == ColumnType::Text);
    }

    void inference_isLosslessOnly_data()
    {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("notes");
        const auto add = [](const char *values, const char *type, const QStringList &notes = {},
                            const char *name = "a") {
            QTest::addRow("%s: %s", name, values)
                << QByteArray(values) << QString::fromLatin1(name) << QString::fromLatin1(type) << notes;
        };
        // Numbers
        add("1|2|30", "integer");
        add("0|-5|12||NULL", "integer");
        add("123456789012345", "integer");
        add("1|2.5", "number");
        add("12.50|3.00|-0.00", "number");
        add("52.520006599999999|13.4049540000000001", "number");
        add("-0|1", "number");
        add("1|N/A", "text");
        add("1| 2", "text");
        add("1|1.", "text");
        add(".5|1", "text");
        add("1.5e-05|2", "text");
        add("$5|$6", "text");
        add("5%|6%", "text");
        // Identifiers
        add("00123|456", "text", {QStringLiteral("identifier 1 00123")});
        add("007", "text", {QStringLiteral("identifier 1 007")});
        add("00|01|02", "text", {QStringLiteral("identifier 3 00")});
        add("+491711234567|+15551234567", "text", {QStringLiteral("identifier 2 +15551234567")});
        add("+49 30 1234567|(617) 555-0123", "text", {QStringLiteral("identifier 2 (617) 555-0123")});
        add("1234567890123456|1", "text", {QStringLiteral("identifier 1 1234567890123456")});
        add("12345678901234567", "text", {QStringLiteral("identifier 1 12345678901234567")});
        add("1E10|12E5|99", "text", {QStringLiteral("identifier 2 12E5")});
        add("1e5|2e5", "text", {QStringLiteral("identifier 2 1e5")});
        add("DE89370400440532013000|GB29 NWBK 6016 1331 9268 19", "text",
            {QStringLiteral("identifier 2 DE89370400440532013000")});
        add("30-123|00-950", "text", {QStringLiteral("identifier 2 00-950")});
        add("01310-000|20040-002", "text", {QStringLiteral("identifier 2 01310-000")});
        add("SW1A 1AA|12345", "text");
        add("10115|10117", "text", {QStringLiteral("identifier 2 10115")}, "zip");
        add("10115|10117", "integer", {}, "amount");
        add("10115|10117", "text", {QStringLiteral("identifier 2 10115")}, "Postal Code");
        add("1711234567", "text", {QStringLiteral("identifier 1 1711234567")}, "mobilePhone");
        add("17", "integer", {}, "phone_count");
        add("1|2", "integer", {}, "id");
        add("1.9|1.10", "text", {QStringLiteral("identifier 0 ")}, "version");
        add("1.9|1.10", "number");
        add("10.5", "number", {}, "zip");
        // A spreadsheet has been here
        add("1.23E+15|4.9151E+12", "text", {QStringLiteral("spreadsheet_exponent 2 1.23E+15")});
        add("Ada|1.23E+15", "text", {QStringLiteral("spreadsheet_exponent 1 1.23E+15")});
        add("123456|1.23457E+11", "text", {QStringLiteral("spreadsheet_exponent 1 1.23457E+11")});
        add("1.5E+03|2", "text");
        add("2-Mar|A-12", "text", {QStringLiteral("spreadsheet_date 1 2-Mar")});
        add("12-Sep|Mar-02|x", "text", {QStringLiteral("spreadsheet_date 2 12-Sep")});
        add("10-Mai|abc-d", "text");
        add("2138|10001|60601", "text",
            {QStringLiteral("identifier 3 10001"), QStringLiteral("short_postal_code 1 2138")}, "zip");
        add("02138|2139|10001", "text",
            {QStringLiteral("identifier 1 02138"), QStringLiteral("short_postal_code 1 2139")}, "postal_code");
        add("1010|8001", "text", {QStringLiteral("identifier 2 1010")}, "plz");
        // Numbers that other people write differently
        add("1,234.50|12", "text", {QStringLiteral("number_format 1 1,234.50")});
        add("12,5|3,25", "text", {QStringLiteral("number_format 2 12,5")});
        add("1.234.567|5", "text", {QStringLiteral("number_format 1 1.234.567")});
        add("192.168.1.1|10.0.0.1", "text");
        // Booleans
        add("true|false|true", "boolean");
        add("TRUE|TRUE", "boolean");
        add("yes|no", "boolean");
        add("Y|N|Y", "boolean");
        add("NO|DE|SE", "text"); // Norway
        add("NO|NO", "text");
        add("yes|yes", "text");
        add("yes|true", "text");
        add("yes|No", "text");
        add("0|1", "integer");
        // Dates
        add("2024-03-05|1999-12-31||2024-01-31", "date");
        add("2024-03-05|2023-02-29", "text");
        add("5 Mar 2024|17 Oct 2023", "date");
        add("2024-03-05|2024-03-05T10:11:12Z", "timestamp");
        add("2024-03-05 10:11:12|2024-03-31 23:59:59", "timestamp");
        add("2024-03-05 10:11:12|2024-03-05T10:11:12Z", "timestamp",
            {QStringLiteral("mixed_time_zones 1 2024-03-05 10:11:12")});
        add("2024-03-05 25:11:12", "text");
        add("20240305|20240306", "integer");
        add("04/05/2024|01/02/2023", "date", {QStringLiteral("ambiguous_date 2 01/02/2023")});
        add("05.05.2024|06.06.2024", "date");
        add("04/05/2024|13/05/2024", "date");
        add("04/13/2024|13/04/2024|01/01/2024", "text", {QStringLiteral("contradictory_dates 1 04/13/2024")});
        add("05/03/24|2024-03-05", "text", {QStringLiteral("two_digit_year 1 05/03/24")});
        add("05-03-24", "text", {QStringLiteral("two_digit_year 1 05-03-24")});
        add("2024-03-05|soon", "text");
        add("2024-03-05|+49 30 1234567", "text");
        // Text
        add("Ada|Grace", "text");
        add("1|Ada", "text");
    }
    void inference_isLosslessOnly()
    {
        QFETCH(QByteArray, values);
        QFETCH(QString, name);
        QFETCH(QString, type);
        QFETCH(QStringList, notes);
        const Column column = profiled(valuesOf(values), name);
        QCOMPARE(toString(column.inferred), type);
        QVERIFY(column.type == column.inferred);
        QStringList found;
        for (const ColumnNote &note : column.notes)
            found.append(text(note));
        QCOMPARE(found, notes);
    }

    void dateOrder_isDecidedByAnyValue()
    {
        QVERIFY(profiled({"04/05/2024", "13/05/2024"}).dateOrder == DateOrder::DayFirst);
        QVERIFY(profiled({"04/05/2024", "05/13/2024"}).dateOrder == DateOrder::MonthFirst);
        QVERIFY(profiled({"04/05/2024", "2024-05-13"}).dateOrder == DateOrder::Unknown);
        QVERIFY(profiled({"04/05/2024 10:00", "13/05/2024"}).inferredOrder == DateOrder::DayFirst);
    }

    void chosenType_valuesItCannotRead_areCounted()
    {
        const Columns chosen{{.name = QStringLiteral("a"), .type = ColumnType::Integer, .chosen = true}};
        ColumnProfile profile(chosen);
        profile.observe(batchOf({"12", "N/A", "007", "", std::nullopt, "1.5"}));
        Columns columns = chosen;
        profile.describe(columns);
        QVERIFY(columns[0].type == ColumnType::Integer);
        QVERIFY(columns[0].inferred == ColumnType::Text);
        QCOMPARE(columns[0].notes.size(), 1);
        QCOMPARE(text(columns[0].notes[0]), QStringLiteral("unreadable_values 2 1.5"));
    }

    void chosenDates_amongOtherValues_stillDecideTheirOrder()
    {
        const Columns chosen{{.name = QStringLiteral("a"), .type = ColumnType::Date, .chosen = true}};
        ColumnProfile profile(chosen);
        profile.observe(batchOf({"N/A", "04/05/2024", "13/05/2024"}));
        Columns columns = chosen;
        profile.describe(columns);
        QVERIFY(columns[0].dateOrder == DateOrder::DayFirst);
        QCOMPARE(text(columns[0].notes[0]), QStringLiteral("unreadable_values 1 N/A"));

        ColumnProfile open(chosen);
        open.observe(batchOf({"N/A", "04/05/2024"}));
        columns = chosen;
        open.describe(columns);
        QVERIFY(columns[0].dateOrder == DateOrder::Unknown);
        QCOMPARE(text(columns[0].notes[0]), QStringLiteral("ambiguous_date 1 04/05/2024"));
    }

    void example_isShortAndWhole()
    {
        const std::string digits(200, '7');
        QCOMPARE(profiled({digits}).notes.value(0).example.size(), 80);
    }

    /// Whatever the order of the values and however they are dealt out to profiles, they say the same.
    void profilesOfParts_merged_areTheProfileOfTheWhole()
    {
        const std::vector<std::vector<const char *>> pools{
            {"1", "23", "456", "7890", "12345", "-5", "0", "123456789012345"},
            {"00123", "456", "02138", "12345-6789", "+49 30 1234567", "1234567890123456", "1E10", "1.23E+15", "77777"},
            {"2024-03-05", "2024-02-29", "04/05/2024", "13/04/2024", "2024-03-05T10:11:12Z", "2024-03-05 10:11:12",
             "05/03/24", "04/13/2024"},
            {"12.5", "3", "-0.25", "123456.789", "1,5", "1.234.567", "0.1"},
            {"true", "false", "TRUE", "yes", "no", "N", "Y"},
            {"05-03-2024", "+49 30 1234567", "30-123", "2024-03-05", "20240305", "2-Mar", "12345"},
            {"Ada", "2-Mar", "1.23E+15", "", "17", "Z\u00fcrich"}};
        std::mt19937 random(20240305); // NOLINT: the same every time
        const auto below = [&](std::size_t limit) { return random() % limit; };
        for (int round = 0; round < 4000; ++round) {
            const auto &pool = pools[below(pools.size())];
            std::vector<Value> values;
            for (std::size_t i = below(9) + 1; i > 0; --i)
                values.push_back(below(12) == 0 ? Value() : Value(pool[below(pool.size())]));
            const QString name = below(2) == 0 ? QStringLiteral("zip") : QStringLiteral("a");
            Columns choice{{.name = name}};
            if (below(3) == 0)
                choice[0] = {.name = name, .type = static_cast<ColumnType>(below(6)), .chosen = true};

            ColumnProfile whole(choice);
            whole.observe(batchOf(values));
            std::ranges::shuffle(values, random);
            std::vector<ColumnProfile> parts(3, ColumnProfile(choice));
            for (const Value &value : values)
                parts[below(parts.size())].observe(batchOf({value}));
            std::ranges::shuffle(parts, random);
            parts[1].merge(parts[2]);
            parts[0].merge(parts[1]);

            Columns expected = choice;
            whole.describe(expected);
            Columns actual = choice;
            parts[0].describe(actual);
            if (actual != expected) {
                QStringList shown;
                for (const Value &value : values)
                    shown.append(QString::fromStdString(value.value_or("NULL")));
                QFAIL(qPrintable(shown.join(u'|')));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestColumnProfile)
#include "tst_column_profile.moc"
