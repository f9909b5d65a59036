// SPDX-License-Identifier: GPL-3.0-or-later
// The streamed answers of a connection: blocks are asked for only while the client takes them.
#include "server/front/api_connection.h"

#include "server/front/stream_pump.h"
#include "server/http/response_head.h"

namespace idstore {

namespace {

constexpr int blocksAhead = 2;
constexpr qint64 fullOutput = 256 * 1024;

} // namespace

void ApiConnection::startStream()
{
    m_state = State::Stream;
    m_place.emplace(m_shared.streams);
    m_stream = std::make_unique<StreamPump>(m_shared.streamPool, m_shared.home, this).release(); // a child of this
    connect(m_stream, &StreamPump::opened, this, &ApiConnection::openStream);
    connect(m_stream, &StreamPump::refused, this, [this](const HttpResponse &answer) {
        std::exchange(m_stream, nullptr)->deleteLater();
        m_place.reset();
        respond(answer);
        advance();
    });
    connect(m_stream, &StreamPump::block, this, &ApiConnection::writeStreamBlock);
    connect(m_stream, &StreamPump::ended, this, &ApiConnection::endStream);
    // Without its end a chunked answer is seen to be incomplete.
    connect(m_stream, &StreamPump::broke, this, &ApiConnection::abort);
    m_stream->start(std::get<StreamHandler>(m_exchange->route->handler), m_exchange->request);
}

void ApiConnection::openStream(const HttpResponse &head)
{
    const AnswerFraming framing = m_head.minorVersion == 0 ? AnswerFraming::UntilClose : AnswerFraming::Chunked;
    beginAnswer(head.status, head.contentType, head.headers, framing, 0);
    if (isHead()) {
        endStream();
        return;
    }
    m_timer.start(m_shared.times.idle);
    m_blocksOwed = blocksAhead;
    grantStream();
}

void ApiConnection::writeStreamBlock(const QByteArray &bytes)
{
    if (m_head.minorVersion == 0) {
        m_socket->write(bytes);
    } else {
        m_socket->write(QByteArray::number(bytes.size(), 16) + "\r\n");
        m_socket->write(bytes);
        m_socket->write("\r\n");
    }
    ++m_blocksOwed;
    grantStream();
}

void ApiConnection::grantStream()
{
    while (m_stream && m_blocksOwed > 0 && m_socket->bytesToWrite() < fullOutput) {
        --m_blocksOwed;
        m_stream->grant();
    }
    // Nothing left to write means that the server is at work, not that the client is slow.
    if (m_socket->bytesToWrite() == 0)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(m_shared.times.idle);
}

void ApiConnection::endStream()
{
    if (!isHead() && m_head.minorVersion != 0)
        m_socket->write("0\r\n\r\n");
    m_stream->disconnect(this);
    std::exchange(m_stream, nullptr)->deleteLater();
    m_place.reset();
    endAnswer();
    advance();
}

} // namespace idstore
