// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/chunk_decoder.h"
#include "server/http/head_parser.h"

#include <algorithm>

namespace idstore {

/// Finds the end of a request's body, whichever way it is framed. Not thread-safe.
class BodyFramer
{
public:
    BodyFramer() = default;
    explicit BodyFramer(const RequestHead &head)
        : m_chunked(head.chunked)
        , m_left(head.contentLength.value_or(0))
    {}

    /// Takes bytes off the front of `input` and returns the next stretch of the body, which may be empty.
    [[nodiscard]] QByteArrayView next(QByteArrayView &input)
    {
        if (m_chunked)
            return m_decoder.next(input);
        const auto taken = static_cast<qsizetype>(std::min<qint64>(m_left, input.size()));
        const QByteArrayView data = input.first(taken);
        input = input.sliced(taken);
        m_left -= taken;
        return data;
    }

    [[nodiscard]] bool isDone() const { return m_chunked ? m_decoder.isDone() : m_left == 0; }
    [[nodiscard]] bool hasFailed() const { return m_chunked && m_decoder.hasFailed(); }

private:
    bool m_chunked = false;
    qint64 m_left = 0;
    ChunkDecoder m_decoder;
};

} // namespace idstore
