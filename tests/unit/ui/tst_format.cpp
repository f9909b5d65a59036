// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace idstore;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void count_large_isGrouped() { QCOMPARE(formatCount(9'812'450), QStringLiteral("9,812,450")); }
    void bytes_ofAnySize_areShort_data();
    void bytes_ofAnySize_areShort();
    void rate_large_keepsThreeFigures() { QCOMPARE(formatRate(92'437.8), QStringLiteral("92,400 rows/s")); }
    void timeLeft_growing_changesUnit_data();
    void timeLeft_growing_changesUnit();
    void outlook_ofASilentSource_saysSo();
    void percent_nearlyDone_isNotHundred() { QCOMPARE(formatPercent(0.9999), QStringLiteral("99 %")); }
    void percent_done_isHundred() { QCOMPARE(formatPercent(1.0), QStringLiteral("100 %")); }
    void time_inALocaleWithSeconds_hasNone();
    void shortMoment_null_isNever();
    void shortMoment_today_isTheTime();
    void shortMoment_earlierThisYear_isTheDay();
    void exactMoment_any_isInUtc();
};

void TestFormat::bytes_ofAnySize_areShort_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("bytes") << qint64(17) << QStringLiteral("17 bytes");
    QTest::newRow("kilobytes") << qint64(412'000) << QStringLiteral("412 kB");
    QTest::newRow("gigabytes") << qint64(4'100'000'000) << QStringLiteral("4.1 GB");
}

void TestFormat::bytes_ofAnySize_areShort()
{
    QFETCH(qint64, bytes);
    QTEST(formatBytes(bytes), "text");
}

void TestFormat::outlook_ofASilentSource_saysSo()
{
    const QDateTime now(QDate(2026, 4, 13), QTime(13, 47), Qt::UTC);
    Progress progress;
    progress.phase = RunPhase::Reading;
    progress.secondsLeft = 37;
    progress.lastAdvance = now.addSecs(-59);
    QCOMPARE(formatOutlook(progress, now), QStringLiteral("37 s left"));
    progress.lastAdvance = now.addSecs(-150);
    QCOMPARE(formatOutlook(progress, now), QStringLiteral("No answer for 2 min"));
    progress.phase = RunPhase::Waiting; // on purpose, and until a time that is shown
    progress.secondsLeft.reset();
    QCOMPARE(formatOutlook(progress, now), QString());
}

void TestFormat::timeLeft_growing_changesUnit_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << 36.2 << QStringLiteral("37 s left");
    QTest::newRow("minutes") << 250.0 << QStringLiteral("4 min left");
    QTest::newRow("hours") << 7'800.0 << QStringLiteral("2 h 10 min left");
    QTest::newRow("negative") << -3.0 << QStringLiteral("0 s left");
}

void TestFormat::timeLeft_growing_changesUnit()
{
    QFETCH(double, seconds);
    QTEST(formatTimeLeft(seconds), "text");
}

void TestFormat::time_inALocaleWithSeconds_hasNone()
{
    QLocale::setDefault(QLocale::c());
    const QString text = formatTime(QTime(13, 42, 7));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(text, QStringLiteral("13:42"));
}

void TestFormat::shortMoment_null_isNever()
{
    QCOMPARE(formatShortMoment({}, QDateTime::currentDateTimeUtc()), QStringLiteral("never"));
}

void TestFormat::shortMoment_today_isTheTime()
{
    const QDateTime now(QDate(2026, 4, 13), QTime(8, 0), Qt::UTC);
    const QDateTime then = now.addSecs(-600);
    QCOMPARE(formatShortMoment(then, now), formatTime(then.toLocalTime().time()));
}

void TestFormat::shortMoment_earlierThisYear_isTheDay()
{
    const QDateTime now(QDate(2026, 4, 13), QTime(8, 0), Qt::UTC);
    QCOMPARE(formatShortMoment(now.addDays(-3), now), QStringLiteral("Fri 10 Apr"));
}

void TestFormat::exactMoment_any_isInUtc()
{
    const QDateTime moment(QDate(2026, 4, 13), QTime(13, 47, 9), Qt::UTC);
    QCOMPARE(formatExactMoment(moment.toLocalTime()), QStringLiteral("2026-04-13 13:47:09 UTC"));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
