// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/text_decoder.h"

#include "connectors/files/byte_scan.h"
#include "connectors/files/legacy_encoding.h"
#include "connectors/files/utf8.h"

#include <array>
#include <utility>

namespace idstore {

namespace {

// 0x80..0x9F of Windows-1252; everything else is its own code point.
constexpr std::array<std::uint16_t, 32> windows1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                       0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

} // namespace

TextDecoder::TextDecoder(TextEncoding encoding)
    : m_encoding(encoding)
{
    if (encoding != TextEncoding::Windows1252 && isLegacy(encoding))
        m_legacy = std::make_unique<LegacyDecoder>(encoding);
}

void TextDecoder::decode(std::string_view bytes, std::string &out)
{
    switch (m_encoding) {
    case TextEncoding::Utf8:
        out.append(bytes);
        return;
    case TextEncoding::Windows1252:
        decodeWindows1252(bytes, out);
        return;
    case TextEncoding::Utf16LittleEndian:
    case TextEncoding::Utf16BigEndian:
        decodeUtf16(bytes, out);
        return;
    case TextEncoding::Utf32LittleEndian:
    case TextEncoding::Utf32BigEndian:
        decodeUtf32(bytes, out);
        return;
    default:
        m_legacy->decode(bytes, out);
        return;
    }
}

void TextDecoder::finish(std::string &out)
{
    if (m_legacy)
        m_legacy->finish(out);
    if (m_highSurrogate != 0)
        appendUndecodableUnit(std::exchange(m_highSurrogate, 0), out);
    for (const char unfinished : std::exchange(m_character, {}))
        utf8::appendUndecodable(out, static_cast<unsigned char>(unfinished));
    if (m_halfUnit >= 0)
        utf8::appendUndecodable(out, static_cast<unsigned char>(std::exchange(m_halfUnit, -1)));
}

void TextDecoder::decodeWindows1252(std::string_view bytes, std::string &out) const
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end) {
        const char *const special = byteScan::findNonAscii(at, end);
        out.append(at, special);
        for (at = special; at != end && static_cast<unsigned char>(*at) >= 0x80; ++at) {
            const auto byte = static_cast<unsigned char>(*at);
            utf8::append(out, byte < 0xA0 ? windows1252[byte - 0x80U] : byte);
        }
    }
}

void TextDecoder::decodeUtf16(std::string_view bytes, std::string &out)
{
    const bool littleEndian = m_encoding == TextEncoding::Utf16LittleEndian;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (m_halfUnit < 0) {
            m_halfUnit = byte;
            continue;
        }
        const auto first = static_cast<unsigned>(std::exchange(m_halfUnit, -1));
        takeUnit(littleEndian ? first | (static_cast<unsigned>(byte) << 8) : (first << 8) | byte, out);
    }
}

void TextDecoder::decodeUtf32(std::string_view bytes, std::string &out)
{
    const bool littleEndian = m_encoding == TextEncoding::Utf32LittleEndian;
    for (const char c : bytes) {
        m_character.push_back(c);
        if (m_character.size() < 4)
            continue;
        unsigned character = 0;
        for (std::size_t byte = 0; byte < 4; ++byte)
            character = (character << 8) | static_cast<unsigned char>(m_character[littleEndian ? 3 - byte : byte]);
        if (character <= 0x10FFFF && !(character >= 0xD800 && character <= 0xDFFF)) {
            utf8::append(out, character);
        } else {
            for (const char broken : m_character)
                utf8::appendUndecodable(out, static_cast<unsigned char>(broken));
        }
        m_character.clear();
    }
}

void TextDecoder::takeUnit(unsigned unit, std::string &out)
{
    const bool isLow = unit >= 0xDC00 && unit <= 0xDFFF;
    if (m_highSurrogate != 0) {
        const unsigned high = std::exchange(m_highSurrogate, 0);
        if (isLow) {
            utf8::append(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
            return;
        }
        appendUndecodableUnit(high, out);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF)
        m_highSurrogate = unit;
    else if (isLow)
        appendUndecodableUnit(unit, out);
    else
        utf8::append(out, unit);
}

void TextDecoder::appendUndecodableUnit(unsigned unit, std::string &out) const
{
    const auto high = static_cast<unsigned char>(unit >> 8);
    const auto low = static_cast<unsigned char>(unit & 0xFF);
    const bool littleEndian = m_encoding == TextEncoding::Utf16LittleEndian;
    utf8::appendUndecodable(out, littleEndian ? low : high);
    utf8::appendUndecodable(out, littleEndian ? high : low);
}

} // namespace idstore
