// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/async/async_runner.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>

using namespace idstore;

class TestAsyncRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void run_work_leavesTheCallingThreadAndComesBack();
    void run_moveOnlyResult_arrives();
    void run_contextGone_dropsTheContinuation();
    void destructor_workUnderWay_waitsAndDropsTheContinuation();
};

void TestAsyncRunner::run_work_leavesTheCallingThreadAndComesBack()
{
    AsyncRunner async;
    QObject context;
    QThread *worker = nullptr;
    QThread *after = nullptr;
    async.run(
        &context, [] { return QThread::currentThread(); },
        [&](QThread *thread) {
            worker = thread;
            after = QThread::currentThread();
        });
    QTRY_VERIFY(after);
    QCOMPARE(after, QThread::currentThread());
    QVERIFY(worker != after);
}

void TestAsyncRunner::run_moveOnlyResult_arrives()
{
    AsyncRunner async;
    QObject context;
    int received = 0;
    async.run(
        &context, [] { return std::make_unique<int>(7); },
        [&received](const std::unique_ptr<int> &value) { received = *value; });
    QTRY_COMPARE(received, 7);
}

void TestAsyncRunner::run_contextGone_dropsTheContinuation()
{
    AsyncRunner async;
    auto context = std::make_unique<QObject>();
    QSemaphore gate;
    bool late = false;
    bool done = false;
    async.run(
        context.get(), [&gate] { gate.acquire(); }, [&late] { late = true; });
    context.reset();
    gate.release();
    async.run(
        this, [] {}, [&done] { done = true; });
    QTRY_VERIFY(done);
    QCoreApplication::sendPostedEvents(&async);
    QVERIFY(!late);
}

void TestAsyncRunner::destructor_workUnderWay_waitsAndDropsTheContinuation()
{
    bool worked = false;
    bool continued = false;
    {
        AsyncRunner async;
        async.run(
            this, [&worked] { worked = true; }, [&continued] { continued = true; });
    }
    QVERIFY(worked);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!continued);
}

QTEST_GUILESS_MAIN(TestAsyncRunner)
#include "tst_async_runner.moc"
