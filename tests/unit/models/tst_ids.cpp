// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"

#include <QTest>

using namespace idstore;

class TestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void toString_smallNumber_hasTwoDigits()
    {
        QCOMPARE(SourceId(1).toString(), QStringLiteral("src_01"));
        QCOMPARE(RunId(212).toString(), QStringLiteral("run_212"));
    }

    void parse_onlyWhatToStringGives_isAccepted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("number");
        QTest::newRow("two digits") << "src_07" << qint64(7);
        QTest::newRow("three digits") << "src_123" << qint64(123);
        QTest::newRow("no zero") << "src_7" << qint64(0);
        QTest::newRow("too many zeros") << "src_007" << qint64(0);
        QTest::newRow("other prefix") << "run_07" << qint64(0);
        QTest::newRow("zero") << "src_00" << qint64(0);
        QTest::newRow("negative") << "src_-1" << qint64(0);
        QTest::newRow("plus") << "src_+7" << qint64(0);
        QTest::newRow("overflow") << "src_99999999999999999999" << qint64(0);
        QTest::newRow("empty") << "" << qint64(0);
        QTest::newRow("blank") << "src_ 7" << qint64(0);
    }

    void parse_onlyWhatToStringGives_isAccepted()
    {
        QFETCH(QString, text);
        QFETCH(qint64, number);
        const auto id = SourceId::parse(text);
        QCOMPARE(id ? id->number() : 0, number);
    }
};

QTEST_APPLESS_MAIN(TestIds)
#include "tst_ids.moc"
