// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/encoding_detector.h"

#include "connectors/files/byte_scan.h"
#include "connectors/files/legacy_encoding.h"
#include "connectors/files/utf8.h"

#include <array>
#include <utility>

namespace idstore {

namespace {

// Broken UTF-8 is still UTF-8 when it has this many good characters for each bad place: accidental good ones are
// rare in Windows-1252 text.
constexpr std::size_t goodPerBroken = 1;

/// Every four bytes are a character: nothing else looks like that.
std::optional<TextEncoding> unmarkedUtf32(std::string_view sample)
{
    if (sample.size() < 8)
        return std::nullopt;
    const auto isUtf32 = [sample](bool littleEndian) {
        for (std::size_t i = 0; i + 3 < sample.size(); i += 4) {
            char32_t character = 0;
            for (std::size_t byte = 0; byte < 4; ++byte)
                character = (character << 8) | static_cast<unsigned char>(sample[i + (littleEndian ? 3 - byte : byte)]);
            if (character == 0 || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
                return false;
        }
        return true;
    };
    if (isUtf32(true))
        return TextEncoding::Utf32LittleEndian;
    if (isUtf32(false))
        return TextEncoding::Utf32BigEndian;
    return std::nullopt;
}

std::optional<TextEncoding> unmarkedUtf16(std::string_view sample)
{
    std::array<std::size_t, 2> zeros = {0, 0};
    for (std::size_t i = 0; i < sample.size(); ++i) {
        if (sample[i] == '\0')
            ++zeros[i % 2];
    }
    const std::size_t most = std::max(zeros[0], zeros[1]);
    const std::size_t least = std::min(zeros[0], zeros[1]);
    // Even text without a single Latin letter has zero bytes beside its digits, delimiters and line ends.
    const bool oneSided = most >= 2 && most >= sample.size() / 100 && least * 20 <= most;
    if (!oneSided)
        return std::nullopt;
    const bool littleEndian = zeros[1] > zeros[0];
    const std::size_t high = littleEndian ? 1 : 0;
    std::size_t lineEnds = 0;
    std::size_t lineEndBytes = 0;
    bool expectLowSurrogate = false;
    for (std::size_t i = 0; i + 1 < sample.size(); i += 2) {
        const auto top = static_cast<unsigned char>(sample[i + high]);
        const char low = sample[i + 1 - high];
        const bool isLowSurrogate = top >= 0xDC && top <= 0xDF;
        if (isLowSurrogate != expectLowSurrogate)
            return std::nullopt;
        expectLowSurrogate = top >= 0xD8 && top <= 0xDB;
        const bool isLineEnd = low == '\n' || low == '\r';
        if (isLineEnd || top == '\n' || top == '\r')
            ++lineEndBytes;
        if (isLineEnd && top == 0)
            ++lineEnds;
        if (top == 0 && low == '\0')
            return std::nullopt;
    }
    // The bytes of line ends are line ends; 8-bit text with a few zero bytes fails here. Without any, most characters
    // have to be Latin.
    const bool plausible = lineEndBytes > 0 ? lineEnds * 2 > lineEndBytes : most * 4 >= sample.size();
    if (!plausible)
        return std::nullopt;
    return littleEndian ? TextEncoding::Utf16LittleEndian : TextEncoding::Utf16BigEndian;
}

} // namespace

QString toString(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return QStringLiteral("UTF-8");
    case TextEncoding::Utf16LittleEndian:
        return QStringLiteral("UTF-16LE");
    case TextEncoding::Utf16BigEndian:
        return QStringLiteral("UTF-16BE");
    case TextEncoding::Utf32LittleEndian:
        return QStringLiteral("UTF-32LE");
    case TextEncoding::Utf32BigEndian:
        return QStringLiteral("UTF-32BE");
    default:
        break;
    }
    return QLatin1StringView(legacyEncoding(encoding).name);
}

std::optional<TextEncoding> textEncodingFromString(QStringView name)
{
    QString plain = name.toString().toLower();
    plain.remove(u'-').remove(u'_').remove(u' ');
    static constexpr auto names = std::to_array<std::pair<const char *, TextEncoding>>({
        {"utf8", TextEncoding::Utf8},
        {"utf8sig", TextEncoding::Utf8},
        {"ascii", TextEncoding::Utf8},
        {"usascii", TextEncoding::Utf8},
        {"utf16", TextEncoding::Utf16LittleEndian},
        {"utf16le", TextEncoding::Utf16LittleEndian},
        {"utf16be", TextEncoding::Utf16BigEndian},
        {"utf32", TextEncoding::Utf32LittleEndian},
        {"utf32le", TextEncoding::Utf32LittleEndian},
        {"utf32be", TextEncoding::Utf32BigEndian},
    });
    for (const auto &[known, encoding] : names) {
        if (plain == QLatin1StringView(known))
            return encoding;
    }
    return legacyEncodingFromName(plain);
}

int bomLength(std::string_view sample, TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return sample.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    case TextEncoding::Utf16LittleEndian:
        return sample.starts_with("\xFF\xFE") ? 2 : 0;
    case TextEncoding::Utf16BigEndian:
        return sample.starts_with("\xFE\xFF") ? 2 : 0;
    case TextEncoding::Utf32LittleEndian:
        return sample.starts_with(std::string_view("\xFF\xFE\0\0", 4)) ? 4 : 0;
    case TextEncoding::Utf32BigEndian:
        return sample.starts_with(std::string_view("\0\0\xFE\xFF", 4)) ? 4 : 0;
    default:
        return 0;
    }
}

DetectedEncoding detectEncoding(std::string_view sample)
{
    // The mark of UTF-16LE is the front half of that of UTF-32LE.
    for (const auto marked : {TextEncoding::Utf8, TextEncoding::Utf32LittleEndian, TextEncoding::Utf32BigEndian,
                              TextEncoding::Utf16LittleEndian, TextEncoding::Utf16BigEndian}) {
        if (const int length = bomLength(sample, marked); length > 0)
            return {marked, length, false};
    }
    if (const auto utf32 = unmarkedUtf32(sample))
        return {*utf32, 0, false};
    if (const auto utf16 = unmarkedUtf16(sample))
        return {*utf16, 0, false};

    if (byteScan::findNonAscii(sample.data(), sample.data() + sample.size()) == sample.data() + sample.size())
        return {TextEncoding::Utf8, 0, true};
    return {encodingOfBytes(sample), 0, false};
}

TextEncoding encodingOfBytes(std::string_view sample)
{
    std::size_t good = 0;
    std::size_t broken = 0;
    const char *at = sample.data();
    const char *const end = at + sample.size();
    while ((at = byteScan::findNonAscii(at, end)) != end) {
        bool truncated = false;
        const int length = utf8::sequenceLength(std::string_view(at, static_cast<std::size_t>(end - at)), &truncated);
        if (length > 0) {
            ++good;
            at += length;
        } else if (truncated) {
            break;
        } else {
            ++broken;
            ++at;
        }
    }
    return good >= broken * goodPerBroken ? TextEncoding::Utf8 : detectLegacyEncoding(sample);
}

} // namespace idstore
