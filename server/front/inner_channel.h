// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/qt_http_bridge.h"

#include <QObject>
#include <QPointer>

namespace idstore {

/// One connection's way through QHttpServer: sends a request inside and hands out the answer piece by piece.
/// When its client leaves while an answer is being made, the channel lives on until the answer has come and been
/// swallowed: Qt 6.4 crashes when a connection goes before its future is done. API thread.
///
///     send() -> answerBegins() -> answerData()* -> answerEnds()
class InnerChannel : public QObject
{
    Q_OBJECT

public:
    /// `bridge` must outlive the channel and is its parent.
    explicit InnerChannel(QtHttpBridge &bridge);

    /// One at a time: only after the answer before has ended.
    void send(const std::shared_ptr<Exchange> &exchange);
    /// The client has left. The channel deletes itself, now or when the answer has come.
    void abandon();

Q_SIGNALS:
    void answerBegins(int status, const QByteArray &contentType, const QList<idstore::HttpHeader> &headers,
                      qint64 length);
    void answerData(const QByteArray &data);
    /// Queued: QHttpServer has returned by then.
    void answerEnds();

private:
    void receive(const QByteArray &bytes);
    void takeBody(const QByteArray &bytes);
    [[nodiscard]] bool readHead(const QByteArray &head);
    void end();
    void retire();

    QtHttpBridge &m_bridge;
    QPointer<VirtualSocket> m_socket;
    std::shared_ptr<Exchange> m_exchange; ///< null while idle
    QByteArray m_head;
    bool m_inBody = false;
    qint64 m_left = 0;
    bool m_abandoned = false;
};

} // namespace idstore
