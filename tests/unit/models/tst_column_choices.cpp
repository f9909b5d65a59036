// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/column_choices.h"
#include "models/services/column_notes.h"
#include "models/store/catalog_json.h"

#include <QTest>

using namespace idstore;

namespace {

Column column(ColumnType inferred, DateOrder order = DateOrder::Unknown)
{
    return {.name = QStringLiteral("a"),
            .type = inferred,
            .filled = 10,
            .inferred = inferred,
            .dateOrder = order,
            .inferredOrder = order};
}

QStringList codes(const QList<ColumnNote> &notes)
{
    QStringList list;
    for (const ColumnNote &note : notes)
        list.append(note.code);
    return list;
}

const QString unchecked = QStringLiteral("unchecked_type");

} // namespace

class TestColumnChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choose_typeThatMayNotFit_saysThatNobodyHasLooked()
    {
        Column text = column(ColumnType::Text);
        choose(text, ColumnType::Date, DateOrder::DayFirst);
        QVERIFY(text.chosen && text.type == ColumnType::Date && text.dateOrder == DateOrder::DayFirst);
        QCOMPARE(codes(text.notes), QStringList(unchecked));
        QCOMPARE(text.notes[0].count, 10);
        choose(text, ColumnType::Text, DateOrder::Unknown);
        QCOMPARE(codes(text.notes), QStringList());
    }

    void choose_typeThatSurelyFits_saysNothing()
    {
        Column integers = column(ColumnType::Integer);
        choose(integers, ColumnType::Number, DateOrder::Unknown);
        QCOMPARE(codes(integers.notes), QStringList());
        choose(integers, ColumnType::Boolean, DateOrder::Unknown);
        QCOMPARE(codes(integers.notes), QStringList(unchecked));
        Column dates = column(ColumnType::Date);
        choose(dates, ColumnType::Timestamp, DateOrder::MonthFirst);
        QCOMPARE(codes(dates.notes), QStringList());
        Column decided = column(ColumnType::Date, DateOrder::DayFirst);
        choose(decided, ColumnType::Date, DateOrder::MonthFirst);
        QCOMPARE(codes(decided.notes), QStringList(unchecked));
    }

    void choose_theSameAgain_keepsWhatTheRunFound()
    {
        Column numbers = column(ColumnType::Text);
        choose(numbers, ColumnType::Number, DateOrder::Unknown);
        numbers.notes = {{QStringLiteral("unreadable_values"), 2, QStringLiteral("ask")}};
        choose(numbers, ColumnType::Number, DateOrder::Unknown);
        QCOMPARE(codes(numbers.notes), QStringList(QStringLiteral("unreadable_values")));
        forgetChoice(numbers);
        QCOMPARE(codes(numbers.notes), QStringList());
        QVERIFY(!numbers.chosen && numbers.type == ColumnType::Text);
    }

    void withChoices_goByName()
    {
        Column chosen = column(ColumnType::Text);
        choose(chosen, ColumnType::Date, DateOrder::DayFirst);
        const Columns next = withChoices({{.name = QStringLiteral("b")}, {.name = QStringLiteral("a")}}, {chosen});
        QVERIFY(!next[0].chosen);
        QVERIFY(next[1].chosen && next[1].type == ColumnType::Date && next[1].dateOrder == DateOrder::DayFirst);
    }

    void withLatestChoices_changedDuringTheRun_hold()
    {
        Column described = column(ColumnType::Integer);
        described.chosen = true;
        described.type = ColumnType::Text;
        Column now = column(ColumnType::Integer);
        QVERIFY(withLatestChoices({described}, {now})[0].type == ColumnType::Integer);
        choose(now, ColumnType::Boolean, DateOrder::Unknown);
        const Column latest = withLatestChoices({described}, {now})[0];
        QVERIFY(latest.chosen && latest.type == ColumnType::Boolean);
        QCOMPARE(codes(latest.notes), QStringList(unchecked));
    }

    void catalog_keepsEverything()
    {
        Column all = column(ColumnType::Date, DateOrder::MonthFirst);
        all.generated = true;
        choose(all, ColumnType::Timestamp, DateOrder::DayFirst);
        all.notes.append({QStringLiteral("ambiguous_date"), 5'000'000'000, QStringLiteral("03/04/2024 “é”")});
        const Columns columns{all, column(ColumnType::Text)};
        QCOMPARE(columnsFromCatalogJson(toCatalogJson(columns)), columns);
    }

    void notes_answeredQuestion_isNotShown()
    {
        Column dates = column(ColumnType::Date);
        dates.notes = {{QStringLiteral("ambiguous_date"), 3, QStringLiteral("03/04/2024")}};
        QVERIFY(needsDateOrder(dates));
        choose(dates, ColumnType::Date, DateOrder::DayFirst);
        QVERIFY(!needsDateOrder(dates));
        QCOMPARE(codes(currentNotes(dates)), QStringList());
        forgetChoice(dates);
        QVERIFY(needsDateOrder(dates));
    }

    void noteMessage_everyCode_isASentenceWithItsExample()
    {
        const Column any = column(ColumnType::Date);
        for (const char *code :
             {"identifier", "spreadsheet_exponent", "spreadsheet_date", "short_postal_code", "ambiguous_date",
              "contradictory_dates", "two_digit_year", "mixed_time_zones", "number_format", "unreadable_values"}) {
            const QString message = noteMessage(any, {QLatin1StringView(code), 1234, QStringLiteral("xyz")});
            QVERIFY2(message.contains(QStringLiteral("xyz")) && message.endsWith(u'.'), code);
            QVERIFY2(!message.contains(u'%'), code);
        }
        QVERIFY(noteMessage(any, {unchecked, 7, {}}).contains(u'7'));
    }
};

QTEST_APPLESS_MAIN(TestColumnChoices)
#include "tst_column_choices.moc"
