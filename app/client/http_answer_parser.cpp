// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/http_answer_parser.h"

#include <QCoreApplication>

namespace idstore::client {

namespace {

constexpr qsizetype headLimit = 64 * 1024;
constexpr qsizetype lineLimit = 8 * 1024;

Error badAnswer(const QString &cause)
{
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("bad_answer");
    error.message =
        QCoreApplication::translate("HttpClient", "The running instance gave an answer that makes no sense.");
    error.remedy = QCoreApplication::translate("HttpClient", "Stop it and start it again, then repeat the command.");
    error.cause = cause;
    return error;
}

} // namespace

QByteArray HttpAnswerHead::field(QByteArrayView name) const
{
    for (const auto &[fieldName, value] : fields) {
        if (fieldName == name)
            return value;
    }
    return {};
}

Result<QByteArray> HttpAnswerParser::feed(QByteArrayView bytes)
{
    m_pending.append(bytes);
    QByteArray body;
    for (;;) {
        IDS_TRY(goesOn, step(body));
        if (!goesOn)
            return body;
    }
}

Result<void> HttpAnswerParser::close()
{
    if (m_state == State::UntilClose)
        m_state = State::Done;
    if (m_state == State::Done)
        return {};
    return badAnswer(QStringLiteral("the connection closed in the middle of an answer"));
}

/// One transition; false when more bytes are needed or the answer is complete.
Result<bool> HttpAnswerParser::step(QByteArray &body)
{
    switch (m_state) {
    case State::Head:
        return takeHead();
    case State::Counted:
    case State::ChunkData: {
        const qsizetype taken = std::min<qint64>(m_left, m_pending.size());
        body.append(QByteArrayView(m_pending).first(taken));
        m_pending.remove(0, taken);
        m_left -= taken;
        if (m_left > 0)
            return false;
        m_state = m_state == State::Counted ? State::Done : State::ChunkEnd;
        return true;
    }
    case State::UntilClose:
        body.append(m_pending);
        m_pending.clear();
        return false;
    case State::ChunkSize:
        return takeChunkSize();
    case State::ChunkEnd: {
        const auto line = takeLine();
        if (!line)
            return m_pending.size() > 2 ? Result<bool>(badAnswer(QStringLiteral("no line end after a chunk"))) : false;
        if (!line->isEmpty())
            return badAnswer(QStringLiteral("no line end after a chunk"));
        m_state = State::ChunkSize;
        return true;
    }
    case State::Trailer: {
        const auto line = takeLine();
        if (!line)
            return m_pending.size() > lineLimit ? Result<bool>(badAnswer(QStringLiteral("endless trailer"))) : false;
        if (line->isEmpty())
            m_state = State::Done;
        return true;
    }
    case State::Done:
        return false;
    }
    return false;
}

Result<bool> HttpAnswerParser::takeHead()
{
    const qsizetype end = m_pending.indexOf("\r\n\r\n");
    if (end < 0)
        return m_pending.size() > headLimit ? Result<bool>(badAnswer(QStringLiteral("endless head"))) : false;
    const QList<QByteArray> lines = m_pending.left(end).replace("\r\n", "\n").split('\n');
    m_pending.remove(0, end + 4);

    const QList<QByteArray> statusLine = lines.first().split(' ');
    bool isNumber = false;
    m_head.status = statusLine.value(1).toInt(&isNumber);
    if (!statusLine.first().startsWith("HTTP/1.") || !isNumber || m_head.status < 100 || m_head.status > 599)
        return badAnswer(QStringLiteral("no HTTP status line"));

    m_head.fields.clear();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        if (colon <= 0)
            return badAnswer(QStringLiteral("a header line without a name"));
        m_head.fields.append({lines.at(i).left(colon).toLower(), lines.at(i).mid(colon + 1).trimmed()});
    }
    if (m_head.status < 200)
        return true; // interim, such as "100 Continue": the real head follows
    chooseFraming();
    return true;
}

void HttpAnswerParser::chooseFraming()
{
    bool isNumber = false;
    const qint64 length = m_head.field("content-length").toLongLong(&isNumber);
    if (m_head.status == 204 || m_head.status == 304) {
        m_state = State::Done;
    } else if (m_head.field("transfer-encoding").toLower() == "chunked") {
        m_state = State::ChunkSize;
    } else if (isNumber && length >= 0) {
        m_left = length;
        m_state = State::Counted;
    } else {
        m_state = State::UntilClose;
    }
}

Result<bool> HttpAnswerParser::takeChunkSize()
{
    const auto line = takeLine();
    if (!line)
        return m_pending.size() > lineLimit ? Result<bool>(badAnswer(QStringLiteral("endless chunk size"))) : false;
    bool isNumber = false;
    m_left = line->split(';').first().trimmed().toLongLong(&isNumber, 16);
    if (!isNumber || m_left < 0)
        return badAnswer(QStringLiteral("a chunk without a size"));
    m_state = m_left == 0 ? State::Trailer : State::ChunkData;
    return true;
}

std::optional<QByteArray> HttpAnswerParser::takeLine()
{
    const qsizetype end = m_pending.indexOf("\r\n");
    if (end < 0)
        return std::nullopt;
    QByteArray line = m_pending.left(end);
    m_pending.remove(0, end + 2);
    return line;
}

} // namespace idstore::client
