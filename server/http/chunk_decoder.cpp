// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/chunk_decoder.h"

#include <algorithm>

namespace idstore {

QByteArrayView ChunkDecoder::next(QByteArrayView &input)
{
    while (!input.isEmpty() && m_state != State::Done && m_state != State::Failed) {
        if (m_state == State::Data) {
            const auto taken = static_cast<qsizetype>(std::min<qint64>(m_left, input.size()));
            const QByteArrayView data = input.first(taken);
            input = input.sliced(taken);
            m_left -= taken;
            if (m_left == 0)
                m_state = State::DataReturn;
            return data;
        }
        m_state = step(input.front());
        input = input.sliced(1);
    }
    return {};
}

ChunkDecoder::State ChunkDecoder::step(char c)
{
    switch (m_state) {
    case State::Size:
        return stepSize(c);
    case State::Extension:
        if (c == '\r')
            return State::SizeLineFeed;
        return c == '\n' || ++m_extensionBytes > maxExtensionBytes ? State::Failed : State::Extension;
    case State::SizeLineFeed:
        if (c != '\n')
            return State::Failed;
        return m_left == 0 ? State::TrailerStart : State::Data;
    case State::DataReturn:
        return c == '\r' ? State::DataLineFeed : State::Failed;
    case State::DataLineFeed:
        m_digits = 0;
        m_extensionBytes = 0;
        return c == '\n' ? State::Size : State::Failed;
    case State::TrailerStart:
    case State::Trailer:
        return stepTrailer(c);
    case State::TrailerLineFeed:
        return c == '\n' ? State::TrailerStart : State::Failed;
    case State::LastLineFeed:
        return c == '\n' ? State::Done : State::Failed;
    case State::Data:
    case State::Done:
    case State::Failed:
        break;
    }
    return m_state;
}

ChunkDecoder::State ChunkDecoder::stepSize(char c)
{
    int digit = -1;
    if (c >= '0' && c <= '9')
        digit = c - '0';
    else if (c >= 'a' && c <= 'f')
        digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F')
        digit = c - 'A' + 10;
    if (digit >= 0) {
        if (++m_digits > maxSizeDigits)
            return State::Failed;
        m_left = m_left * 16 + digit;
        return State::Size;
    }
    if (m_digits == 0)
        return State::Failed;
    if (c == '\r')
        return State::SizeLineFeed;
    return c == ';' || c == ' ' || c == '\t' ? State::Extension : State::Failed;
}

ChunkDecoder::State ChunkDecoder::stepTrailer(char c)
{
    if (c == '\r')
        return m_state == State::TrailerStart ? State::LastLineFeed : State::TrailerLineFeed;
    return c == '\n' || ++m_trailerBytes > maxTrailerBytes ? State::Failed : State::Trailer;
}

} // namespace idstore
