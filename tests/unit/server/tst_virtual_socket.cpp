// SPDX-License-Identifier: GPL-3.0-or-later
// The way through QHttpServer: one virtual socket, several requests, clients that leave.
#include "server/front/inner_channel.h"
#include "server/front/virtual_socket.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace idstore;

class TestVirtualSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void socket_fed_readsAndWritesLikeATcpSocket();
    void socket_shut_isDisconnectedOnce();
    void channel_severalRequests_areAnsweredInTurn();
    void channel_pooledHandler_answersWithHeaders();
    void channel_handlerThrows_answers500WithoutTheCause();
    void channel_clientLeavesDuringHandler_cancelsAndSurvives();

private:
    [[nodiscard]] static std::shared_ptr<Exchange> exchangeFor(const Route &route, const QString &path,
                                                               const QByteArray &body = {});
};

namespace {

/// What a channel answered.
class Answer
{
public:
    explicit Answer(InnerChannel &channel)
    {
        QObject::connect(&channel, &InnerChannel::answerBegins, &channel,
                         [this](int code, const QByteArray &, const QList<HttpHeader> &fields, qint64 size) {
                             status = code;
                             headers = fields;
                             length = size;
                             body.clear();
                         });
        QObject::connect(&channel, &InnerChannel::answerData, &channel,
                         [this](const QByteArray &data) { body += data; });
        QObject::connect(&channel, &InnerChannel::answerEnds, &channel, [this] { ++ended; });
    }

    int status = 0;
    QList<HttpHeader> headers;
    qint64 length = 0;
    QByteArray body;
    int ended = 0;
};

HttpResponse text(const QByteArray &body, int status = 200)
{
    return {status, "text/plain", body, {}};
}

} // namespace

std::shared_ptr<Exchange> TestVirtualSocket::exchangeFor(const Route &route, const QString &path,
                                                         const QByteArray &body)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->route = &route;
    exchange->request.method = route.method;
    exchange->request.path = path;
    exchange->request.body = body;
    return exchange;
}

void TestVirtualSocket::socket_fed_readsAndWritesLikeATcpSocket()
{
    VirtualSocket socket(80);
    QSignalSpy ready(&socket, &QIODevice::readyRead);
    QByteArray written;
    connect(&socket, &VirtualSocket::written, this, [&](const QByteArray &bytes) { written += bytes; });
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.feed("hello ");
    socket.feed("world");
    QCOMPARE(ready.count(), 2);
    QCOMPARE(socket.bytesAvailable(), 11);
    QCOMPARE(socket.peek(5), QByteArray("hello"));
    QCOMPARE(socket.read(6), QByteArray("hello "));
    QCOMPARE(socket.readAll(), QByteArray("world"));
    QCOMPARE(socket.bytesAvailable(), 0);
    QCOMPARE(socket.write("answer"), 6);
    QCOMPARE(written, QByteArray("answer"));
}

void TestVirtualSocket::socket_shut_isDisconnectedOnce()
{
    VirtualSocket socket(80);
    QSignalSpy gone(&socket, &QAbstractSocket::disconnected);
    socket.shut();
    socket.disconnectFromHost();
    QCOMPARE(gone.count(), 1);
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void TestVirtualSocket::channel_severalRequests_areAnsweredInTurn()
{
    RouteTable routes;
    int count = 0;
    routes.add({.method = "POST",
                .pattern = QStringLiteral("/api/echo/{id}"),
                .handler = JsonHandler([&count](const HttpRequest &request) -> Result<HttpResponse> {
                    return text(request.body + QByteArray::number(++count));
                })});
    QtHttpBridge bridge(routes);
    QVERIFY(bridge.open());
    auto *channel = new InnerChannel(bridge);
    Answer answer(*channel);
    for (int i = 1; i <= 3; ++i) {
        channel->send(exchangeFor(routes.routes().front(), QStringLiteral("/api/echo/ü x"), "body "));
        QTRY_COMPARE(answer.ended, i);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "body " + QByteArray::number(i));
        QCOMPARE(answer.length, answer.body.size());
    }
}

void TestVirtualSocket::channel_pooledHandler_answersWithHeaders()
{
    RouteTable routes;
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/slow"),
                .runsOn = RunsOn::Pool,
                .handler = JsonHandler([](const HttpRequest &) -> Result<HttpResponse> {
                    HttpResponse response = text("slow", 202);
                    response.headers.append(HttpHeader{"Location", "/x"});
                    return response;
                })});
    QtHttpBridge bridge(routes);
    QVERIFY(bridge.open());
    auto *channel = new InnerChannel(bridge);
    Answer answer(*channel);
    channel->send(exchangeFor(routes.routes().front(), QStringLiteral("/api/slow")));
    QTRY_COMPARE(answer.ended, 1);
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.body, QByteArray("slow"));
    QCOMPARE(answer.headers, (QList<HttpHeader>{{"Location", "/x"}}));
}

void TestVirtualSocket::channel_handlerThrows_answers500WithoutTheCause()
{
    RouteTable routes;
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/broken"),
                .runsOn = RunsOn::Pool,
                .handler = JsonHandler([](const HttpRequest &) -> Result<HttpResponse> {
                    throw std::runtime_error("the secret cause");
                })});
    QtHttpBridge bridge(routes);
    QVERIFY(bridge.open());
    auto *channel = new InnerChannel(bridge);
    Answer answer(*channel);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Internal error: exception")));
    channel->send(exchangeFor(routes.routes().front(), QStringLiteral("/api/broken")));
    QTRY_COMPARE(answer.ended, 1);
    QCOMPARE(answer.status, 500);
    QVERIFY(!answer.body.contains("secret"));
}

void TestVirtualSocket::channel_clientLeavesDuringHandler_cancelsAndSurvives()
{
    // The case that crashes Qt 6.4 when the connection goes before the future is done.
    QSemaphore begun;
    QSemaphore ended;
    RouteTable routes;
    routes.add({.method = "GET",
                .pattern = QStringLiteral("/api/slow"),
                .runsOn = RunsOn::Pool,
                .handler = JsonHandler([&](const HttpRequest &request) -> Result<HttpResponse> {
                    begun.release();
                    while (!request.cancel.isCancelled())
                        QThread::msleep(1);
                    ended.release();
                    return text("too late");
                })});
    QtHttpBridge bridge(routes);
    QVERIFY(bridge.open());
    for (int i = 0; i < 20; ++i) {
        const QPointer<InnerChannel> channel = new InnerChannel(bridge);
        Answer answer(*channel);
        channel->send(exchangeFor(routes.routes().front(), QStringLiteral("/api/slow")));
        begun.acquire();
        channel->abandon();
        ended.acquire();
        QTRY_VERIFY(channel.isNull());
        QCOMPARE(answer.ended, 0);
    }
}

QTEST_GUILESS_MAIN(TestVirtualSocket)
#include "tst_virtual_socket.moc"
