// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/cursor_mark.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestCursorMark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void observe_highestValue_keepsItsText_data()
    {
        QTest::addColumn<CursorType>("type");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QString>("mark");
        QTest::newRow("numbers, not texts") << CursorType::Int << QStringList{u"9"_s, u"10"_s, u"2"_s} << u"10"_s;
        QTest::newRow("more than 64 bits")
            << CursorType::Int << QStringList{u"99999999999999999999998"_s, u"99999999999999999999999"_s}
            << u"99999999999999999999999"_s;
        QTest::newRow("negative") << CursorType::Int << QStringList{u"-5"_s, u"-7"_s} << u"-5"_s;
        QTest::newRow("microseconds") << CursorType::Timestamp
                                      << QStringList{u"2026-01-01T00:00:00.000002Z"_s, u"2026-01-01T00:00:00.000001Z"_s}
                                      << u"2026-01-01T00:00:00.000002Z"_s;
        QTest::newRow("zones") << CursorType::Timestamp
                               << QStringList{u"2026-01-01T01:30:00+02:00"_s, u"2026-01-01T00:00:00Z"_s}
                               << u"2026-01-01T00:00:00Z"_s;
        QTest::newRow("texts by bytes") << CursorType::Text << QStringList{u"a"_s, u"B"_s} << u"a"_s;
    }
    void observe_highestValue_keepsItsText()
    {
        QFETCH(CursorType, type);
        QFETCH(QStringList, values);
        QFETCH(QString, mark);
        for (int turn = 0; turn < 2; ++turn) {
            CursorMark kept({u"c"_s, type});
            for (const QString &value : std::as_const(values))
                QVERIFY(kept.observe(value.toStdString()));
            QCOMPARE(kept.value().value_or(QString()), mark);
            std::reverse(values.begin(), values.end());
        }
    }

    void observe_unreadable_isTold()
    {
        CursorMark mark({u"c"_s, CursorType::Int, u"5"_s});
        QVERIFY(!mark.observe("x"));
        QCOMPARE(mark.value().value_or(QString()), u"5"_s);
    }

    void startOfReading_overlap_movesBackWithoutLoss()
    {
        const auto start = [](CursorType type, const QString &after, qint64 overlap) {
            return startOfReading({u"c"_s, type, after, overlap}).value_or(u"nothing"_s);
        };
        QCOMPARE(start(CursorType::Int, u"100"_s, 0), u"100"_s);
        QCOMPARE(start(CursorType::Int, u"100"_s, 101), u"-1"_s);
        QCOMPARE(start(CursorType::Int, u"100000000000000000000000000000000000"_s, 1),
                 u"99999999999999999999999999999999999"_s);
        QCOMPARE(start(CursorType::Timestamp, u"2026-01-01T00:00:00.000001Z"_s, 300), u"2025-12-31T23:55:00.000001Z"_s);
        QCOMPARE(start(CursorType::Timestamp, u"2026-01-01T02:00:00+02:00"_s, 1), u"2025-12-31T23:59:59Z"_s);
        QCOMPARE(start(CursorType::Timestamp, u"2026-01-01 00:00:10"_s, 5), u"2026-01-01T00:00:05"_s);
        QCOMPARE(start(CursorType::Text, u"m"_s, 0), u"m"_s);
    }
};

QTEST_GUILESS_MAIN(TestCursorMark)
#include "tst_cursor_mark.moc"
