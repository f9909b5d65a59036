// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of clients that take too long, and of more clients than there are places.
#include "server/endpoints/endpoints.h"
#include "server/front/api_front.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QTcpSocket>

using namespace idstore;
using namespace std::chrono_literals;
using idstore::test::EngineFixture;
using idstore::test::MemoryCatalog;

class TestApiFront : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void client_sendsNothing_isHungUpOn();
    void client_stopsInTheHead_getsATimeout();
    void client_stopsInTheBody_getsATimeout();
    void client_stopsInAnUpload_getsATimeoutAndNothingRemains();
    void client_idleAfterAnAnswer_isHungUpOn();
    void client_doesNotReadAnExport_isHungUpOn();
    void client_tooMany_areHungUpOn();
    void head_byteByByte_isAnswered();
    void front_drainedWhileIdle_endsAtOnce();

private:
    void open(const ConnectionTimes &times);
    [[nodiscard]] std::unique_ptr<QTcpSocket> connected();
    /// What the server says until it closes.
    [[nodiscard]] static QByteArray untilClosed(QTcpSocket &socket);
    [[nodiscard]] QByteArray authorization() const { return "Authorization: Bearer " + m_token + "\r\n"; }

    MemoryCatalog m_catalog;
    std::unique_ptr<EngineFixture> m_fixture;
    RouteTable m_routes;
    std::unique_ptr<ApiFront> m_front;
    quint16 m_port = 0;
    QByteArray m_token;
};

void TestApiFront::init()
{
    m_catalog.file.behaviour = {};
    m_fixture = std::make_unique<EngineFixture>(m_catalog);
    auto issued = m_fixture->engine().tokens().create(EngineFixture::user(), QStringLiteral("t"), TokenScope::Write);
    IDS_VERIFY_OK(issued);
    m_token = issued->value.reveal();
    m_routes = RouteTable();
    addEndpoints(m_routes, m_fixture->engine());
}

void TestApiFront::cleanup()
{
    m_front.reset();
    m_fixture.reset();
}

void TestApiFront::open(const ConnectionTimes &times)
{
    m_front = std::make_unique<ApiFront>(m_routes, m_fixture->engine(), times);
    const Result<quint16> port = m_front->open(0, false);
    IDS_VERIFY_OK(port);
    m_port = *port;
}

std::unique_ptr<QTcpSocket> TestApiFront::connected()
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    return socket->waitForConnected() ? std::move(socket) : nullptr;
}

QByteArray TestApiFront::untilClosed(QTcpSocket &socket)
{
    const bool closed = QTest::qWaitFor([&] { return socket.state() != QAbstractSocket::ConnectedState; }, 20'000);
    return closed ? socket.readAll() : QByteArray("still open");
}

void TestApiFront::client_sendsNothing_isHungUpOn()
{
    open({.head = 50ms});
    const auto client = connected();
    QVERIFY(client);
    QCOMPARE(untilClosed(*client), QByteArray());
}

void TestApiFront::client_stopsInTheHead_getsATimeout()
{
    open({.head = 50ms});
    const auto client = connected();
    QVERIFY(client);
    client->write("GET /api/health HTTP/1.1\r\nHost: loc");
    QVERIFY(untilClosed(*client).startsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

void TestApiFront::client_stopsInTheBody_getsATimeout()
{
    open({.body = 50ms});
    const auto client = connected();
    QVERIFY(client);
    client->write("POST /api/tokens HTTP/1.1\r\nHost: localhost\r\n" + authorization() +
                  "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    QVERIFY(untilClosed(*client).startsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

void TestApiFront::client_stopsInAnUpload_getsATimeoutAndNothingRemains()
{
    open({.body = 50ms});
    const auto client = connected();
    QVERIFY(client);
    client->write("POST /api/sources/upload HTTP/1.1\r\nHost: localhost\r\n" + authorization() +
                  "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000\r\n\r\n"
                  "--B\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\nid\n1\n");
    QVERIFY(untilClosed(*client).startsWith("HTTP/1.1 408 Request Timeout\r\n"));
    const auto sources = m_fixture->engine().sources().list(EngineFixture::user());
    IDS_VERIFY_OK(sources);
    QVERIFY(sources->isEmpty());
}

void TestApiFront::client_idleAfterAnAnswer_isHungUpOn()
{
    open({.idle = 50ms});
    const auto client = connected();
    QVERIFY(client);
    client->write("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const QByteArray answer = untilClosed(*client);
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(!answer.contains("Connection: close"));
}

void TestApiFront::client_doesNotReadAnExport_isHungUpOn()
{
    m_catalog.file.behaviour.rows = 500'000;
    const auto source = m_fixture->addFile(QStringLiteral("Large"));
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(m_fixture->ingest(source->id));
    open({.idle = 200ms});
    const auto client = connected();
    QVERIFY(client);
    client->setReadBufferSize(1024);
    client->write("GET /api/sources/src_01/export HTTP/1.1\r\nHost: localhost\r\n" + authorization() + "\r\n");
    QTRY_COMPARE(m_front->connectionCount(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_front->connectionCount(), 0, 20'000);
}

void TestApiFront::client_tooMany_areHungUpOn()
{
    open({});
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < ApiFront::maxConnections; ++i) {
        clients.push_back(connected());
        QVERIFY(clients.back());
        QTRY_COMPARE(m_front->connectionCount(), i + 1);
    }
    const auto late = connected();
    QVERIFY(late);
    QCOMPARE(untilClosed(*late), QByteArray());
    clients.pop_back();
    QTRY_COMPARE(m_front->connectionCount(), ApiFront::maxConnections - 1);
    const auto next = connected();
    QVERIFY(next);
    next->write("GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QVERIFY(untilClosed(*next).startsWith("HTTP/1.1 200 OK\r\n"));
}

void TestApiFront::head_byteByByte_isAnswered()
{
    open({});
    const auto client = connected();
    QVERIFY(client);
    const QByteArray request = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (const char byte : request) {
        client->putChar(byte);
        client->flush();
        QCoreApplication::sendPostedEvents();
        QTest::qWait(1);
    }
    QVERIFY(untilClosed(*client).startsWith("HTTP/1.1 200 OK\r\n"));
}

void TestApiFront::front_drainedWhileIdle_endsAtOnce()
{
    open({});
    const auto client = connected();
    QVERIFY(client);
    QTRY_COMPARE(m_front->connectionCount(), 1);
    bool drained = false;
    connect(m_front.get(), &ApiFront::drained, this, [&] { drained = true; });
    m_front->drain();
    QTRY_VERIFY(drained);
    QCOMPARE(untilClosed(*client), QByteArray());
}

QTEST_GUILESS_MAIN(TestApiFront)
#include "tst_api_front.moc"
