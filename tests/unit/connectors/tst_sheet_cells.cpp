// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/sheet_address.h"
#include "connectors/cloud/sheet_cells.h"

#include <QTest>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

namespace {

/// A number that the sheet shows as `shown`, a date where `isDate`; asked for the way the connector asks.
std::string textOf(const QJsonValue &stored, const QString &shown, bool isDate)
{
    const bool isPlain = isShownAsNumber(stored, shown);
    if (isDate && isPlain)
        return "taken for a number";
    return sheetCellText(stored, shown,
                         isPlain  ? QJsonValue(QJsonValue::Undefined)
                         : isDate ? QJsonValue(shown)
                                  : stored);
}

} // namespace

class TestSheetCells : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void number_keepsItsDigits_data();
    void number_keepsItsDigits();
    void date_isIsoText_data();
    void date_isIsoText();
    void otherCells_areTheirText();
    void address_idOrLink_isUnderstood_data();
    void address_idOrLink_isUnderstood();
    void range_quotesTheSheet();
};

void TestSheetCells::number_keepsItsDigits_data()
{
    QTest::addColumn<QJsonValue>("stored");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << QJsonValue(7) << u"7"_s << u"7"_s;
    QTest::newRow("largest whole") << QJsonValue(Q_INT64_C(9007199254740993)) << u"9.01E+15"_s << u"9007199254740993"_s;
    QTest::newRow("cut off where it is shown") << QJsonValue(3.14159265) << u"3.14"_s << u"3.14159265"_s;
    QTest::newRow("currency and grouping") << QJsonValue(1234.5) << u"$1,234.50"_s << u"1234.5"_s;
    QTest::newRow("currency behind, comma") << QJsonValue(1234.5) << u"1.234,50 €"_s << u"1234.5"_s;
    QTest::newRow("percent") << QJsonValue(0.25) << u"25%"_s << u"0.25"_s;
    QTest::newRow("negative in brackets") << QJsonValue(-5) << u"(5.00)"_s << u"-5"_s;
    QTest::newRow("zero") << QJsonValue(0) << u"0.00"_s << u"0"_s;
    QTest::newRow("rounded to nothing") << QJsonValue(0.4) << u"0"_s << u"0.4"_s;
    QTest::newRow("large") << QJsonValue(1e20) << u"1E+20"_s << u"100000000000000000000"_s;
    QTest::newRow("postal code") << QJsonValue(123) << u"00123"_s << u"00123"_s;
    QTest::newRow("code in groups") << QJsonValue(12345678) << u"01234-5678"_s << u"01234-5678"_s;
    QTest::newRow("telephone") << QJsonValue(Q_INT64_C(491701234567)) << u"+49 170 1234567"_s << u"+49 170 1234567"_s;
    QTest::newRow("unit") << QJsonValue(12) << u"12 kg"_s << u"12"_s;
}

void TestSheetCells::number_keepsItsDigits()
{
    QFETCH(QJsonValue, stored);
    QFETCH(QString, shown);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(textOf(stored, shown, false)), text);
    // Without knowing how it is shown, the number itself.
    QVERIFY(!sheetCellText(stored, QJsonValue(QJsonValue::Undefined), {}).empty());
}

void TestSheetCells::date_isIsoText_data()
{
    QTest::addColumn<double>("serial");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("text");
    // Day 1 is the last of 1899; there is no 29 February 1900.
    QTest::newRow("day 1") << 1.0 << u"12/31/1899"_s << u"1899-12-31"_s;
    QTest::newRow("day 60") << 60.0 << u"2/28/1900"_s << u"1900-02-28"_s;
    QTest::newRow("day 61") << 61.0 << u"3/1/1900"_s << u"1900-03-01"_s;
    QTest::newRow("before the first day") << -1.0 << u"12/29/1899"_s << u"1899-12-29"_s;
    QTest::newRow("date") << 46024.0 << u"1/2/2026"_s << u"2026-01-02"_s;
    QTest::newRow("date in another language") << 46024.0 << u"2. Januar 2026"_s << u"2026-01-02"_s;
    QTest::newRow("weekday alone") << 46024.0 << u"Friday"_s << u"2026-01-02"_s;
    QTest::newRow("date and time") << 46024.75 << u"1/2/2026 18:00:00"_s << u"2026-01-02T18:00:00"_s;
    QTest::newRow("milliseconds") << 46024.5000058 << u"1/2/2026 12:00:00"_s << u"2026-01-02T12:00:00.501"_s;
    QTest::newRow("midnight") << 46024.0 << u"1/2/2026 0:00:00"_s << u"2026-01-02"_s;
    QTest::newRow("time of day") << 0.5 << u"12:00:00 PM"_s << u"12:00:00"_s;
    QTest::newRow("time of a day not shown") << 46024.75 << u"18:00"_s << u"18:00:00"_s;
    QTest::newRow("duration") << 1.5 << u"36:00:00"_s << u"36:00:00"_s;
    QTest::newRow("negative duration") << -0.25 << u"-6:00:00"_s << u"-06:00:00"_s;
}

void TestSheetCells::date_isIsoText()
{
    QFETCH(double, serial);
    QFETCH(QString, shown);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(textOf(serial, shown, true)), text);
}

void TestSheetCells::otherCells_areTheirText()
{
    const QJsonValue none(QJsonValue::Undefined);
    QCOMPARE(sheetCellText(u"00123"_s, u"00123"_s, none), std::string("00123"));
    QCOMPARE(sheetCellText(u"  spaced "_s, none, none), std::string("  spaced "));
    QCOMPARE(sheetCellText(u"#N/A"_s, none, none), std::string("#N/A"));
    QCOMPARE(sheetCellText(true, none, none), std::string("TRUE"));
    QCOMPARE(sheetCellText(false, none, none), std::string("FALSE"));
    QCOMPARE(sheetCellText(QString(), none, none), std::string());
    QCOMPARE(sheetCellText(QJsonValue(QJsonValue::Null), none, none), std::string());
    QCOMPARE(sheetCellText(none, none, none), std::string());
}

void TestSheetCells::address_idOrLink_isUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("id");
    QTest::addColumn<qint64>("tab"); // -1: none
    QTest::newRow("id") << u"1BxiMVs0XRA5nFMd"_s << u"1BxiMVs0XRA5nFMd"_s << qint64(-1);
    QTest::newRow("id with blanks around") << u" 1Bxi_-s0 \n"_s << u"1Bxi_-s0"_s << qint64(-1);
    QTest::newRow("link") << u"https://docs.google.com/spreadsheets/d/1BxiMVs0/edit"_s << u"1BxiMVs0"_s << qint64(-1);
    QTest::newRow("link to a tab") << u"https://docs.google.com/spreadsheets/d/1BxiMVs0/edit?usp=sharing#gid=42"_s
                                   << u"1BxiMVs0"_s << qint64(42);
    QTest::newRow("tab in the query") << u"https://docs.google.com/spreadsheets/d/1BxiMVs0/edit?gid=0#gid=0"_s
                                      << u"1BxiMVs0"_s << qint64(0);
    QTest::newRow("several accounts") << u"docs.google.com/spreadsheets/u/1/d/1BxiMVs0/view"_s << u"1BxiMVs0"_s
                                      << qint64(-1);
    QTest::newRow("bare") << u"https://docs.google.com/spreadsheets/d/1BxiMVs0"_s << u"1BxiMVs0"_s << qint64(-1);
    QTest::newRow("published page") << u"https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml"_s << QString()
                                    << qint64(-1);
    QTest::newRow("document") << u"https://docs.google.com/document/d/1BxiMVs0/edit"_s << QString() << qint64(-1);
    QTest::newRow("elsewhere") << u"https://example.org/spreadsheets/d/1BxiMVs0/edit"_s << QString() << qint64(-1);
    QTest::newRow("path") << u"../1BxiMVs0"_s << QString() << qint64(-1);
    QTest::newRow("nothing") << QString() << QString() << qint64(-1);
}

void TestSheetCells::address_idOrLink_isUnderstood()
{
    QFETCH(QString, text);
    QFETCH(QString, id);
    QFETCH(qint64, tab);
    const auto address = spreadsheetAddress(text);
    QCOMPARE(address ? address->id : QString(), id);
    QCOMPARE(address ? address->sheetId.value_or(-1) : -1, tab);
}

void TestSheetCells::range_quotesTheSheet()
{
    CellRange cells;
    cells.lastRow = 5000;
    cells.lastColumn = 25;
    QCOMPARE(a1Range(u"Bob's list"_s, cells), u"'Bob''s list'!A1:Z5000"_s);
}

QTEST_GUILESS_MAIN(TestSheetCells)
#include "tst_sheet_cells.moc"
