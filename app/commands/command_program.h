// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instance_file.h"
#include "app/options.h"
#include "models/base/cancel_token.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUrl>

#include <memory>

class QThread;

namespace idstore {

class ServiceHost;

namespace commands {

/// A command from start to exit status. Whoever holds the data directory is asked through its REST API; when nobody
/// does, this process holds it for as long as the command takes and asks itself, on a free port.
///
///     open the directory --ok--> serve here ------------------> run the command on a thread
///            |                                                        ^
///            +--in use--> instance file --> answers /api/health? -----+
///                              |                   | no
///                              +-- none yet -------+--> try again for some seconds, then give up
///
/// Commands that start runs do not join another *command*: it would end, and the run with it. They wait for their turn.
/// Lives on the application's thread, whose event loop stays free for signals.
class CommandProgram : public QObject
{
    Q_OBJECT

public:
    explicit CommandProgram(Invocation invocation, QObject *parent = nullptr);
    ~CommandProgram() override;

    /// Runs the event loop until the command has ended; returns the exit status.
    [[nodiscard]] int run();

private:
    void findInstance();
    void askHolder(const Error &inUse);
    void tryAgain(const Error &problem);
    void begin(const QUrl &url, const QString &tokenFile);
    void fail(const Error &error);

    Invocation m_invocation;
    CancelToken m_cancel;
    QElapsedTimer m_searching;
    std::unique_ptr<ServiceHost> m_host;
    std::unique_ptr<QThread> m_worker;
    bool m_saidWaiting = false;
};

} // namespace commands

} // namespace idstore
