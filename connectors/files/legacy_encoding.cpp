// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/legacy_encoding.h"

#include "connectors/files/byte_scan.h"
#include "connectors/files/legacy_decoder.h"
#include "connectors/files/utf8.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

namespace idstore {

namespace {

using enum TextEncoding;

constexpr auto encodings = std::to_array<LegacyEncoding>({
    {Windows1252, "windows-1252", "CP1252"},
    {Windows1250, "windows-1250", "CP1250"},
    {Windows1251, "windows-1251", "CP1251"},
    {Windows1253, "windows-1253", "CP1253"},
    {Windows1254, "windows-1254", "CP1254"},
    {Windows1255, "windows-1255", "CP1255"},
    {Windows1256, "windows-1256", "CP1256"},
    {Windows1257, "windows-1257", "CP1257"},
    {Windows1258, "windows-1258", "CP1258"},
    {Windows874, "windows-874", "CP874"},
    {Iso8859Part2, "ISO-8859-2", "ISO-8859-2"},
    {Iso8859Part5, "ISO-8859-5", "ISO-8859-5"},
    {Iso8859Part6, "ISO-8859-6", "ISO-8859-6"},
    {Iso8859Part7, "ISO-8859-7", "ISO-8859-7"},
    {Iso8859Part16, "ISO-8859-16", "ISO-8859-16"},
    {Koi8R, "KOI8-R", "KOI8-R"},
    {Ibm855, "IBM855", "CP855"},
    {Ibm866, "IBM866", "CP866"},
    {MacRoman, "macintosh", "MACINTOSH"},
    {MacCyrillic, "x-mac-cyrillic", "MAC-CYRILLIC"},
    {ShiftJis, "Shift_JIS", "CP932"},
    {EucJp, "EUC-JP", "EUC-JP"},
    {EucKr, "EUC-KR", "CP949"},
    {Gb18030, "gb18030", "GB18030"},
    {Big5, "Big5", "BIG5-HKSCS"},
});

/// Other names in use, as legacyEncodingFromName() takes them.
constexpr auto aliases = std::to_array<std::pair<const char *, TextEncoding>>({
    {"latin1", Windows1252},    {"iso88591", Windows1252},
    {"iso885915", Windows1252}, {"latin2", Iso8859Part2},
    {"iso88598", Windows1255},  {"latin5", Windows1254},
    {"iso88599", Windows1254},  {"iso885911", Windows874},
    {"iso885913", Windows1257}, {"tis620", Windows874},
    {"cp866", Ibm866},          {"cp855", Ibm855},
    {"macroman", MacRoman},     {"maccyrillic", MacCyrillic},
    {"sjis", ShiftJis},         {"cp932", ShiftJis},
    {"windows31j", ShiftJis},   {"ujis", EucJp},
    {"cp949", EucKr},           {"uhc", EucKr},
    {"ksc56011987", EucKr},     {"gb2312", Gb18030},
    {"gbk", Gb18030},           {"cp936", Gb18030},
    {"big5hkscs", Big5},        {"cp950", Big5},
});

/// Of scripts other than Latin, by uchardet's names.
constexpr auto otherScripts = std::to_array<std::pair<std::string_view, TextEncoding>>({
    {"SHIFT_JIS", ShiftJis},
    {"EUC-JP", EucJp},
    {"EUC-KR", EucKr},
    {"UHC", EucKr},
    {"GB18030", Gb18030},
    {"BIG5", Big5},
    {"KOI8-R", Koi8R},
    {"WINDOWS-1251", Windows1251},
    {"ISO-8859-5", Iso8859Part5},
    {"IBM866", Ibm866},
    {"IBM855", Ibm855},
    {"MAC-CYRILLIC", MacCyrillic},
    {"WINDOWS-1253", Windows1253},
    {"ISO-8859-7", Iso8859Part7},
    {"WINDOWS-1255", Windows1255},
    {"ISO-8859-8", Windows1255},
    {"TIS-620", Windows874},
    {"ISO-8859-11", Windows874},
    {"WINDOWS-1256", Windows1256},
    {"ISO-8859-6", Iso8859Part6},
});

/// Of Latin scripts. (Its DOS and Macintosh ones are what it takes Western text for.)
constexpr auto latinScripts = std::to_array<std::pair<std::string_view, TextEncoding>>({
    {"WINDOWS-1250", Windows1250},
    {"ISO-8859-2", Iso8859Part2},
    {"ISO-8859-16", Iso8859Part16},
    {"WINDOWS-1257", Windows1257},
    {"ISO-8859-13", Windows1257},
    {"ISO-8859-9", Windows1254},
    {"WINDOWS-1254", Windows1254},
    {"WINDOWS-1258", Windows1258},
});

/// Parts of ISO 8859 have no characters where Windows has some.
constexpr auto siblings = std::to_array<std::pair<TextEncoding, TextEncoding>>({
    {Iso8859Part2, Windows1250},
    {Iso8859Part5, Windows1251},
    {Iso8859Part6, Windows1256},
    {Iso8859Part7, Windows1253},
});

constexpr std::size_t enoughBytes = 64 * 1024;
constexpr std::size_t fewestOfAnyScript = 8; ///< characters beyond ASCII
constexpr std::size_t fewestOfLatin = 30;

template <typename Key, std::size_t Size>
std::optional<TextEncoding> lookUp(const std::array<std::pair<Key, TextEncoding>, Size> &table, const Key &key)
{
    const auto found = std::ranges::find(table, key, &std::pair<Key, TextEncoding>::first);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

/// The lines that are not ASCII: the others say nothing.
std::string tellingLines(std::string_view sample)
{
    std::string lines;
    const char *at = sample.data();
    const char *const end = at + sample.size();
    while (lines.size() < enoughBytes && (at = byteScan::findNonAscii(at, end)) != end) {
        const auto place = static_cast<std::size_t>(at - sample.data());
        const std::size_t before = place == 0 ? std::string_view::npos : sample.rfind('\n', place - 1);
        const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t to = std::min(sample.find('\n', place), sample.size() - 1) + 1;
        lines += sample.substr(from, std::min(to - from, enoughBytes));
        at = sample.data() + to;
    }
    return lines;
}

std::string charsetOf(std::string_view bytes)
{
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0)
        return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// What text looks like beyond ASCII.
struct Look
{
    std::size_t beyond = 0; ///< characters
    std::size_t inRuns = 0; ///< of those, beside another
    std::size_t undecodable = 0; ///< bytes
};

Look lookOf(std::string_view bytes, TextEncoding encoding)
{
    LegacyDecoder decoder(encoding);
    std::string text;
    decoder.decode(bytes, text);
    Look look;
    std::size_t run = 0;
    for (std::size_t i = 0; i < text.size();) {
        const int length = utf8::sequenceLength(std::string_view(text).substr(i));
        if (length == 0)
            ++look.undecodable;
        if (length > 1) {
            ++look.beyond;
            ++run;
            look.inRuns += run == 2 ? 2 : (run > 2 ? 1 : 0);
        } else {
            run = 0;
        }
        i += static_cast<std::size_t>(std::max(length, 1));
    }
    return look;
}

TextEncoding siblingFor(TextEncoding encoding, std::string_view bytes)
{
    const auto sibling = lookUp(siblings, encoding);
    if (!sibling)
        return encoding;
    const bool hasMore = std::ranges::any_of(
        bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0; });
    // The capital alpha with an accent is what tells the Greek ones apart.
    const bool isGreekOfWindows = encoding == Iso8859Part7 && bytes.find('\xB6') == std::string_view::npos;
    return hasMore || isGreekOfWindows ? *sibling : encoding;
}

} // namespace

bool isLegacy(TextEncoding encoding)
{
    return std::ranges::find(encodings, encoding, &LegacyEncoding::encoding) != encodings.end();
}

const LegacyEncoding &legacyEncoding(TextEncoding encoding)
{
    const auto found = std::ranges::find(encodings, encoding, &LegacyEncoding::encoding);
    return found == encodings.end() ? encodings.front() : *found;
}

std::optional<TextEncoding> legacyEncodingFromName(QStringView plain)
{
    for (const LegacyEncoding &known : encodings) {
        QString name = QString::fromLatin1(known.name).toLower();
        name.remove(u'-').remove(u'_');
        const QString converter = QString::fromLatin1(known.converter).toLower().remove(u'-');
        if (plain == name || plain == converter)
            return known.encoding;
    }
    for (const auto &[alias, encoding] : aliases) {
        if (plain == QLatin1StringView(alias))
            return encoding;
    }
    return std::nullopt;
}

TextEncoding detectLegacyEncoding(std::string_view sample)
{
    const std::string lines = tellingLines(sample);
    std::string charset = charsetOf(lines);
    // Not UTF-8, that is known: half of it may be clearer.
    if (charset == "UTF-8")
        charset = charsetOf(std::string_view(lines).substr(lines.size() / 2));
    const auto other = lookUp(otherScripts, std::string_view(charset));
    const auto found = other ? other : lookUp(latinScripts, std::string_view(charset));
    if (!found)
        return Windows1252;
    const TextEncoding encoding = siblingFor(*found, lines);
    const Look look = lookOf(lines, encoding);
    if (look.undecodable * 50 > look.beyond)
        return Windows1252;
    const bool looksRight = other ? look.beyond >= fewestOfAnyScript && look.inRuns * 10 >= look.beyond * 7
                                  : look.beyond >= fewestOfLatin && look.inRuns * 2 < look.beyond;
    return looksRight ? encoding : Windows1252;
}

} // namespace idstore
