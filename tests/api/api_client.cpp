// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/api_client.h"

#include <QHostAddress>

namespace idstore::test {

QByteArray ApiAnswer::header(const QByteArray &name) const
{
    QByteArray joined;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            joined += (joined.isEmpty() ? QByteArray() : QByteArray(", ")) + value;
    }
    return joined;
}

bool ApiClient::isConnected() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

bool ApiClient::send(const QByteArray &bytes)
{
    if (!isConnected()) {
        m_socket = std::make_unique<QTcpSocket>();
        m_input.clear();
        m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        if (!m_socket->waitForConnected(patience))
            return false;
    }
    m_socket->write(bytes);
    while (m_socket->bytesToWrite() > 0) {
        if (!m_socket->waitForBytesWritten(patience))
            return false;
    }
    return true;
}

std::optional<ApiAnswer> ApiClient::receive(bool bodiless)
{
    qsizetype end = m_input.indexOf("\r\n\r\n");
    while (end < 0) {
        if (!readMore())
            return std::nullopt;
        end = m_input.indexOf("\r\n\r\n");
    }
    ApiAnswer answer;
    const QList<QByteArray> lines = m_input.first(end).split('\n');
    answer.status = lines.first().mid(9, 3).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        answer.headers.append({lines[i].first(colon), lines[i].sliced(colon + 1).trimmed()});
    }
    m_input.remove(0, end + 4);
    if (bodiless || answer.status == 204 || answer.status == 100)
        return answer;
    if (answer.header("Transfer-Encoding") == "chunked")
        return readChunks(answer.body) ? std::optional(answer) : std::nullopt;
    if (answer.header("Content-Length").isEmpty()) {
        while (readMore())
            ;
        answer.body = std::exchange(m_input, {});
        return answer;
    }
    const qsizetype length = answer.header("Content-Length").toLongLong();
    while (m_input.size() < length) {
        if (!readMore())
            return std::nullopt;
    }
    answer.body = m_input.first(length);
    m_input.remove(0, length);
    return answer;
}

bool ApiClient::waitForClose()
{
    while (readMore())
        ;
    return m_socket && m_socket->state() != QAbstractSocket::ConnectedState;
}

void ApiClient::drop()
{
    if (m_socket)
        m_socket->abort();
}

bool ApiClient::readMore()
{
    if (!m_socket)
        return false;
    if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(patience) && m_socket->bytesAvailable() == 0)
        return false;
    m_input += m_socket->readAll();
    return true;
}

bool ApiClient::readChunks(QByteArray &body)
{
    for (;;) {
        qsizetype lineEnd = m_input.indexOf("\r\n");
        while (lineEnd < 0) {
            if (!readMore())
                return false;
            lineEnd = m_input.indexOf("\r\n");
        }
        const qsizetype size = m_input.first(lineEnd).toLongLong(nullptr, 16);
        while (m_input.size() < lineEnd + 2 + size + 2) {
            if (!readMore())
                return false;
        }
        body += m_input.mid(lineEnd + 2, size);
        m_input.remove(0, lineEnd + 2 + size + 2);
        if (size == 0)
            return true;
    }
}

} // namespace idstore::test
