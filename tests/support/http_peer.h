// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace idstore::test {

/// What a client sent.
struct PeerRequest
{
    QByteArray method;
    QByteArray target;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    /// Letter case ignored; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
};

/// What to send back, byte for byte, so that an answer can be as wrong as a test wants it.
struct PeerAnswer
{
    QByteArray bytes;
    enum class Then { KeepOpen, Close, Hang } then = Then::KeepOpen;

    /// A well-formed answer with a Content-Length.
    static PeerAnswer of(int status, const QByteArray &body = {}, const QList<QByteArray> &fields = {});
};

/// An HTTP/1.1 server on a free port of 127.0.0.1 that answers as its script says. Each connection has a thread; the
/// script is called under a lock, and what came in is kept. Stops when it goes.
class HttpPeer
{
public:
    using Script = std::function<PeerAnswer(const PeerRequest &)>;

    explicit HttpPeer(Script script);
    ~HttpPeer();
    HttpPeer(const HttpPeer &) = delete;
    HttpPeer &operator=(const HttpPeer &) = delete;

    [[nodiscard]] QUrl url(const QString &path, const QString &host = QStringLiteral("127.0.0.1")) const;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QList<PeerRequest> requests() const;
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void listen();
    void serve(int socket);

    Script m_script;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_connections = 0;
    mutable std::mutex m_mutex;
    QList<PeerRequest> m_requests;
    std::vector<std::thread> m_workers;
    std::thread m_acceptor;
};

} // namespace idstore::test
