// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace idstore {

/// One window a person and data directory: a second start shows the first one's window instead. The meeting place is
/// a local socket that only this user can reach, named after the directory. Used on the application's thread.
class SingleWindow : public QObject
{
    Q_OBJECT

public:
    explicit SingleWindow(const QString &dataDirectory, QObject *parent = nullptr);

    /// Asks a window that is already there to come forward; false when there is none. Waits for at most a second.
    [[nodiscard]] bool raiseOther() const;
    /// From now on, other starts find this one. Call only while holding the data directory: what a crashed window has
    /// left behind is taken over.
    void listen();

Q_SIGNALS:
    /// Another start wants the window to come forward.
    void raiseRequested();

private:
    void answer();

    QString m_socketName;
    QLocalServer m_server;
};

} // namespace idstore
