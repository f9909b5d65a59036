// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore::test;

/// The ceiling that the documentation states, held against the program as built: memory does not grow with the data.
class TestMemory : public QObject
{
    Q_OBJECT

    /// The most memory the process has used since the last reset, in MiB.
    [[nodiscard]] static qint64 peak(qint64 process)
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(process));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        const QList<QByteArray> lines = status.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("VmHWM:"))
                return line.mid(6).trimmed().split(' ').first().toLongLong() / 1024;
        }
        return -1;
    }

private Q_SLOTS:
    void uploadIngestExport_largeFile_staysUnderTheCeiling()
    {
        constexpr qint64 ceiling = 100; // MiB, of the whole process; docs/architecture.md
        constexpr int rows = 3'000'000;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("people.csv"));
        QVERIFY(writePeople(path, rows));
        QVERIFY(QFileInfo(path).size() > 150'000'000);

        ServeProcess serve(folder.filePath(QStringLiteral("data")));
        QVERIFY2(serve.start(), serve.errors().constData());
        const QString source = serve.api().upload(path, QStringLiteral("People")).text("id");
        const qint64 afterUpload = peak(serve.processId());
        const QJsonObject run = serve.api().waitForRun(serve.api().startFullLoad(source));
        QCOMPARE(run.value(QLatin1StringView("rows_new")).toInt(), rows);
        const qint64 afterIngestion = peak(serve.processId());
        QCOMPARE(serve.api().get(QStringLiteral("/api/sources/%1/export?format=ndjson").arg(source)).status, 200);
        const qint64 afterExport = peak(serve.processId());

        QVERIFY2(afterUpload > 0 && afterExport < ceiling,
                 qPrintable(QStringLiteral("upload %1, ingestion %2, export %3 MiB")
                                .arg(afterUpload)
                                .arg(afterIngestion)
                                .arg(afterExport)));
    }

    void repair_amongAMillionRejects_staysUnderTheCeiling()
    {
        constexpr qint64 ceiling = 100;
        constexpr int rejected = 1'000'000;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("people.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("id,name\n1,Ada Lovelace\n");
        for (int i = 1; i <= rejected; ++i)
            file.write(QByteArray::number(i) + ",Fuchs, Partner and their long company name,x\n");
        file.close();

        ServeProcess serve(folder.filePath(QStringLiteral("data")));
        QVERIFY2(serve.start(), serve.errors().constData());
        const QString source = serve.api().upload(path, QStringLiteral("People")).text("id");
        const QJsonObject run = serve.api().waitForRun(serve.api().startFullLoad(source));
        QCOMPARE(run.value(QLatin1StringView("rows_rejected")).toInt(), rejected);
        const QString rejects = QStringLiteral("/api/sources/%1/rejects").arg(source);
        QCOMPARE(serve.api().get(rejects + QStringLiteral("?limit=1000&after=999000")).array().size(), 1000);
        for (const int id : {1, 500'000, 1'000'000}) {
            const Reply saved = serve.api().patch(QStringLiteral("%1/%2").arg(rejects).arg(id),
                                                  {{QStringLiteral("raw"), QStringLiteral("%1,put right").arg(id)}});
            QCOMPARE(saved.status, 200);
        }
        const QString repair = serve.api().post(rejects + QStringLiteral("/retry")).text("run_id");
        QCOMPARE(serve.api().waitForRun(repair).value(QLatin1StringView("rows_new")).toInt(), 3);
        const qint64 most = peak(serve.processId());
        QVERIFY2(most > 0 && most < ceiling, qPrintable(QStringLiteral("%1 MiB").arg(most)));
    }
};

QTEST_GUILESS_MAIN(TestMemory)
#include "tst_memory.moc"
