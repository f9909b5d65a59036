// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/route_table.h"

#include <QObject>
#include <QThreadPool>

#include <memory>

namespace idstore {

/// Makes a streamed answer on a thread of its own, block by block, each only after the connection has asked for it,
/// so that a slow client costs no memory. Destroying the pump ends the stream. API thread.
///
///     start() -> opened() -> (grant() -> block())* -> ended() | broke(),  or refused()
class StreamPump : public QObject
{
    Q_OBJECT

public:
    /// `pool` gives a thread for the whole stream; it and `home` (in the API thread) outlive the stream's task.
    StreamPump(QThreadPool &pool, QObject &home, QObject *parent = nullptr);
    ~StreamPump() override;

    void start(const StreamHandler &handler, const HttpRequest &request);
    /// One more block, please.
    void grant();

Q_SIGNALS:
    void opened(const idstore::HttpResponse &head);
    void refused(const idstore::HttpResponse &answer);
    void block(const QByteArray &bytes);
    void ended();
    /// The source failed midway: the answer is incomplete.
    void broke();

private:
    struct Shared;

    QThreadPool &m_pool;
    QObject &m_home;
    std::shared_ptr<Shared> m_shared;
};

} // namespace idstore
