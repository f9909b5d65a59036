// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the cases of *.apitest, each against a server and an engine of its own.
#include "tests/api/api_runner.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace idstore::test;

class TestApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void case_asWritten_holds_data();
    void case_asWritten_holds();
};

void TestApi::case_asWritten_holds_data()
{
    QTest::addColumn<int>("number");
    int number = 0;
    const QFileInfoList files =
        QDir(QStringLiteral(IDSTORE_APITEST_FOLDER)).entryInfoList({QStringLiteral("*.apitest")});
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files) {
        const QList<ApiCase> cases = readApiCases(file.filePath());
        for (const ApiCase &each : cases)
            QTest::newRow(qPrintable(each.name)) << number++;
    }
}

void TestApi::case_asWritten_holds()
{
    QFETCH(int, number);
    QList<ApiCase> all;
    const QFileInfoList files =
        QDir(QStringLiteral(IDSTORE_APITEST_FOLDER)).entryInfoList({QStringLiteral("*.apitest")});
    for (const QFileInfo &file : files)
        all += readApiCases(file.filePath());
    ApiRunner runner;
    const QString problem = runner.run(all.at(number));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"
