// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace idstore::test;

/// What goes in comes out: through the upload, the ingestion and the export of the program as built.
class TestRowsInRowsOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
    }

    void export_awkwardFile_equalsInput();
    void export_manyRows_equalsInput();
    void ingestions_ofTwoSources_runInParallel();
    void ingestion_ofTheSameSource_isRefusedMeanwhile();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_dir->filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    [[nodiscard]] static QByteArray ingestAndExport(const ServeProcess &serve, const QString &path)
    {
        const QString source = serve.api().upload(path, QStringLiteral("Rows")).text("id");
        const QJsonObject run = serve.api().waitForRun(serve.api().startFullLoad(source));
        if (run.value(QLatin1StringView("status")).toString() != QStringLiteral("completed"))
            return {};
        return serve.api().get(QStringLiteral("/api/sources/%1/export?format=csv").arg(source)).body;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
};

void TestRowsInRowsOut::export_awkwardFile_equalsInput()
{
    const QByteArray awkward = "id,\"full name\",note,code,empty\r\n"
                               "1,\"Müller, \"\"Jo\"\"\",\"two\r\nlines\",00123,\r\n"
                               "2,  spaces  ,\"\",+49 30 123,\"\"\r\n"
                               "3,日本語 😀,\"a\nb\",12345678901234567890,NULL\r\n"
                               "4,O'Neil,=1+1,1e5,N/A\r\n"
                               "5,\"tab\there\",\"semi;colon|pipe\",-0,true\r\n"
                               "6,,,,\r\n"
                               "7,\"\",\"\",\"\",\"\"\r\n"
                               "8,العربية,\\backslash\\,1.10,2026-04-13\r\n";
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const QByteArray exported = ingestAndExport(serve, write(QStringLiteral("awkward.csv"), awkward));
    const auto expected = readCsv(awkward);
    const auto rows = readCsv(exported);
    QCOMPARE(rows.size(), expected.size());
    for (qsizetype row = 0; row < rows.size(); ++row) {
        QCOMPARE(rows.at(row).size(), expected.at(row).size());
        for (qsizetype column = 0; column < rows.at(row).size(); ++column) {
            QCOMPARE(rows.at(row).at(column).text, expected.at(row).at(column).text);
            QCOMPARE(rows.at(row).at(column).isQuotedEmpty, expected.at(row).at(column).isQuotedEmpty);
        }
    }
}

void TestRowsInRowsOut::export_manyRows_equalsInput()
{
    const QString path = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(path, 200'000));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QVERIFY(ingestAndExport(serve, path) == file.readAll());
}

void TestRowsInRowsOut::ingestions_ofTwoSources_runInParallel()
{
    constexpr int rows = 1'000'000;
    const QString path = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(path, rows));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const QString first = serve.api().upload(path, QStringLiteral("First")).text("id");
    const QString second = serve.api().upload(path, QStringLiteral("Second")).text("id");
    const QString firstRun = serve.api().startFullLoad(first);
    const QString secondRun = serve.api().startFullLoad(second);
    QVERIFY(!firstRun.isEmpty() && !secondRun.isEmpty());

    // Both have rows on the way at one moment.
    bool bothRead = false;
    bool oneEnded = false;
    while (!bothRead && !oneEnded) {
        const QJsonArray sources = serve.api().get(QStringLiteral("/api/sources")).array();
        int reading = 0;
        for (const QJsonValue &source : sources) {
            const QJsonValue progress = source.toObject().value(QLatin1StringView("progress"));
            reading += progress.toObject().value(QLatin1StringView("rows")).toInteger() > 0 ? 1 : 0;
            const QString status = source.toObject().value(QLatin1StringView("status")).toString();
            oneEnded = oneEnded || status != QStringLiteral("ingesting");
        }
        bothRead = reading == 2;
    }
    QVERIFY(bothRead);
    for (const QString &run : {firstRun, secondRun}) {
        const QJsonObject ended = serve.api().waitForRun(run);
        QCOMPARE(ended.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));
        QCOMPARE(ended.value(QLatin1StringView("rows_ingested")).toInt(), rows);
    }
}

void TestRowsInRowsOut::ingestion_ofTheSameSource_isRefusedMeanwhile()
{
    const QString path = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(path, 1'000'000));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const QString source = serve.api().upload(path, QStringLiteral("People")).text("id");
    const QString run = serve.api().startFullLoad(source);
    QVERIFY(!run.isEmpty());
    QCOMPARE(serve.api().post(QStringLiteral("/api/sources/%1/ingest").arg(source)).status, 409);
    QCOMPARE(serve.api().remove(QStringLiteral("/api/sources/") + source).status, 409);
    QCOMPARE(serve.api().post(QStringLiteral("/api/sources/%1/cancel").arg(source)).status, 202);
    QCOMPARE(serve.api().waitForRun(run).value(QLatin1StringView("status")).toString(), QStringLiteral("cancelled"));
}

QTEST_GUILESS_MAIN(TestRowsInRowsOut)
#include "tst_rows_in_rows_out.moc"
