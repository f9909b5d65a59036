// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/http_message.h"

#include <QByteArrayView>

#include <optional>

namespace idstore {

/// The head of a request, checked.
struct RequestHead
{
    QByteArray method;
    QByteArray path; ///< as sent, percent-encoded; starts with a slash
    QByteArray query; ///< as sent, without the question mark
    int minorVersion = 1; ///< of HTTP/1.x
    QList<HttpHeader> fields; ///< names in lower case, values trimmed
    std::optional<qint64> contentLength;
    bool chunked = false;
    bool keepAlive = true;
    bool expectContinue = false;

    /// The first field of this (lower-case) name; null when there is none.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
};

/// Why a request is refused at the level of HTTP itself.
struct ProtocolError
{
    int status = 400;
    QString detail;
};

/// Reads the head of an HTTP/1.x request (RFC 9112) from bytes as they come, strictly: whatever two parsers could read
/// differently is refused (bare CR or LF, folded lines, space before the colon, repeated framing fields,
/// Content-Length beside Transfer-Encoding, escapes that change the path's structure), so that nothing behind this
/// parser can be smuggled a request. Not thread-safe.
class HeadParser
{
public:
    static constexpr qsizetype maxHeadBytes = 32 * 1024;
    static constexpr qsizetype maxTargetBytes = 8 * 1024;
    static constexpr qsizetype maxFields = 100;

    enum class State { Reading, Complete, Failed };

    /// Takes bytes up to the end of the head and returns how many; the rest belongs to the body.
    qsizetype feed(QByteArrayView bytes);

    [[nodiscard]] State state() const { return m_state; }
    /// Some byte of a request has come.
    [[nodiscard]] bool started() const { return !m_line.isEmpty() || m_haveRequestLine; }
    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] const ProtocolError &error() const { return m_error; }
    void reset() { *this = HeadParser(); }

private:
    void endLine();
    void readRequestLine();
    void readField();
    void finish();
    bool readFraming();
    void readConnection();
    void fail(int status, const QString &detail);

    State m_state = State::Reading;
    RequestHead m_head;
    ProtocolError m_error;
    QByteArray m_line;
    qsizetype m_total = 0;
    bool m_haveRequestLine = false;
};

/// Nothing when the path is one that every program reads alike, otherwise what is wrong with it: escapes must be
/// complete, and escaped slashes, backslashes, control bytes and dot segments (escaped or not) are refused.
[[nodiscard]] std::optional<QString> pathProblem(QByteArrayView path);

/// The segments of a checked path, decoded: "/api/sources" gives {"api", "sources"}; a trailing slash gives an empty
/// last segment.
[[nodiscard]] QList<QString> pathSegments(QByteArrayView path);

/// Decodes application/x-www-form-urlencoded pairs: percent escapes, and plus for space.
[[nodiscard]] QueryItems parseQuery(QByteArrayView query);

} // namespace idstore
