// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

#include <sys/resource.h>

using namespace idstore::test;

namespace {

constexpr int patience = 30'000; // ms
constexpr int rows = 100'000; // about 5 MB as a file, and about as much as stored rows

/// No file of the process may grow beyond this: the kernel refuses the write, as a full disk does.
std::function<void()> fileSizeLimit(rlim_t bytes)
{
    return [bytes] {
        const rlimit limit{bytes, bytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    };
}

/// A command line before the program's own that gives it a small disk of its own at `folder`.
QStringList smallDisk(const QString &folder, const QString &size)
{
    return {QStringLiteral("unshare"),
            QStringLiteral("--user"),
            QStringLiteral("--map-root-user"),
            QStringLiteral("--mount"),
            QStringLiteral("sh"),
            QStringLiteral("-c"),
            QStringLiteral("mount -t tmpfs -o size=%1 tmpfs \"$0\" && exec \"$@\"").arg(size),
            folder};
}

bool mayMount()
{
    const QTemporaryDir folder;
    QStringList line = smallDisk(folder.path(), QStringLiteral("1m")) + QStringList{QStringLiteral("true")};
    const QString program = line.takeFirst();
    QProcess probe;
    probe.start(program, line);
    return probe.waitForFinished(patience) && probe.exitStatus() == QProcess::NormalExit && probe.exitCode() == 0;
}

} // namespace

class TestDiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
        m_file = m_dir->filePath(QStringLiteral("people.csv"));
        QVERIFY(writePeople(m_file, rows));
    }

    void upload_noSpace_is507AndLeavesNothing();
    void ingest_noSpace_failsAndKeepsTheRowsBefore();
    void disk_reallyFull_keepsTheRowsBefore_data();
    void disk_reallyFull_keepsTheRowsBefore();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
    QString m_file;
};

void TestDiskFull::upload_noSpace_is507AndLeavesNothing()
{
    ServeProcess serve(m_data);
    serve.setChildModifier(fileSizeLimit(2 * 1024 * 1024));
    QVERIFY2(serve.start(), serve.errors().constData());
    const Reply reply = serve.api().upload(m_file, QStringLiteral("People"));
    QVERIFY2(reply.status == 507, qPrintable(reply.failure + QString::fromUtf8(reply.body)));
    QVERIFY2(reply.text("detail").contains(QStringLiteral("space")), reply.body.constData());
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).array().size(), 0);
    QCOMPARE(storedFiles(m_data), QStringList());
    QCOMPARE(serve.stop(SIGTERM), 0);
}

void TestDiskFull::ingest_noSpace_failsAndKeepsTheRowsBefore()
{
    QString source;
    QByteArray before;
    {
        ServeProcess serve(m_data);
        QVERIFY2(serve.start(), serve.errors().constData());
        source = serve.api().upload(m_file, QStringLiteral("People")).text("id");
        const QJsonObject run = serve.api().waitForRun(serve.api().startFullLoad(source));
        QCOMPARE(run.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));
        before = serve.api().get(QStringLiteral("/api/sources/%1/export?format=csv").arg(source)).body;
        QCOMPARE(serve.stop(SIGTERM), 0);
    }
    const QStringList files = storedFiles(m_data);

    ServeProcess serve(m_data);
    serve.setChildModifier(fileSizeLimit(2 * 1024 * 1024));
    QVERIFY2(serve.start(), serve.errors().constData());
    const QJsonObject run = serve.api().waitForRun(serve.api().startFullLoad(source));
    QCOMPARE(run.value(QLatin1StringView("status")).toString(), QStringLiteral("failed"));
    QCOMPARE(run.value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toString(),
             QStringLiteral("storage_full"));
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources/%1/export?format=csv").arg(source)).body, before);
    QCOMPARE(storedFiles(m_data), files);
    QCOMPARE(serve.stop(SIGTERM), 0);
}

void TestDiskFull::disk_reallyFull_keepsTheRowsBefore_data()
{
    QTest::addColumn<QStringList>("wrapper");
    // Where this machine lets a person mount a disk of their own, a real one is filled as well.
    QTest::newRow("file size limit") << QStringList();
    if (mayMount())
        QTest::newRow("disk of 14 MB") << QStringList{QStringLiteral("14m")};
}

void TestDiskFull::disk_reallyFull_keepsTheRowsBefore()
{
    QFETCH(const QStringList, wrapper);
    const QString token = m_dir->filePath(QStringLiteral("token"));
    QVERIFY(QDir().mkpath(m_data));
    const QString large = m_dir->filePath(QStringLiteral("large.csv"));
    QVERIFY(writePeople(large, 4 * rows));

    ServeProcess serve(m_data, {QStringLiteral("--token-file"), token});
    if (wrapper.isEmpty())
        serve.setChildModifier(fileSizeLimit(12 * 1024 * 1024));
    else
        serve.setWrapper(smallDisk(m_data, wrapper.first()));
    QVERIFY2(serve.start(), serve.errors().constData());
    const QString source = serve.api().upload(m_file, QStringLiteral("People")).text("id");
    const QJsonObject first = serve.api().waitForRun(serve.api().startFullLoad(source));
    QCOMPARE(first.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));

    QCOMPARE(serve.api().upload(large, QStringLiteral("Large")).status, 507);
    if (!wrapper.isEmpty()) {
        // The refused upload gives its space back a moment after the answer.
        QString run;
        QVERIFY(QTest::qWaitFor([&] { return !(run = serve.api().startFullLoad(source)).isEmpty(); }));
        const QJsonObject second = serve.api().waitForRun(run);
        QCOMPARE(second.value(QLatin1StringView("status")).toString(), QStringLiteral("failed"));
        QCOMPARE(second.value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toString(),
                 QStringLiteral("storage_full"));
    }
    const QJsonArray sources = serve.api().get(QStringLiteral("/api/sources")).array();
    QCOMPARE(sources.size(), 1);
    QCOMPARE(sources.first().toObject().value(QLatin1StringView("row_count")).toInt(), rows);
    const Reply rowsNow = serve.api().get(QStringLiteral("/api/sources/%1/export?format=csv").arg(source));
    QCOMPARE(rowsNow.body.count('\n'), rows + 1);
    QCOMPARE(serve.stop(SIGTERM), 0);
}

QTEST_GUILESS_MAIN(TestDiskFull)
#include "tst_disk_full.moc"
