// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/progress_line.h"
#include "app/commands/text_table.h"
#include "app/log_output.h"

#include <QLocale>
#include <QTest>

using namespace idstore;
using namespace idstore::commands;

class TestCommandText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void progress_allKnown_showsRowsRateAndTimeLeft();
    void progress_unknownTotal_leavesTimeOut();
    void progress_finishing_saysSo();
    void duration_seconds_gives();
    void table_columns_areAligned();
    void table_controlCharacters_doNotReachTheTerminal();
    void logLine_message_hasTimeLevelAndCategory();
    void logLine_lineBreaks_areIndented();
};

void TestCommandText::progress_allKnown_showsRowsRateAndTimeLeft()
{
    const QJsonObject progress{{QStringLiteral("rows"), 1234567},
                               {QStringLiteral("rows_per_second"), 812000.4},
                               {QStringLiteral("seconds_left"), 11.2},
                               {QStringLiteral("phase"), QStringLiteral("reading")}};
    QCOMPARE(progressText(QStringLiteral("people.csv"), progress),
             QStringLiteral("people.csv: 1,234,567 rows, 812,000 rows/s, 0:12 left"));
}

void TestCommandText::progress_unknownTotal_leavesTimeOut()
{
    const QJsonObject progress{{QStringLiteral("rows"), 5},
                               {QStringLiteral("rows_per_second"), 0},
                               {QStringLiteral("seconds_left"), QJsonValue::Null}};
    QCOMPARE(progressText(QStringLiteral("src_01"), progress), QStringLiteral("src_01: 5 rows"));
}

void TestCommandText::progress_finishing_saysSo()
{
    const QJsonObject progress{{QStringLiteral("rows"), 5},
                               {QStringLiteral("rows_per_second"), 100},
                               {QStringLiteral("phase"), QStringLiteral("finishing")}};
    QCOMPARE(progressText(QStringLiteral("a"), progress), QStringLiteral("a: 5 rows, finishing"));
}

void TestCommandText::duration_seconds_gives()
{
    QCOMPARE(durationText(0), QStringLiteral("0:00"));
    QCOMPARE(durationText(7), QStringLiteral("0:07"));
    QCOMPARE(durationText(750), QStringLiteral("12:30"));
    QCOMPARE(durationText(11100), QStringLiteral("3:05:00"));
}

void TestCommandText::table_columns_areAligned()
{
    QCOMPARE(textTable({QStringLiteral("ID"), QStringLiteral("NAME")},
                       {{QStringLiteral("src_01"), QStringLiteral("a")}, {QStringLiteral("x"), QStringLiteral("b c")}}),
             QStringLiteral("ID      NAME\nsrc_01  a\nx       b c\n"));
}

void TestCommandText::table_controlCharacters_doNotReachTheTerminal()
{
    QCOMPARE(textTable({QStringLiteral("T")}, {{QStringLiteral("a\x1b[2J\nb")}}), QStringLiteral("T\na [2J b\n"));
}

void TestCommandText::logLine_message_hasTimeLevelAndCategory()
{
    using namespace std::chrono;
    const system_clock::time_point time = sys_days(year(2026) / 4 / 13) + 8h + 123ms;
    QCOMPARE(logLine(time, QtWarningMsg, "idstore.server", QStringLiteral("ü")),
             QByteArray("2026-04-13T08:00:00.123Z warning idstore.server: ü\n"));
}

void TestCommandText::logLine_lineBreaks_areIndented()
{
    const std::chrono::system_clock::time_point time;
    QVERIFY(logLine(time, QtInfoMsg, "c", QStringLiteral("a\nb")).endsWith(": a\n    b\n"));
}

QTEST_GUILESS_MAIN(TestCommandText)
#include "tst_command_text.moc"
