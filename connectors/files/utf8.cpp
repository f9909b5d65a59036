// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/utf8.h"

#include "connectors/files/byte_scan.h"

#include <bit>

namespace idstore::utf8 {

namespace {

// 0xF8..0xFB never start a character; together with one continuation byte they hold the eight bits of a byte.
constexpr unsigned char undecodableLead = 0xF8;

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

} // namespace

int sequenceLength(std::string_view text, bool *truncated)
{
    if (truncated)
        *truncated = false;
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80)
        return 1;
    int length = 0;
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0)
            lowest = 0xA0;
        else if (lead == 0xED)
            highest = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0)
            lowest = 0x90;
        else if (lead == 0xF4)
            highest = 0x8F;
    } else {
        return 0;
    }
    for (int i = 1; i < length; ++i) {
        if (static_cast<std::size_t>(i) >= text.size()) {
            if (truncated)
                *truncated = true;
            return 0;
        }
        const auto next = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
        if (next < lowest || next > highest)
            return 0;
        lowest = 0x80;
        highest = 0xBF;
    }
    return length;
}

bool isValid(std::string_view text)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    while (static_cast<std::size_t>(end - at) > byteScan::blockSize) {
        const char *const block = at;
        at += byteScan::blockSize;
        // Characters that begin in this block, the last of which may end in the next.
        for (std::uint64_t special = byteScan::Block(block).nonAscii(); special != 0;) {
            const int index = std::countr_zero(special);
            const char *const lead = block + index;
            int length = 2;
            const bool isTwoBytes = static_cast<unsigned char>(*lead) - 0xC2U <= 0xDF - 0xC2 && isContinuation(lead[1]);
            if (!isTwoBytes)
                length = sequenceLength({lead, static_cast<std::size_t>(end - lead)});
            if (length == 0)
                return false;
            if (index + length >= static_cast<int>(byteScan::blockSize)) {
                at = lead + length;
                break;
            }
            special &= ~std::uint64_t{0} << (index + length);
        }
    }
    while (at != end) {
        const int length = sequenceLength({at, static_cast<std::size_t>(end - at)});
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

void append(std::string &out, std::uint32_t codePoint)
{
    if (codePoint < 0x80) {
        out.push_back(static_cast<char>(codePoint));
    } else if (codePoint < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (codePoint >> 6)));
        out.push_back(static_cast<char>(0x80 | (codePoint & 0x3F)));
    } else if (codePoint < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (codePoint >> 12)));
        out.push_back(static_cast<char>(0x80 | ((codePoint >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (codePoint & 0x3F)));
    } else {
        out.push_back(static_cast<char>(0xF0 | (codePoint >> 18)));
        out.push_back(static_cast<char>(0x80 | ((codePoint >> 12) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | ((codePoint >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (codePoint & 0x3F)));
    }
}

void appendUndecodable(std::string &out, unsigned char byte)
{
    out.push_back(static_cast<char>(undecodableLead | (byte >> 6)));
    out.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
}

QString display(std::string_view text, qsizetype maxLength, Undecodable form)
{
    QString shown;
    const auto showByte = [&shown](unsigned byte) {
        shown += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper().replace(u'X', u'x');
    };
    while (!text.empty() && shown.size() < maxLength) {
        const int length = sequenceLength(text);
        if (length > 0) {
            shown += QString::fromUtf8(text.data(), length);
            text.remove_prefix(static_cast<std::size_t>(length));
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[0]);
        if (form == Undecodable::Wrapped && (byte & 0xFC) == undecodableLead && text.size() > 1 &&
            isContinuation(text[1])) {
            showByte(static_cast<unsigned>((byte & 0x03) << 6) | (static_cast<unsigned char>(text[1]) & 0x3F));
            text.remove_prefix(2);
        } else {
            showByte(byte);
            text.remove_prefix(1);
        }
    }
    if (!text.empty() || shown.size() > maxLength) {
        shown.truncate(maxLength - 1);
        if (shown.back().isHighSurrogate())
            shown.chop(1);
        shown += u'…';
    }
    return shown;
}

} // namespace idstore::utf8
