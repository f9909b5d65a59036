// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/encoding_detector.h"
#include "connectors/files/legacy_decoder.h"

#include <memory>
#include <string>
#include <string_view>

namespace idstore {

/// Turns the bytes of a file into UTF-8, piece by piece; pieces may end anywhere. UTF-8 needs no decoding and does
/// not come here (passesThrough()). Bytes that stand for nothing are written by utf8::appendUndecodable(), so a
/// later check of the text finds them. Windows-1252 has a character for every byte; the five it leaves undefined are
/// the control characters of Latin-1 (WHATWG Encoding Standard). Movable; used by one thread at a time.
class TextDecoder
{
public:
    explicit TextDecoder(TextEncoding encoding);

    [[nodiscard]] TextEncoding encoding() const { return m_encoding; }
    [[nodiscard]] bool passesThrough() const { return m_encoding == TextEncoding::Utf8; }

    /// Appends the text of `bytes` to `out`.
    void decode(std::string_view bytes, std::string &out);
    /// Appends what the end of the file leaves unfinished.
    void finish(std::string &out);

private:
    void decodeWindows1252(std::string_view bytes, std::string &out) const;
    void decodeUtf16(std::string_view bytes, std::string &out);
    void decodeUtf32(std::string_view bytes, std::string &out);
    void takeUnit(unsigned unit, std::string &out);
    void appendUndecodableUnit(unsigned unit, std::string &out) const;

    TextEncoding m_encoding;
    std::unique_ptr<LegacyDecoder> m_legacy; ///< of the encodings that have one
    int m_halfUnit = -1; ///< first byte of a UTF-16 unit whose second is in the next piece
    std::string m_character; ///< the first bytes of a UTF-32 character
    unsigned m_highSurrogate = 0; ///< waiting for its other half
};

} // namespace idstore
