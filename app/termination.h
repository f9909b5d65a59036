// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <array>
#include <memory>

class QSocketNotifier;

namespace idstore {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal on the thread that made this object (a handler may do next to
/// nothing, so it writes a byte into a socket pair that the event loop watches). A signal that comes before the
/// event loop runs is kept. Further signals while the program is stopping are harmless.
/// Also ignores SIGPIPE and SIGXFSZ: a reader that went away and a file that may not grow are errors of a write.
/// At most one exists at a time; where there are no such signals it does nothing.
class Termination : public QObject
{
    Q_OBJECT

public:
    explicit Termination(QObject *parent = nullptr);
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    std::array<int, 2> m_pair{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace idstore
