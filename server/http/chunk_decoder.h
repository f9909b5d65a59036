// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace idstore {

/// Takes the chunked transfer coding (RFC 9112 section 7.1) off a body, without copying. Strict: CR LF only; sizes,
/// extensions and trailers are bounded; extensions and trailers are dropped. Not thread-safe.
///
///     while (!input.isEmpty() && !decoder.isDone() && !decoder.hasFailed())
///         use(decoder.next(input));
class ChunkDecoder
{
public:
    static constexpr int maxSizeDigits = 15;
    static constexpr int maxExtensionBytes = 1024; ///< of one chunk
    static constexpr int maxTrailerBytes = 8 * 1024;

    /// Takes bytes off the front of `input` and returns the next stretch of the body, which may be empty.
    [[nodiscard]] QByteArrayView next(QByteArrayView &input);

    [[nodiscard]] bool isDone() const { return m_state == State::Done; }
    [[nodiscard]] bool hasFailed() const { return m_state == State::Failed; }

private:
    enum class State {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        TrailerStart,
        Trailer,
        TrailerLineFeed,
        LastLineFeed,
        Done,
        Failed
    };

    [[nodiscard]] State step(char c);
    [[nodiscard]] State stepSize(char c);
    [[nodiscard]] State stepTrailer(char c);

    State m_state = State::Size;
    qint64 m_left = 0; ///< of the chunk
    int m_digits = 0;
    int m_extensionBytes = 0;
    int m_trailerBytes = 0;
};

} // namespace idstore
