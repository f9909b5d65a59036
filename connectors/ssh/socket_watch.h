// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace idstore::ssh {

/// Ends what waits for a socket. libssh's calls wait for whole packets and answers and cannot be interrupted; a thread
/// of the watch shuts the socket down instead, whereupon they return: within about 50 ms of a cancellation, and when
/// the peer has sent nothing for `silence` during a Call. The socket must outlive the watch.
class SocketWatch
{
public:
    SocketWatch(int socket, CancelToken cancel, std::chrono::milliseconds silence);
    ~SocketWatch();
    SocketWatch(const SocketWatch &) = delete;
    SocketWatch &operator=(const SocketWatch &) = delete;

    /// Exists while somebody waits for the peer. One at a time.
    class Call
    {
    public:
        explicit Call(SocketWatch &watch);
        ~Call();
        Call(const Call &) = delete;
        Call &operator=(const Call &) = delete;

    private:
        SocketWatch &m_watch;
    };

    enum class Reason { None, Cancelled, Silent };
    /// Why the socket was shut down. Any thread.
    [[nodiscard]] Reason reason() const { return m_reason; }

private:
    using Clock = std::chrono::steady_clock;

    void watch();
    [[nodiscard]] bool isSilent() const;

    int m_socket;
    CancelToken m_cancel;
    std::chrono::milliseconds m_silence;
    std::atomic<Clock::rep> m_callBegan = 0; ///< 0: nobody waits
    std::atomic<Reason> m_reason = Reason::None;
    std::mutex m_mutex;
    std::condition_variable m_stop;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace idstore::ssh
