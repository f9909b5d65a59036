// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/upload_session.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSemaphore>
#include <QSignalSpy>

using namespace idstore;
using idstore::test::EngineFixture;
using idstore::test::MemoryCatalog;

class TestUploadSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocks_diskIsSlow_stopAtTheLimit();
    void upload_abandoned_makesNoSource();
    void queue_severalQueues_keepTheirOrder();
};

namespace {

QByteArray part(const QByteArray &parameters, const QByteArray &data)
{
    return "--B\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n" + data + "\r\n";
}

} // namespace

void TestUploadSession::blocks_diskIsSlow_stopAtTheLimit()
{
    MemoryCatalog catalog;
    EngineFixture fixture(catalog);
    QObject home;
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    QSemaphore gate;
    pool.start([&gate] { gate.acquire(); }); // the disk hangs
    UploadSession session(fixture.engine().sources(), pool, home, EngineFixture::user(), std::nullopt, "B", 1 << 30);
    session.consume("--B\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\n");
    const QByteArray piece(64 * 1024, 'x');
    qint64 taken = 0;
    while (session.wantsMore()) {
        session.consume(piece);
        taken += piece.size();
    }
    QCOMPARE(taken, UploadSession::maxBlocksUnderWay * UploadSession::blockBytes);
    gate.release();
    QTRY_VERIFY(session.wantsMore());
    session.consume(QByteArray("\r\n" + part("name=name", "Large") + "--B--\r\n"));
    session.finish();
    QTRY_VERIFY(session.answer());
    QCOMPARE(session.answer()->status, 201);
    const auto sources = fixture.engine().sources().list(EngineFixture::user());
    IDS_VERIFY_OK(sources);
    QCOMPARE(sources->size(), 1);
    QCOMPARE(sources->first().file->size, taken);
    pool.waitForDone();
}

void TestUploadSession::upload_abandoned_makesNoSource()
{
    MemoryCatalog catalog;
    EngineFixture fixture(catalog);
    QObject home;
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    QSemaphore gate;
    pool.start([&gate] { gate.acquire(); });
    {
        UploadSession session(fixture.engine().sources(), pool, home, EngineFixture::user(), std::nullopt, "B",
                              1 << 20);
        session.consume(
            QByteArray(part("name=file; filename=a.csv", "id\n1\n") + part("name=name", "Gone") + "--B--\r\n"));
        session.finish();
        QVERIFY(!session.answer());
    }
    gate.release();
    pool.waitForDone();
    const auto sources = fixture.engine().sources().list(EngineFixture::user());
    IDS_VERIFY_OK(sources);
    QVERIFY(sources->isEmpty());
}

void TestUploadSession::queue_severalQueues_keepTheirOrder()
{
    QThreadPool pool;
    pool.setMaxThreadCount(4);
    constexpr int queueCount = 8;
    constexpr int taskCount = 200;
    std::vector<std::shared_ptr<SerialQueue>> queues;
    std::vector<QList<int>> seen(queueCount);
    for (int i = 0; i < queueCount; ++i)
        queues.push_back(std::make_shared<SerialQueue>(pool));
    for (int task = 0; task < taskCount; ++task) {
        for (int i = 0; i < queueCount; ++i)
            queues[static_cast<std::size_t>(i)]->enqueue(
                [&list = seen[static_cast<std::size_t>(i)], task] { list.append(task); });
    }
    pool.waitForDone();
    for (const QList<int> &list : seen) {
        QCOMPARE(list.size(), taskCount);
        QVERIFY(std::is_sorted(list.begin(), list.end()));
    }
}

QTEST_GUILESS_MAIN(TestUploadSession)
#include "tst_upload_session.moc"
