// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/api_connection.h"

#include "models/base/logging.h"
#include "models/services/engine.h"
#include "server/front/half_close.h"
#include "server/front/inner_channel.h"
#include "server/front/stream_pump.h"
#include "server/front/upload_session.h"
#include "server/http/response_head.h"
#include "server/problem.h"

namespace idstore {

namespace {

constexpr qint64 readBufferBytes = 256 * 1024;
constexpr qsizetype readBytes = 64 * 1024;
constexpr qint64 fullOutput = 256 * 1024; // nothing new is made while this much waits for the client
constexpr qint64 smallRefusedBody = 64 * 1024; // taken in, so that the connection can be kept

} // namespace

ApiConnection::ApiConnection(FrontShared &shared, std::unique_ptr<QTcpSocket> socket, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_socket(std::move(socket))
{
    m_socket->setReadBufferSize(readBufferBytes);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_timer.setSingleShot(true);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &ApiConnection::advance);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &ApiConnection::onBytesWritten);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &ApiConnection::onDisconnected);
    connect(&m_timer, &QTimer::timeout, this, &ApiConnection::onTimeout);
}

ApiConnection::~ApiConnection()
{
    m_socket->disconnect(this);
    if (m_channel)
        m_channel->abandon();
}

void ApiConnection::begin()
{
    m_timer.start(m_shared.times.head);
    advance();
}

void ApiConnection::drain()
{
    const bool mayTakeAnyTime = m_state == State::Stream;
    if (m_state == State::Head || mayTakeAnyTime)
        abort();
    else
        m_mustClose = true;
}

void ApiConnection::advance()
{
    if (m_advancing)
        return;
    m_advancing = true;
    bool more = true;
    while (more) {
        switch (m_state) {
        case State::Head:
            more = readHead();
            break;
        case State::Body:
            more = readBody();
            break;
        case State::Upload:
            more = feedUpload();
            break;
        case State::Linger:
            discardInput();
            more = false;
            break;
        case State::Inner:
        case State::Stream:
        case State::Gone:
            more = false;
            break;
        }
    }
    m_advancing = false;
}

bool ApiConnection::fill()
{
    if (m_inputAt < m_input.size())
        return true;
    m_inputAt = 0;
    m_input.resize(readBytes);
    const qint64 got = m_socket->read(m_input.data(), readBytes);
    m_input.resize(std::max<qint64>(got, 0));
    return got > 0;
}

QByteArrayView ApiConnection::takeBody()
{
    QByteArrayView rest = QByteArrayView(m_input).sliced(m_inputAt);
    const QByteArrayView data = m_framer.next(rest);
    m_inputAt = m_input.size() - rest.size();
    return data;
}

bool ApiConnection::readHead()
{
    // A client that sends requests and does not read the answers waits until it has.
    if (m_socket->bytesToWrite() > fullOutput)
        return false;
    const bool hadStarted = m_parser.started();
    while (m_parser.state() == HeadParser::State::Reading && fill())
        m_inputAt += m_parser.feed(QByteArrayView(m_input).sliced(m_inputAt));
    switch (m_parser.state()) {
    case HeadParser::State::Reading:
        if (m_parser.started() && !hadStarted)
            m_timer.start(m_shared.times.head);
        if (m_inputAt == m_input.size())
            m_input = {};
        return false;
    case HeadParser::State::Failed:
        m_since.start();
        m_head = {};
        m_exchange.reset();
        refuse(problem(m_parser.error().status, QStringLiteral("malformed_request"), m_parser.error().detail));
        return true;
    case HeadParser::State::Complete:
        break;
    }
    m_timer.stop();
    m_since.start();
    m_head = m_parser.head();
    m_parser.reset();
    admit();
    return true;
}

void ApiConnection::admit()
{
    Admission admission = m_shared.gate.admit(m_head);
    m_exchange = std::make_shared<Exchange>();
    m_exchange->route = admission.route;
    m_exchange->request = std::move(admission.request);
    m_framer = BodyFramer(m_head);
    m_bodySize = 0;
    m_bodyLimit = admission.bodyLimit;
    m_refusal.reset();
    m_mustClose = !m_head.keepAlive || m_shared.draining;
    m_state = State::Body;
    if (admission.refusal) {
        const bool isSmall =
            !m_head.chunked && !m_head.expectContinue && m_head.contentLength.value_or(0) <= smallRefusedBody;
        if (isSmall) {
            m_refusal = std::move(admission.refusal);
            m_bodyLimit = smallRefusedBody;
        } else {
            refuse(*admission.refusal);
        }
        return;
    }
    const bool isUpload = admission.route->isUpload();
    if ((isUpload && m_shared.uploads >= FrontShared::maxUploads) ||
        (admission.route->isStream() && m_shared.streams >= FrontShared::maxStreams)) {
        refuse(problem(503, QStringLiteral("too_busy"),
                       ServerText::tr("Too many uploads or exports are under way. Try again in a moment.")));
        return;
    }
    if (m_head.expectContinue && m_inputAt == m_input.size() && m_socket->bytesAvailable() == 0)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    if (isUpload)
        startUpload(admission.uploadInto, admission.boundary, admission.bodyLimit);
}

bool ApiConnection::readBody()
{
    while (!m_framer.isDone() && fill()) {
        const QByteArrayView data = takeBody();
        if (m_framer.hasFailed()) {
            refuse(problem(400, QStringLiteral("malformed_request"), ServerText::tr("The body's chunks are broken.")));
            return true;
        }
        m_bodySize += data.size();
        if (m_bodySize > m_bodyLimit) {
            refuse(problem(413, QStringLiteral("body_too_large"),
                           ServerText::tr("The body is larger than 1 MiB, the most this address takes.")));
            return true;
        }
        if (!m_refusal)
            m_exchange->request.body.append(data);
    }
    if (!m_framer.isDone()) {
        m_timer.start(m_shared.times.body);
        return false;
    }
    m_timer.stop();
    dispatch();
    return true;
}

void ApiConnection::dispatch()
{
    if (m_refusal)
        respond(*m_refusal);
    else if (m_exchange->route->isStream())
        startStream();
    else
        startInner();
}

void ApiConnection::startInner()
{
    m_state = State::Inner;
    if (!m_channel) {
        m_channel = std::make_unique<InnerChannel>(m_shared.bridge).release(); // a child of the bridge
        connect(m_channel, &InnerChannel::answerBegins, this,
                [this](int status, const QByteArray &type, const QList<HttpHeader> &headers, qint64 length) {
                    beginAnswer(status, type, headers, AnswerFraming::Length, length);
                });
        connect(m_channel, &InnerChannel::answerData, this, [this](const QByteArray &data) {
            if (!isHead())
                m_socket->write(data);
        });
        connect(m_channel, &InnerChannel::answerEnds, this, [this] {
            if (m_state != State::Inner)
                return;
            endAnswer();
            advance();
        });
    }
    m_channel->send(m_exchange);
}

void ApiConnection::startUpload(std::optional<SourceId> into, const QByteArray &boundary, qint64 bodyLimit)
{
    m_state = State::Upload;
    m_place.emplace(m_shared.uploads);
    m_uploadWhole = false;
    m_upload = std::make_unique<UploadSession>(m_shared.engine.sources(), m_shared.uploadPool, m_shared.home,
                                               m_exchange->request.principal.user, into, boundary, bodyLimit, this)
                   .release(); // a child of this
    connect(m_upload, &UploadSession::progressed, this, &ApiConnection::advance);
}

bool ApiConnection::feedUpload()
{
    while (m_upload->wantsMore() && !m_framer.isDone() && fill()) {
        m_upload->consume(takeBody());
        if (m_framer.hasFailed())
            m_upload->failMalformed(ServerText::tr("The body's chunks are broken."));
    }
    if (m_framer.isDone() && !m_uploadWhole) {
        m_uploadWhole = true;
        m_upload->finish();
    }
    if (!m_upload->answer()) {
        if (m_framer.isDone() || !m_upload->wantsMore())
            m_timer.stop();
        else
            m_timer.start(m_shared.times.body);
        return false;
    }
    const HttpResponse answer = *m_upload->answer();
    m_upload->disconnect(this);
    std::exchange(m_upload, nullptr)->deleteLater();
    m_place.reset();
    if (m_framer.isDone())
        respond(answer);
    else
        refuse(answer);
    return true;
}

void ApiConnection::respond(const HttpResponse &response)
{
    beginAnswer(response.status, response.contentType, response.headers, AnswerFraming::Length, response.body.size());
    if (!isHead())
        m_socket->write(response.body);
    endAnswer();
}

void ApiConnection::refuse(const HttpResponse &response)
{
    m_mustClose = true;
    respond(response);
}

void ApiConnection::beginAnswer(int status, const QByteArray &contentType, const QList<HttpHeader> &headers,
                                AnswerFraming framing, qint64 length)
{
    m_status = status;
    m_mustClose = m_mustClose || framing == AnswerFraming::UntilClose || m_shared.draining;
    m_socket->write(responseHead(status, contentType, headers, framing, length, m_mustClose, m_head.minorVersion));
}

void ApiConnection::endAnswer()
{
    logAccess();
    m_exchange.reset();
    if (m_mustClose || m_shared.draining) {
        linger();
    } else {
        m_state = State::Head;
        m_timer.start(m_shared.times.idle);
    }
}

void ApiConnection::linger()
{
    m_state = State::Linger;
    m_timer.start(m_shared.times.idle);
    onBytesWritten();
}

void ApiConnection::discardInput()
{
    m_input = {};
    m_inputAt = 0;
    m_socket->skip(m_socket->bytesAvailable());
}

void ApiConnection::onBytesWritten()
{
    switch (m_state) {
    case State::Linger:
        // Closing with unread input would reset the connection and lose the answer on its way (RFC 9112 section 9.6).
        if (m_socket->bytesToWrite() == 0 && !std::exchange(m_halfClosed, true)) {
            halfClose(*m_socket);
            m_timer.start(m_shared.times.linger);
        } else if (!m_halfClosed) {
            m_timer.start(m_shared.times.idle);
        }
        break;
    case State::Stream:
        m_timer.start(m_shared.times.idle);
        grantStream();
        break;
    case State::Head:
        if (!m_parser.started())
            m_timer.start(m_shared.times.idle);
        advance();
        break;
    case State::Body:
    case State::Inner:
    case State::Upload:
    case State::Gone:
        break;
    }
}

void ApiConnection::onTimeout()
{
    const bool isReadingRequest =
        (m_state == State::Head && m_parser.started()) || m_state == State::Body || m_state == State::Upload;
    if (!isReadingRequest) {
        abort();
        return;
    }
    if (m_upload) {
        m_upload->disconnect(this);
        std::exchange(m_upload, nullptr)->deleteLater();
        m_place.reset();
    }
    if (m_state == State::Head)
        m_since.start();
    refuse(problem(408, QStringLiteral("request_timeout"),
                   ServerText::tr("The rest of the request did not come in time.")));
    advance();
}

void ApiConnection::onDisconnected()
{
    if (m_state == State::Gone)
        return;
    m_state = State::Gone;
    m_timer.stop();
    m_place.reset();
    // What was begun for this client ends: an upload leaves nothing, a stream stops, a query is cancelled.
    delete std::exchange(m_upload, nullptr);
    delete std::exchange(m_stream, nullptr);
    if (m_channel)
        std::exchange(m_channel, nullptr)->abandon();
    deleteLater();
}

void ApiConnection::abort()
{
    m_socket->abort();
    onDisconnected();
}

void ApiConnection::logAccess() const
{
    const Route *route = m_exchange ? m_exchange->route : nullptr;
    const bool isQuiet = m_status < 400 && (m_head.method == "GET" || m_head.method == "HEAD");
    if (isQuiet && !logServer().isDebugEnabled())
        return;
    // The pattern, not the address: addresses may hold what people searched for.
    const QString what = (route ? route->pattern : QStringLiteral("-"));
    const QString who = m_exchange && !m_exchange->request.principal.token.isNull()
                            ? m_exchange->request.principal.token.toString()
                            : QStringLiteral("-");
    const QString line = QStringLiteral("%1 %2 %3 %4 ms %5")
                             .arg(QString::fromLatin1(m_head.method), what, QString::number(m_status),
                                  QString::number(m_since.elapsed()), who);
    if (isQuiet)
        qCDebug(logServer).noquote() << line;
    else
        qCInfo(logServer).noquote() << line;
}

} // namespace idstore
