// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <memory>

using namespace idstore::test;

/// kill -9, the hardest way to go: nothing may be lost that was there, and nothing may be left that is no use.
class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
    }

    void kill_atRandomMomentsOfAnIngestion_losesNothing();
    void kill_atRandomMomentsOfARepair_leavesCountsThatAgree();
    void kill_duringUpload_leavesNoFile();
    void clientGone_duringUpload_leavesNoFile();

private:
    void sendHalfAnUpload(const ServeProcess &serve, QTcpSocket &socket);

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
};

void TestCrash::kill_atRandomMomentsOfAnIngestion_losesNothing()
{
    constexpr int rows = 300'000;
    constexpr int kills = 10;
    constexpr int mostAttempts = 60;
    const QString file = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(file, rows));

    auto serve = std::make_unique<ServeProcess>(m_data);
    QVERIFY2(serve->start(), serve->errors().constData());
    const QString source = serve->api().upload(file, QStringLiteral("People")).text("id");
    QElapsedTimer loading;
    loading.start();
    const QJsonObject first = serve->api().waitForRun(serve->api().startFullLoad(source));
    const int duration = static_cast<int>(loading.elapsed());
    QCOMPARE(first.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));
    const QString page = QStringLiteral("/api/sources/%1/records?limit=3&after=%2").arg(source).arg(rows / 2);
    const QByteArray records = serve->api().get(page).body;

    QRandomGenerator random(20260413);
    int interrupted = 0;
    for (int attempt = 0; interrupted < kills; ++attempt) {
        QVERIFY2(attempt < mostAttempts, "the ingestion is over too soon to be hit");
        const QStringList before = storedFiles(m_data);
        const QString run = serve->api().startFullLoad(source);
        QVERIFY(!run.isEmpty());
        QThread::msleep(static_cast<unsigned long>(random.bounded(duration)));
        serve->kill();

        serve = std::make_unique<ServeProcess>(m_data);
        QVERIFY2(serve->start(), serve->errors().constData());
        const QJsonObject ended = serve->api().get(QStringLiteral("/api/runs/") + run).object();
        const QString status = ended.value(QLatin1StringView("status")).toString();
        if (status == QStringLiteral("completed"))
            continue; // it was faster than the kill
        ++interrupted;

        QCOMPARE(status, QStringLiteral("failed"));
        QCOMPARE(ended.value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toString(),
                 QStringLiteral("interrupted"));
        QVERIFY(ended.value(QLatin1StringView("finished_at")).isString());
        QCOMPARE(storedFiles(m_data), before);
        const QJsonObject now = serve->api().get(QStringLiteral("/api/sources/") + source).object();
        QCOMPARE(now.value(QLatin1StringView("row_count")).toInt(), rows);
        QCOMPARE(serve->api().get(page).body, records);

        const QJsonObject next = serve->api().waitForRun(serve->api().startFullLoad(source));
        QCOMPARE(next.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));
        QCOMPARE(next.value(QLatin1StringView("rows_ingested")).toInt(), rows);
    }
    QCOMPARE(serve->stop(SIGTERM), 0);
}

void TestCrash::kill_atRandomMomentsOfARepair_leavesCountsThatAgree()
{
    constexpr int rows = 200'000;
    constexpr int rejected = 60;
    constexpr int kills = 6;
    const QString path = m_dir->filePath(QStringLiteral("people.csv"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id,name,city\n");
    for (int i = 1; i <= rows; ++i) {
        const QByteArray id = QByteArray::number(i);
        file.write(i % (rows / rejected) == 0 ? id + ",Fuchs, Partner,Kiel\n" : id + ",Ada Lovelace,London\n");
    }
    file.close();

    auto serve = std::make_unique<ServeProcess>(m_data);
    QVERIFY2(serve->start(), serve->errors().constData());
    const QString source = serve->api().upload(path, QStringLiteral("People")).text("id");
    const QJsonObject first = serve->api().waitForRun(serve->api().startFullLoad(source));
    QCOMPARE(first.value(QLatin1StringView("rows_rejected")).toInt(), rejected);

    const QString one = QStringLiteral("/api/sources/") + source;
    const auto number = [&](const char *name) {
        return serve->api().get(one).object().value(QLatin1StringView(name)).toInt();
    };
    const auto correctNext = [&]() -> qint64 {
        const QJsonObject row = serve->api().get(one + QStringLiteral("/rejects?limit=1")).array().at(0).toObject();
        const qint64 id = row.value(QLatin1StringView("id")).toInteger();
        QString raw = row.value(QLatin1StringView("raw")).toString();
        raw.replace(QStringLiteral("Fuchs, Partner"), QStringLiteral("\"Fuchs, Partner\""));
        const Reply saved =
            serve->api().patch(QStringLiteral("%1/rejects/%2").arg(one).arg(id), {{QStringLiteral("raw"), raw}});
        return saved.status == 200 ? id : 0;
    };
    const auto retry = [&] { return serve->api().post(one + QStringLiteral("/rejects/retry")).text("run_id"); };

    QVERIFY(correctNext() > 0);
    QElapsedTimer repairing;
    repairing.start();
    QCOMPARE(serve->api().waitForRun(retry()).value(QLatin1StringView("rows_new")).toInt(), 1);
    const int duration = static_cast<int>(repairing.elapsed());

    QRandomGenerator random(20260413);
    for (int kill = 0; kill < kills; ++kill) {
        const int before = number("row_count");
        QVERIFY(correctNext() > 0);
        const QString run = retry();
        QVERIFY(!run.isEmpty());
        QThread::msleep(static_cast<unsigned long>(random.bounded(duration + 1)));
        serve->kill();
        serve = std::make_unique<ServeProcess>(m_data);
        QVERIFY2(serve->start(), serve->errors().constData());

        // Either all of it has happened, or nothing has.
        const QJsonObject ended = serve->api().get(QStringLiteral("/api/runs/") + run).object();
        const bool isDone = ended.value(QLatin1StringView("status")).toString() == QStringLiteral("completed");
        const int now = number("row_count");
        QCOMPARE(now, isDone ? before + 1 : before);
        QCOMPARE(ended.value(QLatin1StringView("rows_new")).toInt(), isDone ? 1 : 0);
        QCOMPARE(number("rejected_count"), rows - now);
        QCOMPARE(serve->api().get(one + QStringLiteral("/rejects?limit=1000")).array().size(), rows - now);
        const QString end = QStringLiteral("%1/records?limit=10&after=%2").arg(one).arg(now - 1);
        QCOMPARE(serve->api().get(end).object().value(QLatin1StringView("records")).toArray().size(), 1);
        // The correction has outlived it, and does its work now.
        if (!isDone)
            QCOMPARE(serve->api().waitForRun(retry()).value(QLatin1StringView("rows_new")).toInt(), 1);
        QCOMPARE(number("row_count"), before + 1);
    }
    QCOMPARE(serve->stop(SIGTERM), 0);
}

void TestCrash::sendHalfAnUpload(const ServeProcess &serve, QTcpSocket &socket)
{
    constexpr int half = 20 * 1024 * 1024; // more than sockets hold, so that most of it has been taken
    constexpr int patience = 30'000;
    socket.connectToHost(serve.url().host(), static_cast<quint16>(serve.url().port()));
    QVERIFY(socket.waitForConnected(patience));
    socket.write(
        "POST /api/sources/upload HTTP/1.1\r\nHost: " + serve.url().authority().toLatin1() +
        "\r\nAuthorization: Bearer " + serve.token() +
        "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " + QByteArray::number(2 * half) +
        "\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nPeople\r\n--b\r\n"
        "Content-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\nid\r\n");
    const QByteArray line = "12345678901234\r\n";
    socket.write(line.repeated(half / static_cast<int>(line.size())));
    while (socket.bytesToWrite() > 0)
        QVERIFY2(socket.waitForBytesWritten(patience), qPrintable(socket.errorString()));
}

void TestCrash::kill_duringUpload_leavesNoFile()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QTcpSocket socket;
    sendHalfAnUpload(serve, socket);
    serve.kill();

    ServeProcess again(m_data);
    QVERIFY2(again.start(), again.errors().constData());
    QCOMPARE(storedFiles(m_data), QStringList());
    QCOMPARE(again.api().get(QStringLiteral("/api/sources")).array().size(), 0);
}

void TestCrash::clientGone_duringUpload_leavesNoFile()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QTcpSocket socket;
    sendHalfAnUpload(serve, socket);
    socket.abort();
    QTRY_COMPARE(storedFiles(m_data), QStringList());
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).array().size(), 0);
    QCOMPARE(serve.stop(SIGTERM), 0);
    QCOMPARE(storedFiles(m_data), QStringList());
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
