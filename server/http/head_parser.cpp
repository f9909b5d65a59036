// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/head_parser.h"

#include <algorithm>

namespace idstore {

namespace {

constexpr qsizetype maxRequestLineBytes = HeadParser::maxTargetBytes + 64; // method, version and line end

bool isTokenChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

/// Visible bytes, space, tab, and obs-text (RFC 9110 section 5.5).
bool isFieldValueChar(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

bool isTargetChar(char c)
{
    return c > 0x20 && c < 0x7F && c != '#';
}

/// Without the spaces and tabs around it; QByteArray::trimmed() would take other control characters away, too.
QByteArray withoutPadding(QByteArrayView text)
{
    const auto isPadding = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isPadding(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isPadding(text.back()))
        text.chop(1);
    return text.toByteArray();
}

/// Members of a comma-separated list, trimmed and in lower case.
QList<QByteArray> listMembers(const QByteArray &value)
{
    QList<QByteArray> members;
    const QList<QByteArray> parts = value.split(',');
    for (const QByteArray &part : parts) {
        const QByteArray member = part.trimmed().toLower();
        if (!member.isEmpty())
            members.append(member);
    }
    return members;
}

} // namespace

QByteArray RequestHead::value(QByteArrayView name) const
{
    const auto found = std::ranges::find(fields, name, &HttpHeader::name);
    return found == fields.end() ? QByteArray() : found->value;
}

bool RequestHead::has(QByteArrayView name) const
{
    return std::ranges::find(fields, name, &HttpHeader::name) != fields.end();
}

qsizetype HeadParser::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (used < bytes.size() && m_state == State::Reading) {
        const QByteArrayView rest = bytes.sliced(used);
        const qsizetype lineFeed = rest.indexOf('\n');
        const qsizetype taken = lineFeed < 0 ? rest.size() : lineFeed + 1;
        used += taken;
        m_total += taken;
        // Before the line is looked into, so that the answer does not depend on how it was cut into pieces.
        if (!m_haveRequestLine && m_line.size() + taken > maxRequestLineBytes) {
            fail(414, ServerText::tr("The request's address is longer than 8 KiB."));
            break;
        }
        if (m_total > maxHeadBytes) {
            fail(431,
                 ServerText::tr("The request's header fields are larger than 32 KiB. Send fewer or shorter ones."));
            break;
        }
        m_line.append(rest.first(taken));
        if (lineFeed >= 0)
            endLine();
    }
    return used;
}

void HeadParser::endLine()
{
    if (!m_line.endsWith("\r\n")) {
        fail(400, ServerText::tr("A header line does not end with CR LF."));
        return;
    }
    m_line.chop(2);
    if (!m_haveRequestLine) {
        // RFC 9112 section 2.2: an empty line before the request is passed over.
        if (!m_line.isEmpty())
            readRequestLine();
    } else if (m_line.isEmpty()) {
        finish();
    } else {
        readField();
    }
    m_line.clear();
}

void HeadParser::readRequestLine()
{
    const QList<QByteArray> words = m_line.split(' ');
    if (words.size() != 3 || !isToken(words[0])) {
        fail(400, ServerText::tr("The request line is not METHOD, address and HTTP version, one space between."));
        return;
    }
    const QByteArray &target = words[1];
    const QByteArray &version = words[2];
    if (target.size() > maxTargetBytes) {
        fail(414, ServerText::tr("The request's address is longer than 8 KiB."));
        return;
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        if (version.size() == 8 && version.startsWith("HTTP/"))
            fail(505, ServerText::tr("Only HTTP/1.1 and HTTP/1.0 are spoken here."));
        else
            fail(400, ServerText::tr("The request line does not end with an HTTP version."));
        return;
    }
    if (!target.startsWith('/') || !std::all_of(target.begin(), target.end(), isTargetChar)) {
        fail(400, ServerText::tr("The request's address must start with a slash and hold printable ASCII only."));
        return;
    }
    const qsizetype mark = target.indexOf('?');
    m_head.method = words[0];
    m_head.path = mark < 0 ? target : target.first(mark);
    m_head.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    m_head.minorVersion = version.back() - '0';
    if (const std::optional<QString> problem = pathProblem(m_head.path)) {
        fail(400, *problem);
        return;
    }
    m_haveRequestLine = true;
}

void HeadParser::readField()
{
    if (m_head.fields.size() == maxFields) {
        fail(431, ServerText::tr("The request has more than 100 header fields."));
        return;
    }
    const qsizetype colon = m_line.indexOf(':');
    const QByteArray name = m_line.first(std::max<qsizetype>(colon, 0)).toLower();
    if (!isToken(name)) {
        fail(400, ServerText::tr("A header line is not a name, a colon and a value."));
        return;
    }
    const QByteArray value = withoutPadding(QByteArrayView(m_line).sliced(colon + 1));
    if (!std::all_of(value.begin(), value.end(), isFieldValueChar)) {
        fail(400, ServerText::tr("The header field “%1” holds control characters.").arg(QString::fromLatin1(name)));
        return;
    }
    m_head.fields.append({name, value});
}

void HeadParser::finish()
{
    static constexpr const char *onceOnly[] = {"host",         "authorization", "content-length", "transfer-encoding",
                                               "content-type", "origin",        "expect"};
    for (const char *name : onceOnly) {
        if (std::ranges::count(m_head.fields, QByteArrayView(name), &HttpHeader::name) > 1) {
            fail(400, ServerText::tr("The header field “%1” may be sent only once.").arg(QLatin1StringView(name)));
            return;
        }
    }
    if (!m_head.has("host")) {
        fail(400, ServerText::tr("The header field “Host” is missing."));
        return;
    }
    if (!readFraming())
        return;
    if (m_head.has("expect")) {
        if (m_head.value("expect").toLower() != "100-continue") {
            fail(417, ServerText::tr("The only expectation that can be met is 100-continue."));
            return;
        }
        m_head.expectContinue = m_head.minorVersion == 1 && m_head.hasBody();
    }
    readConnection();
    m_state = State::Complete;
}

bool HeadParser::readFraming()
{
    const bool hasLength = m_head.has("content-length");
    if (m_head.has("transfer-encoding")) {
        if (hasLength || m_head.minorVersion == 0) {
            fail(400, ServerText::tr("Transfer-Encoding cannot be used with Content-Length or HTTP/1.0."));
            return false;
        }
        if (m_head.value("transfer-encoding").toLower() != "chunked") {
            fail(501, ServerText::tr("The only transfer coding understood here is “chunked”."));
            return false;
        }
        m_head.chunked = true;
    } else if (hasLength) {
        const QByteArray text = m_head.value("content-length");
        const bool isNumber = !text.isEmpty() && text.size() <= 18 &&
                              std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!isNumber) {
            fail(400, ServerText::tr("Content-Length is not a number of bytes."));
            return false;
        }
        m_head.contentLength = text.toLongLong();
    }
    return true;
}

void HeadParser::readConnection()
{
    m_head.keepAlive = m_head.minorVersion == 1;
    for (const HttpHeader &field : std::as_const(m_head.fields)) {
        if (field.name != "connection")
            continue;
        const QList<QByteArray> options = listMembers(field.value);
        if (options.contains("close")) {
            m_head.keepAlive = false;
            return;
        }
        if (options.contains("keep-alive"))
            m_head.keepAlive = true;
    }
}

void HeadParser::fail(int status, const QString &detail)
{
    m_state = State::Failed;
    m_error = {status, detail};
}

} // namespace idstore
