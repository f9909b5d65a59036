// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/http_client.h"
#include "tests/support/result_checks.h"

#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <memory>

using namespace idstore;
using namespace idstore::client;

namespace {

constexpr int patience = 10'000; // ms

/// A peer on a thread of its own that takes one connection and does with it what the test says.
class Peer
{
public:
    explicit Peer(std::function<void(QTcpSocket &)> behaviour)
        : m_thread(QThread::create([this, behaviour = std::move(behaviour)] {
            QTcpServer server;
            if (server.listen(QHostAddress::LocalHost))
                m_port = server.serverPort();
            m_listening.release();
            if (server.waitForNewConnection(patience)) {
                const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
                behaviour(*socket);
            }
        }))
    {
        m_thread->start();
        m_listening.acquire();
    }
    ~Peer() { m_thread->wait(); }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }

private:
    quint16 m_port = 0;
    QSemaphore m_listening;
    std::unique_ptr<QThread> m_thread;
};

QByteArray readUntil(QTcpSocket &socket, const QByteArray &end)
{
    QByteArray got;
    while (!got.contains(end) && socket.waitForReadyRead(patience))
        got += socket.readAll();
    return got;
}

void answerAndClose(QTcpSocket &socket, const QByteArray &bytes)
{
    socket.write(bytes);
    socket.disconnectFromHost();
    if (socket.state() != QAbstractSocket::UnconnectedState)
        socket.waitForDisconnected(patience);
}

class ManyBytes final : public HttpBody
{
public:
    explicit ManyBytes(qint64 size)
        : m_size(size)
    {}
    [[nodiscard]] qint64 size() const override { return m_size; }
    [[nodiscard]] Result<QByteArray> next() override
    {
        const QByteArray piece(static_cast<qsizetype>(std::min<qint64>(64 * 1024, m_size - m_given)), 'x');
        m_given += piece.size();
        return piece;
    }
    [[nodiscard]] qint64 given() const { return m_given; }

private:
    qint64 m_size;
    qint64 m_given = 0;
};

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request_fields_areSent();
    void body_largerThanWindow_arrivesWhole();
    void answer_beforeBodyIsSent_isHeard();
    void answer_withSink_streams();
    void answer_errorStatus_doesNotReachSink();
    void sink_error_endsExchange();
    void peer_absent_isInstanceGone();
    void peer_closesWithoutAnswer_isInstanceGone();
    void peer_closesInTheMiddle_isBadAnswer();
    void cancel_whileWaiting_ends();
};

void TestHttpClient::request_fields_areSent()
{
    QByteArray got;
    {
        Peer peer([&got](QTcpSocket &socket) {
            got = readUntil(socket, "\r\n\r\n");
            answerAndClose(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
        });
        HttpRequest request;
        request.target = "/api/sources?limit=1";
        request.fields = {{"Authorization", "Bearer t"}};
        const auto answer = HttpClient(peer.url(), {}).send(request);
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("[]"));
        QVERIFY(got.contains(QByteArray("\r\nHost: 127.0.0.1:" + QByteArray::number(peer.url().port()) + "\r\n")));
    }
    QVERIFY(got.startsWith("GET /api/sources?limit=1 HTTP/1.1\r\n"));
    QVERIFY(got.contains("\r\nAuthorization: Bearer t\r\n"));
}

void TestHttpClient::body_largerThanWindow_arrivesWhole()
{
    constexpr qint64 size = 5 * 1024 * 1024 + 17;
    qint64 received = 0;
    {
        Peer peer([&received](QTcpSocket &socket) {
            const QByteArray first = readUntil(socket, "\r\n\r\n");
            received = first.size() - first.indexOf("\r\n\r\n") - 4;
            while (received < size && socket.waitForReadyRead(patience))
                received += socket.readAll().size();
            answerAndClose(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        });
        ManyBytes body(size);
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.body = &body;
        const auto answer = HttpClient(peer.url(), {}).send(request);
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 201);
    }
    QCOMPARE(received, size);
}

void TestHttpClient::answer_beforeBodyIsSent_isHeard()
{
    constexpr qint64 size = 1024LL * 1024 * 1024;
    QSemaphore heard;
    Peer peer([&heard](QTcpSocket &socket) {
        socket.setReadBufferSize(1024);
        readUntil(socket, "\r\n\r\n");
        socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
        socket.waitForBytesWritten(patience);
        heard.tryAcquire(1, patience); // reads no more: the body cannot be sent to its end
    });
    ManyBytes body(size);
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.body = &body;
    const auto answer = HttpClient(peer.url(), {}).send(request);
    heard.release();
    IDS_VERIFY_OK(answer);
    QCOMPARE(answer->status, 413);
    QVERIFY(body.given() < size);
}

void TestHttpClient::answer_withSink_streams()
{
    constexpr qsizetype size = 3 * 1024 * 1024;
    Peer peer([](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        answerAndClose(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" +
                                   QByteArray(size, 'y'));
    });
    qsizetype received = 0;
    qsizetype largest = 0;
    HttpRequest request;
    request.target = "/";
    request.sink = [&](QByteArrayView bytes) -> Result<void> {
        received += bytes.size();
        largest = std::max(largest, bytes.size());
        return {};
    };
    const auto answer = HttpClient(peer.url(), {}).send(request);
    IDS_VERIFY_OK(answer);
    QCOMPARE(received, size);
    QVERIFY(largest <= 1024 * 1024);
    QVERIFY(answer->body.isEmpty());
}

void TestHttpClient::answer_errorStatus_doesNotReachSink()
{
    Peer peer([](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        answerAndClose(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");
    });
    bool isReached = false;
    HttpRequest request;
    request.target = "/";
    request.sink = [&](QByteArrayView) -> Result<void> {
        isReached = true;
        return {};
    };
    const auto answer = HttpClient(peer.url(), {}).send(request);
    IDS_VERIFY_OK(answer);
    QCOMPARE(answer->status, 404);
    QCOMPARE(answer->body, QByteArray("{}"));
    QVERIFY(!isReached);
}

void TestHttpClient::sink_error_endsExchange()
{
    Peer peer([](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        answerAndClose(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
    });
    HttpRequest request;
    request.target = "/";
    request.sink = [](QByteArrayView) -> Result<void> {
        Error error;
        error.kind = ErrorKind::StorageFull;
        error.code = QStringLiteral("sink_full");
        return error;
    };
    IDS_VERIFY_ERROR(HttpClient(peer.url(), {}).send(request), ErrorKind::StorageFull, "sink_full");
}

void TestHttpClient::peer_absent_isInstanceGone()
{
    QUrl url;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
    }
    HttpRequest request;
    request.target = "/";
    IDS_VERIFY_ERROR(HttpClient(url, {}).send(request), ErrorKind::Unavailable, "instance_gone");
}

void TestHttpClient::peer_closesWithoutAnswer_isInstanceGone()
{
    Peer peer([](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        socket.abort();
    });
    HttpRequest request;
    request.target = "/";
    IDS_VERIFY_ERROR(HttpClient(peer.url(), {}).send(request), ErrorKind::Unavailable, "instance_gone");
}

void TestHttpClient::peer_closesInTheMiddle_isBadAnswer()
{
    Peer peer([](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        answerAndClose(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[");
    });
    HttpRequest request;
    request.target = "/";
    IDS_VERIFY_ERROR(HttpClient(peer.url(), {}).send(request), ErrorKind::Unavailable, "bad_answer");
}

void TestHttpClient::cancel_whileWaiting_ends()
{
    const CancelToken cancel;
    QSemaphore ended;
    Peer peer([&](QTcpSocket &socket) {
        readUntil(socket, "\r\n\r\n");
        cancel.cancel();
        ended.tryAcquire(1, patience); // never answers
    });
    HttpRequest request;
    request.target = "/";
    const auto answer = HttpClient(peer.url(), cancel).send(request);
    ended.release();
    IDS_VERIFY_ERROR(answer, ErrorKind::Cancelled, "cancelled");
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_http_client.moc"
