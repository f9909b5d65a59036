// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace idstore {

/// A connected TCP socket without a descriptor: what QHttpServer takes for its client. The front feeds it one
/// complete, normalised request at a time and receives the answer through written(). API thread.
class VirtualSocket : public QTcpSocket
{
    Q_OBJECT

public:
    explicit VirtualSocket(quint16 localPort, QObject *parent = nullptr);

    /// Lets the reader have these bytes.
    void feed(const QByteArray &bytes);
    /// The client has left: UnconnectedState and disconnected(). Nothing may be fed afterwards.
    void shut();

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    [[nodiscard]] bool isSequential() const override { return true; }
    void disconnectFromHost() override { shut(); }
    void close() override { shut(); }

Q_SIGNALS:
    void written(const QByteArray &bytes);

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_incoming;
    qsizetype m_read = 0;
};

} // namespace idstore
