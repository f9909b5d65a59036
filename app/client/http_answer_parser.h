// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QList>
#include <QPair>

namespace idstore::client {

/// Status line and header fields of an HTTP/1.1 answer (RFC 9112).
struct HttpAnswerHead
{
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> fields; ///< names in lower case, values trimmed

    /// The first field of that (lower case) name; empty when there is none.
    [[nodiscard]] QByteArray field(QByteArrayView name) const;
    [[nodiscard]] bool isOk() const { return status >= 200 && status < 300; }
};

/// Takes an answer apart as its bytes come: interim answers are skipped, bodies framed by Content-Length, by chunks or
/// by the end of the connection are unwrapped. Errors: Unavailable ("bad_answer"). Used by one thread.
class HttpAnswerParser
{
public:
    /// Returns what of the body these bytes held.
    [[nodiscard]] Result<QByteArray> feed(QByteArrayView bytes);
    /// The peer has closed the connection. An error when the answer is not complete.
    [[nodiscard]] Result<void> close();

    [[nodiscard]] bool hasHead() const { return m_state != State::Head; }
    [[nodiscard]] bool isDone() const { return m_state == State::Done; }
    [[nodiscard]] const HttpAnswerHead &head() const { return m_head; }

private:
    enum class State { Head, Counted, UntilClose, ChunkSize, ChunkData, ChunkEnd, Trailer, Done };

    Result<bool> step(QByteArray &body);
    Result<bool> takeHead();
    Result<bool> takeChunkSize();
    [[nodiscard]] std::optional<QByteArray> takeLine();
    void chooseFraming();

    State m_state = State::Head;
    HttpAnswerHead m_head;
    QByteArray m_pending; ///< bytes not yet understood
    qint64 m_left = 0; ///< of the body or the chunk
};

} // namespace idstore::client
