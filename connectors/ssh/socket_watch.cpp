// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/ssh/socket_watch.h"

#include <QtGlobal>

#include <algorithm>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace idstore::ssh {

namespace {

constexpr std::chrono::milliseconds pulse{50};

/// How long ago the last bytes came, where the system tells.
std::chrono::milliseconds sinceLastBytes([[maybe_unused]] int socket)
{
#ifdef Q_OS_LINUX
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        return std::chrono::milliseconds(info.tcpi_last_data_recv);
#endif
    return std::chrono::milliseconds::max();
}

} // namespace

SocketWatch::SocketWatch(int socket, CancelToken cancel, std::chrono::milliseconds silence)
    : m_socket(socket)
    , m_cancel(std::move(cancel))
    , m_silence(silence)
    , m_thread([this] { watch(); })
{}

SocketWatch::~SocketWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_stop.notify_one();
    m_thread.join();
}

void SocketWatch::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop.wait_for(lock, pulse, [this] { return m_stopping; })) {
        if (m_cancel.isCancelled())
            m_reason = Reason::Cancelled;
        else if (isSilent())
            m_reason = Reason::Silent;
        if (m_reason != Reason::None) {
            ::shutdown(m_socket, SHUT_RDWR);
            return;
        }
    }
}

bool SocketWatch::isSilent() const
{
    const Clock::rep began = m_callBegan;
    if (began == 0)
        return false;
    const auto waited =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch() - Clock::duration(began));
    return std::min(waited, sinceLastBytes(m_socket)) > m_silence;
}

SocketWatch::Call::Call(SocketWatch &watch)
    : m_watch(watch)
{
    m_watch.m_callBegan = Clock::now().time_since_epoch().count();
}

SocketWatch::Call::~Call()
{
    m_watch.m_callBegan = 0;
}

} // namespace idstore::ssh
