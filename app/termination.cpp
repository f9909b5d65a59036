// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/termination.h"

#include "models/base/logging.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#endif

namespace idstore {

#ifdef Q_OS_UNIX

namespace {

constexpr std::array<int, 3> stopSignals{SIGTERM, SIGINT, SIGHUP};

// Signal handlers have no argument to pass it in. Written before the handler is installed.
volatile std::sig_atomic_t writeEnd = -1;

extern "C" void noteSignal(int)
{
    const int savedErrno = errno;
    const char byte = 1;
    // A full pair is fine: then enough is in it to wake the event loop.
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &byte, 1);
    errno = savedErrno;
}

void setDisposition(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

} // namespace

Termination::Termination(QObject *parent)
    : QObject(parent)
{
    setDisposition(SIGPIPE, SIG_IGN);
    setDisposition(SIGXFSZ, SIG_IGN);

    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, m_pair.data()) != 0) {
        qCWarning(logApp, "no socket pair for signals; only kill -9 will stop this process");
        return;
    }
    for (const int end : m_pair) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_pair[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::array<char, 64> bytes{};
        while (::read(m_pair[1], bytes.data(), bytes.size()) > 0) {
        }
        Q_EMIT requested();
    });
    writeEnd = m_pair[0];
    for (const int signal : stopSignals) {
        // `nohup` asks to outlive the terminal; that stays so.
        struct sigaction inherited = {};
        if (signal == SIGHUP && ::sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler == SIG_IGN)
            continue;
        setDisposition(signal, noteSignal);
    }
}

Termination::~Termination()
{
    // From here on the process only tidies up; a further signal must not cut that short.
    for (const int signal : stopSignals)
        setDisposition(signal, SIG_IGN);
    m_notifier.reset();
    for (const int end : m_pair) {
        if (end >= 0)
            ::close(end);
    }
}

#else

Termination::Termination(QObject *parent)
    : QObject(parent)
{}

Termination::~Termination() = default;

#endif

} // namespace idstore
