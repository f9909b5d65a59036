// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/multipart_parser.h"

#include "server/http/http_message.h"

#include <algorithm>

namespace idstore {

namespace {

constexpr qsizetype maxPadding = 64; // spaces allowed behind a boundary

/// How many bytes at the end of `data` may be the beginning of `delimiter`.
qsizetype heldBack(QByteArrayView data, QByteArrayView delimiter)
{
    const qsizetype most = std::min(data.size(), delimiter.size() - 1);
    for (qsizetype length = most; length > 0; --length) {
        if (data.last(length) == delimiter.first(length))
            return length;
    }
    return 0;
}

} // namespace

MultipartParser::MultipartParser(const QByteArray &boundary, Sink &sink)
    : m_delimiter("\r\n--" + boundary)
    , m_sink(sink)
    , m_held("\r\n") // the first boundary stands at the start of a line that nothing precedes
{}

bool MultipartParser::feed(QByteArrayView bytes)
{
    if (m_state == State::Epilogue || m_state == State::Failed || bytes.isEmpty())
        return m_state != State::Failed;
    QByteArray joined;
    if (!m_held.isEmpty()) {
        joined = m_held + bytes.toByteArray();
        m_held.clear();
        bytes = joined;
    }
    const qsizetype used = consume(bytes);
    m_held = bytes.sliced(used).toByteArray();
    return m_state != State::Failed;
}

bool MultipartParser::finish()
{
    if (m_state == State::Body || m_state == State::Preamble) {
        // "--boundary--" may be the very end, without a line end behind it.
        const QByteArrayView held(m_held);
        if (held.startsWith(m_delimiter) && held.sliced(m_delimiter.size()).startsWith("--")) {
            if (m_state == State::Body)
                m_sink.partEnds();
            m_state = State::Epilogue;
        }
    }
    m_held.clear();
    if (m_state == State::Epilogue)
        return true;
    if (m_state != State::Failed)
        fail(ServerText::tr("The form ends before its closing boundary: the upload was cut short."));
    return false;
}

qsizetype MultipartParser::consume(QByteArrayView bytes)
{
    qsizetype used = 0;
    for (;;) {
        const State before = m_state;
        const QByteArrayView rest = bytes.sliced(used);
        if (m_state == State::Headers)
            used += consumeHeaders(rest);
        else if (m_state == State::Body || m_state == State::Preamble)
            used += consumeData(rest);
        else
            return bytes.size();
        if (m_state == before) // no boundary, no end of headers: more bytes are needed
            return used;
    }
}

qsizetype MultipartParser::consumeData(QByteArrayView bytes)
{
    qsizetype from = 0;
    for (;;) {
        const qsizetype found = bytes.indexOf(m_delimiter, from);
        if (found < 0) {
            const QByteArrayView rest = bytes.sliced(from);
            const qsizetype kept = heldBack(rest, m_delimiter);
            emitData(rest.chopped(kept));
            return bytes.size() - kept;
        }
        const LineEnd end = classify(bytes.sliced(found + m_delimiter.size()));
        if (end.kind == Line::Neither) {
            // A line that merely begins like the boundary is data.
            const qsizetype next = found + m_delimiter.size();
            emitData(bytes.sliced(from, next - from));
            from = next;
            continue;
        }
        emitData(bytes.sliced(from, found - from));
        if (end.kind == Line::Unfinished)
            return found;
        if (m_state == State::Body)
            m_sink.partEnds();
        m_state = end.kind == Line::Close ? State::Epilogue : State::Headers;
        return found + m_delimiter.size() + end.length;
    }
}

MultipartParser::LineEnd MultipartParser::classify(QByteArrayView afterDelimiter) const
{
    qsizetype at = 0;
    const bool closes = afterDelimiter.startsWith("--");
    if (closes)
        at = 2;
    else if (afterDelimiter == QByteArrayView("-"))
        return {Line::Unfinished, 0};
    while (at < afterDelimiter.size() && at < maxPadding && (afterDelimiter[at] == ' ' || afterDelimiter[at] == '\t'))
        ++at;
    const QByteArrayView end = afterDelimiter.sliced(at);
    if (end.startsWith("\r\n"))
        return {closes ? Line::Close : Line::Boundary, at + 2};
    if (end.isEmpty() || end == QByteArrayView("\r"))
        return {Line::Unfinished, 0};
    return {Line::Neither, 0};
}

qsizetype MultipartParser::consumeHeaders(QByteArrayView bytes)
{
    if (bytes.startsWith("\r\n")) {
        beginPart({}); // a part without headers
        return bytes.size();
    }
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if ((end < 0 ? bytes.size() : end) > maxHeaderBytes) {
        fail(ServerText::tr("The headers of a part of the form are larger than 16 KiB."));
        return bytes.size();
    }
    if (end < 0)
        return 0;
    if (!beginPart(bytes.first(end).toByteArray()))
        return bytes.size();
    return end + 4;
}

bool MultipartParser::beginPart(const QByteArray &headers)
{
    if (++m_parts > maxParts) {
        fail(ServerText::tr("The form has more than 32 parts."));
        return false;
    }
    std::optional<HeaderParameters> disposition;
    const QList<QByteArray> lines = headers.split('\n');
    for (QByteArray line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        if (line.first(colon).trimmed().toLower() != "content-disposition")
            continue;
        if (disposition) {
            fail(ServerText::tr("A part of the form has two Content-Disposition headers."));
            return false;
        }
        disposition = parseHeaderParameters(line.sliced(colon + 1).trimmed());
        if (!disposition)
            break;
    }
    if (!disposition || disposition->word != "form-data" || !disposition->parameters.contains("name")) {
        fail(ServerText::tr("A part of the form has no “Content-Disposition: form-data” header with a name."));
        return false;
    }
    m_state = State::Body;
    m_sink.partBegins(*disposition);
    return true;
}

void MultipartParser::emitData(QByteArrayView data)
{
    if (m_state == State::Body && !data.isEmpty())
        m_sink.partData(data);
}

void MultipartParser::fail(const QString &error)
{
    m_state = State::Failed;
    m_error = error;
}

} // namespace idstore
