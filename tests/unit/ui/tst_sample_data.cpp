// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sample_data.h"

#include <QTest>

using namespace idstore;

class TestSampleData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void files_together_haveTwoThousandPeople();
    void files_twice_areTheSame();
    void isSample_ownFileOfAnotherName_isNot();
};

void TestSampleData::files_together_haveTwoThousandPeople()
{
    qsizetype people = 0;
    for (const SampleFile &file : sampleFiles())
        people += file.csv.count('\n') - 1;
    QCOMPARE(people, 2000);
}

void TestSampleData::files_twice_areTheSame()
{
    const QList<SampleFile> once = sampleFiles();
    const QList<SampleFile> again = sampleFiles();
    QCOMPARE(once.size(), 3);
    for (qsizetype i = 0; i < once.size(); ++i)
        QCOMPARE(once[i].csv, again[i].csv);
}

void TestSampleData::isSample_ownFileOfAnotherName_isNot()
{
    Source source;
    source.name = QStringLiteral("Sample customers");
    QVERIFY(!isSample(source));
    source.file = StoredFile{QStringLiteral("customers.csv"), {}, 0};
    QVERIFY(!isSample(source));
    source.file->originalName = sampleFiles().first().fileName;
    QVERIFY(isSample(source));
}

QTEST_GUILESS_MAIN(TestSampleData)
#include "tst_sample_data.moc"
