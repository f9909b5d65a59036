// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_peer.h"

#include <algorithm>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace idstore::test {

namespace {

constexpr int pollMs = 20;

/// Waits for bytes; nothing at the end of the connection or when `stopping`.
std::optional<QByteArray> receive(int socket, const std::atomic<bool> &stopping)
{
    while (!stopping) {
        pollfd waiting{socket, POLLIN, 0};
        if (poll(&waiting, 1, pollMs) <= 0)
            continue;
        QByteArray bytes(65536, Qt::Uninitialized);
        const ssize_t got = recv(socket, bytes.data(), static_cast<size_t>(bytes.size()), 0);
        if (got <= 0)
            return std::nullopt;
        bytes.truncate(got);
        return bytes;
    }
    return std::nullopt;
}

bool sendAll(int socket, QByteArrayView bytes, const std::atomic<bool> &stopping)
{
    while (!bytes.isEmpty()) {
        pollfd waiting{socket, POLLOUT, 0};
        if (stopping)
            return false;
        if (poll(&waiting, 1, pollMs) <= 0)
            continue;
        const ssize_t sent = send(socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

PeerRequest parseHead(const QByteArray &head)
{
    PeerRequest request;
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        if (colon > 0)
            request.headers.append({lines[i].left(colon).trimmed(), lines[i].mid(colon + 1).trimmed()});
    }
    return request;
}

} // namespace

QByteArray PeerRequest::header(QByteArrayView name) const
{
    for (const auto &[known, value] : headers) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool PeerRequest::has(QByteArrayView name) const
{
    return std::ranges::any_of(headers,
                               [&](const auto &field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
}

PeerAnswer PeerAnswer::of(int status, const QByteArray &body, const QList<QByteArray> &fields)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
    for (const QByteArray &field : fields)
        bytes += field + "\r\n";
    return {bytes + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body};
}

HttpPeer::HttpPeer(Script script)
    : m_script(std::move(script))
{
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    constexpr int backlog = 64;
    if (bind(m_listener, generic, size) != 0 || ::listen(m_listener, backlog) != 0 ||
        getsockname(m_listener, generic, &size) != 0)
        qFatal("no port for a test's server");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { listen(); });
}

HttpPeer::~HttpPeer()
{
    m_stopping = true;
    m_acceptor.join();
    for (std::thread &worker : m_workers)
        worker.join();
    close(m_listener);
}

QUrl HttpPeer::url(const QString &path, const QString &host) const
{
    QUrl url(path);
    url.setScheme(QStringLiteral("http"));
    url.setHost(host);
    url.setPort(m_port);
    return url;
}

QList<PeerRequest> HttpPeer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void HttpPeer::listen()
{
    while (!m_stopping) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (poll(&waiting, 1, pollMs) <= 0)
            continue;
        const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        ++m_connections;
        m_workers.emplace_back([this, connection] {
            serve(connection);
            close(connection);
        });
    }
}

void HttpPeer::serve(int socket)
{
    QByteArray buffer;
    for (;;) {
        qsizetype end = -1;
        while ((end = buffer.indexOf("\r\n\r\n")) < 0) {
            const auto bytes = receive(socket, m_stopping);
            if (!bytes)
                return;
            buffer += *bytes;
        }
        PeerRequest request = parseHead(buffer.left(end));
        buffer.remove(0, end + 4);
        const qsizetype length = request.header("Content-Length").toLongLong();
        while (buffer.size() < length) {
            const auto bytes = receive(socket, m_stopping);
            if (!bytes)
                return;
            buffer += *bytes;
        }
        request.body = buffer.left(length);
        buffer.remove(0, length);

        PeerAnswer answer;
        {
            const std::lock_guard lock(m_mutex);
            m_requests.append(request);
            answer = m_script(request);
        }
        if (!sendAll(socket, answer.bytes, m_stopping))
            return;
        if (answer.then == PeerAnswer::Then::Hang)
            receive(socket, m_stopping);
        if (answer.then != PeerAnswer::Then::KeepOpen)
            return;
    }
}

} // namespace idstore::test
