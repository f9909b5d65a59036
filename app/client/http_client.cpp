// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/http_client.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QTcpSocket>

#include <utility>

namespace idstore::client {

namespace {

constexpr int waitSlice = 100; ///< ms between looks at the cancel flag
constexpr qint64 connectPatience = 10'000; ///< ms
constexpr qint64 answerPatience = 300'000; ///< ms without a byte in either direction
constexpr qint64 sendWindow = 1024 * 1024; ///< bytes handed to the socket but not yet sent
constexpr qint64 readBlock = 256 * 1024;

Error transportError(const QString &code, const QString &message, const QString &cause)
{
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = code;
    error.message = message;
    error.remedy = QCoreApplication::translate("HttpClient", "Run the command again.");
    error.cause = cause;
    return error;
}

Error instanceGone(const QString &cause)
{
    return transportError(QStringLiteral("instance_gone"),
                          QCoreApplication::translate("HttpClient", "The running instance stopped or cannot be "
                                                                    "reached."),
                          cause);
}

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.code = QStringLiteral("cancelled");
    error.message = QCoreApplication::translate("HttpClient", "Cancelled.");
    return error;
}

/// One request and its answer on one connection.
class Exchange
{
public:
    Exchange(const HttpRequest &request, const CancelToken &cancel)
        : m_request(request)
        , m_cancel(cancel)
    {
        // Never through a proxy: the peer is this computer.
        m_socket.setProxy(QNetworkProxy::NoProxy);
        m_socket.setReadBufferSize(4 * readBlock);
    }

    Result<HttpAnswer> run(const QUrl &base)
    {
        IDS_CHECK(connectTo(base));
        IDS_CHECK(write(head(base)));
        if (m_request.body)
            IDS_CHECK(sendBody());
        while (!m_parser.isDone())
            IDS_CHECK(readSome());
        m_answer.head = m_parser.head();
        return std::move(m_answer);
    }

private:
    Result<void> connectTo(const QUrl &base)
    {
        m_socket.connectToHost(base.host(), static_cast<quint16>(base.port()));
        m_idle.start();
        while (!m_socket.waitForConnected(waitSlice)) {
            if (m_socket.error() != QAbstractSocket::SocketTimeoutError || m_idle.hasExpired(connectPatience))
                return instanceGone(m_socket.errorString());
            if (m_cancel.isCancelled())
                return cancelled();
        }
        return {};
    }

    QByteArray head(const QUrl &base) const
    {
        QByteArray text = m_request.method + ' ' + m_request.target +
                          " HTTP/1.1\r\nHost: " + base.authority().toLatin1() + "\r\nConnection: close\r\n";
        for (const auto &[name, value] : m_request.fields)
            text += name + ": " + value + "\r\n";
        if (m_request.body)
            text += "Content-Length: " + QByteArray::number(m_request.body->size()) + "\r\n";
        return text + "\r\n";
    }

    Result<void> sendBody()
    {
        qint64 left = m_request.body->size();
        while (left > 0 && !m_peerSpoke) {
            IDS_TRY(piece, m_request.body->next());
            IDS_CHECK(write(piece));
            left -= piece.size();
        }
        return {};
    }

    /// Hands `bytes` to the socket and waits until little enough is on its way.
    Result<void> write(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_idle.start();
        while (m_socket.bytesToWrite() > sendWindow && !m_peerSpoke) {
            if (m_socket.waitForBytesWritten(waitSlice))
                m_idle.start();
            else if (m_socket.error() != QAbstractSocket::SocketTimeoutError)
                m_peerSpoke = true; // closed on us: what it said before that is read next
            IDS_CHECK(checkPatience());
            if (m_socket.bytesAvailable() > 0)
                m_peerSpoke = true;
        }
        return {};
    }

    Result<void> readSome()
    {
        const QByteArray bytes = m_socket.read(readBlock);
        if (!bytes.isEmpty()) {
            m_idle.start();
            return take(bytes);
        }
        if (m_socket.state() != QAbstractSocket::ConnectedState)
            return m_parser.hasHead() ? m_parser.close() : Result<void>(instanceGone(m_socket.errorString()));
        IDS_CHECK(checkPatience());
        m_socket.waitForReadyRead(waitSlice);
        return {};
    }

    Result<void> take(const QByteArray &bytes)
    {
        IDS_TRY(body, m_parser.feed(bytes));
        if (body.isEmpty())
            return {};
        if (m_request.sink && m_parser.head().isOk())
            return m_request.sink(body);
        m_answer.body += body;
        return {};
    }

    Result<void> checkPatience() const
    {
        if (m_cancel.isCancelled())
            return cancelled();
        if (m_idle.hasExpired(answerPatience)) {
            return transportError(QStringLiteral("no_answer"),
                                  QCoreApplication::translate("HttpClient", "The running instance does not answer."),
                                  {});
        }
        return {};
    }

    const HttpRequest &m_request;
    const CancelToken &m_cancel;
    QTcpSocket m_socket;
    QElapsedTimer m_idle; ///< since a byte last moved
    HttpAnswerParser m_parser;
    HttpAnswer m_answer;
    bool m_peerSpoke = false; ///< before the request was complete
};

} // namespace

HttpClient::HttpClient(QUrl base, CancelToken cancel)
    : m_base(std::move(base))
    , m_cancel(std::move(cancel))
{}

Result<HttpAnswer> HttpClient::send(const HttpRequest &request) const
{
    return Exchange(request, m_cancel).run(m_base);
}

} // namespace idstore::client
