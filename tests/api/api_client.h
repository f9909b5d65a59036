// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpSocket>

#include <memory>
#include <optional>
#include <utility>

namespace idstore::test {

struct ApiAnswer
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< chunks joined

    /// The values of all fields of this name, any letter case, joined with commas; null when there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// A client of HTTP/1.1 that sends exactly the bytes it is told to, well-formed or not, and waits for the answers.
class ApiClient
{
public:
    static constexpr int patience = 20'000; ///< milliseconds until a missing answer is a failure

    explicit ApiClient(quint16 port)
        : m_port(port)
    {}

    /// Connects when there is no connection.
    [[nodiscard]] bool send(const QByteArray &bytes);
    /// `bodiless`: the answer to a HEAD. Nothing when the connection ends before the answer does.
    [[nodiscard]] std::optional<ApiAnswer> receive(bool bodiless = false);
    /// Waits for the server to close, and says whether it did.
    [[nodiscard]] bool waitForClose();
    [[nodiscard]] bool isConnected() const;
    void drop(); ///< resets the connection

private:
    [[nodiscard]] bool readMore();
    [[nodiscard]] bool readChunks(QByteArray &body);

    quint16 m_port;
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_input;
};

} // namespace idstore::test
