// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/html_tokenizer.h"

#include "connectors/files/encoding_detector.h"
#include "connectors/files/workbook/workbook.h"

#include <algorithm>
#include <array>

namespace idstore {

namespace {

using namespace std::string_view_literals;

constexpr qint64 sampleBytes = 64 * 1024;
constexpr std::size_t mostTagBytes = 256 * 1024;
constexpr std::size_t mostTextBytes = 64 * 1024;
/// Of a character reference, from the & to before the ;
constexpr std::size_t longestReference = 32;

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool isLetter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool sameLetters(char a, char b)
{
    return lower(a) == lower(b);
}

/// Where `mark` begins in the text, letters in any case.
std::size_t findMark(std::string_view text, std::string_view mark)
{
    const auto found = std::search(text.begin(), text.end(), mark.begin(), mark.end(), sameLetters);
    return found == text.end() && !mark.empty() ? std::string_view::npos
                                                : static_cast<std::size_t>(found - text.begin());
}

bool startsWithMark(std::string_view text, std::string_view mark)
{
    return text.size() >= mark.size() && std::ranges::equal(text.substr(0, mark.size()), mark, sameLetters);
}

/// Where the tag that begins the text ends: its '>'. In the value of an attribute, in quotes, that is a character.
std::size_t tagEnd(std::string_view text)
{
    char quote = '\0';
    char before = '\0'; // the last that is no space
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '>') {
            return at;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        }
        before = isSpace(c) ? before : c;
    }
    return std::string_view::npos;
}

/// The encoding that the page names in its head, <meta charset=…>.
std::optional<TextEncoding> namedEncoding(std::string_view head)
{
    constexpr auto mark = "charset="sv;
    const std::size_t found = findMark(head, mark);
    if (found == std::string_view::npos)
        return std::nullopt;
    std::string_view name = head.substr(found + mark.size());
    while (!name.empty() && (name.front() == '"' || name.front() == '\'' || isSpace(name.front())))
        name.remove_prefix(1);
    const auto isOfName = [](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    const auto end = std::ranges::find_if_not(name, isOfName);
    const auto length = static_cast<std::size_t>(end - name.begin());
    const auto encoding = textEncodingFromString(
        QString::fromLatin1(name.data(), static_cast<qsizetype>(std::min<std::size_t>(length, 40))));
    // A page whose head can be read like this is not in the others.
    const bool wide = encoding == TextEncoding::Utf16LittleEndian || encoding == TextEncoding::Utf16BigEndian ||
                      encoding == TextEncoding::Utf32LittleEndian || encoding == TextEncoding::Utf32BigEndian;
    return wide ? std::nullopt : encoding;
}

struct Reference
{
    std::string_view name;
    std::string_view text;
};

// The named characters that tables have; there are two thousand more (HTML Living Standard, 13.5).
constexpr auto references = std::to_array<Reference>({
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
    {"ensp", " "},   {"emsp", " "},   {"thinsp", " "}, {"shy", ""},     {"euro", "€"},   {"pound", "£"},
    {"yen", "¥"},    {"cent", "¢"},   {"sect", "§"},   {"copy", "©"},   {"reg", "®"},    {"trade", "™"},
    {"deg", "°"},    {"plusmn", "±"}, {"sup2", "²"},   {"sup3", "³"},   {"micro", "µ"},  {"para", "¶"},
    {"middot", "·"}, {"frac12", "½"}, {"frac14", "¼"}, {"frac34", "¾"}, {"times", "×"},  {"divide", "÷"},
    {"ndash", "–"},  {"mdash", "—"},  {"lsquo", "‘"},  {"rsquo", "’"},  {"sbquo", "‚"},  {"ldquo", "“"},
    {"rdquo", "”"},  {"bdquo", "„"},  {"laquo", "«"},  {"raquo", "»"},  {"lsaquo", "‹"}, {"rsaquo", "›"},
    {"hellip", "…"}, {"bull", "•"},   {"iexcl", "¡"},  {"iquest", "¿"}, {"ordf", "ª"},   {"ordm", "º"},
    {"not", "¬"},    {"Agrave", "À"}, {"Aacute", "Á"}, {"Acirc", "Â"},  {"Atilde", "Ã"}, {"Auml", "Ä"},
    {"Aring", "Å"},  {"AElig", "Æ"},  {"Ccedil", "Ç"}, {"Egrave", "È"}, {"Eacute", "É"}, {"Ecirc", "Ê"},
    {"Euml", "Ë"},   {"Igrave", "Ì"}, {"Iacute", "Í"}, {"Icirc", "Î"},  {"Iuml", "Ï"},   {"ETH", "Ð"},
    {"Ntilde", "Ñ"}, {"Ograve", "Ò"}, {"Oacute", "Ó"}, {"Ocirc", "Ô"},  {"Otilde", "Õ"}, {"Ouml", "Ö"},
    {"Oslash", "Ø"}, {"Ugrave", "Ù"}, {"Uacute", "Ú"}, {"Ucirc", "Û"},  {"Uuml", "Ü"},   {"Yacute", "Ý"},
    {"THORN", "Þ"},  {"szlig", "ß"},  {"agrave", "à"}, {"aacute", "á"}, {"acirc", "â"},  {"atilde", "ã"},
    {"auml", "ä"},   {"aring", "å"},  {"aelig", "æ"},  {"ccedil", "ç"}, {"egrave", "è"}, {"eacute", "é"},
    {"ecirc", "ê"},  {"euml", "ë"},   {"igrave", "ì"}, {"iacute", "í"}, {"icirc", "î"},  {"iuml", "ï"},
    {"eth", "ð"},    {"ntilde", "ñ"}, {"ograve", "ò"}, {"oacute", "ó"}, {"ocirc", "ô"},  {"otilde", "õ"},
    {"ouml", "ö"},   {"oslash", "ø"}, {"ugrave", "ù"}, {"uacute", "ú"}, {"ucirc", "û"},  {"uuml", "ü"},
    {"yacute", "ý"}, {"thorn", "þ"},  {"yuml", "ÿ"},   {"OElig", "Œ"},  {"oelig", "œ"},  {"Scaron", "Š"},
    {"scaron", "š"},
});

void appendCharacter(char32_t code, std::string &out)
{
    if (code == 0xA0)
        code = U' ';
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    out += QString::fromUcs4(&code, 1).toStdString();
}

/// The number of "#8364" or "#x20AC".
std::optional<char32_t> numberOf(std::string_view reference)
{
    if (reference.size() < 2 || reference[0] != '#')
        return std::nullopt;
    const bool hex = lower(reference[1]) == 'x';
    bool valid = false;
    const std::string_view digits = reference.substr(hex ? 2 : 1);
    const uint number = QByteArray(digits.data(), static_cast<qsizetype>(digits.size())).toUInt(&valid, hex ? 16 : 10);
    return valid ? std::optional<char32_t>(number) : std::nullopt;
}

} // namespace

bool looksLikeHtml(std::string_view head)
{
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    const bool isXml = head.starts_with("<?xml") || head.starts_with("<!--");
    if (isXml)
        return findMark(head, "<html") != std::string_view::npos;
    return std::ranges::any_of(
        std::array{"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv, "<table"sv, "<script"sv, "<meta"sv, "<style"sv},
        [head](std::string_view tag) {
            const bool atEnd = head.size() == tag.size();
            return startsWithMark(head, tag) && (atEnd || !isLetter(head[tag.size()]));
        });
}

void appendHtmlText(std::string_view text, std::string &out)
{
    while (true) {
        const std::size_t at = std::min(text.find('&'), text.size());
        out += text.substr(0, at);
        text.remove_prefix(at);
        if (text.empty())
            return;
        const std::size_t end = text.substr(0, longestReference).find(';');
        const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
        const auto *const known = std::ranges::find(references, name, &Reference::name);
        if (known != references.end()) {
            out += known->text;
            text.remove_prefix(end + 1);
        } else if (const auto number = numberOf(name)) {
            appendCharacter(*number, out);
            text.remove_prefix(end + 1);
        } else {
            out += '&';
            text.remove_prefix(1);
        }
    }
}

HtmlTokenizer::HtmlTokenizer(const QString &path)
    : m_window(path)
{}

Result<std::unique_ptr<HtmlTokenizer>> HtmlTokenizer::open(const QString &path)
{
    std::unique_ptr<HtmlTokenizer> tokenizer(new HtmlTokenizer(path));
    IDS_CHECK(tokenizer->m_window.open());
    IDS_TRY(bytes, tokenizer->m_window.sample(sampleBytes));
    const std::string_view head(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    DetectedEncoding encoding = detectEncoding(head);
    const bool isUtf8 = encoding.encoding == TextEncoding::Utf8 && !encoding.open;
    if (const auto named = namedEncoding(head); named && encoding.bomLength == 0 && !isUtf8)
        encoding = {*named, 0, false};
    IDS_CHECK(tokenizer->m_window.start(encoding));
    return tokenizer;
}

Result<void> HtmlTokenizer::more()
{
    return m_window.readMore(mostTagBytes);
}

Result<void> HtmlTokenizer::passOver(std::string_view mark)
{
    while (true) {
        const std::size_t found = findMark(ahead(), mark);
        if (found != std::string_view::npos) {
            take(found + mark.size());
            return {};
        }
        // The mark may have begun.
        const std::size_t kept = m_window.atEnd() ? 0 : std::min(m_window.size(), mark.size() - 1);
        take(m_window.size() - kept);
        if (m_window.atEnd())
            return {};
        IDS_CHECK(more());
    }
}

Result<HtmlTokenizer::Token> HtmlTokenizer::next()
{
    while (true) {
        if (m_window.size() < 4 && !m_window.atEnd()) {
            IDS_CHECK(more());
            continue;
        }
        const std::string_view text = ahead();
        if (text.empty())
            return Token::End;
        if (text[0] != '<' || text.size() == 1)
            return readText();
        if (text.starts_with("<!--")) {
            take(4);
            IDS_CHECK(passOver("-->"));
        } else if (text[1] == '!' || text[1] == '?') {
            IDS_CHECK(passOver(">"));
        } else if (isLetter(text[1]) || text[1] == '/') {
            IDS_TRY(token, readTag(text[1] == '/'));
            return token;
        } else {
            return readText();
        }
    }
}

Result<HtmlTokenizer::Token> HtmlTokenizer::readTag(bool end)
{
    std::size_t length = tagEnd(ahead());
    while (length == std::string_view::npos) {
        if (m_window.size() > mostTagBytes)
            return workbook_errors::tooLarge(QStringLiteral("a tag without end"));
        if (m_window.atEnd()) {
            take(m_window.size());
            return Token::End;
        }
        IDS_CHECK(more());
        length = tagEnd(ahead());
    }
    m_tag = ahead().substr(end ? 2 : 1, length - (end ? 2 : 1));
    take(length + 1);
    m_name.clear();
    for (const char c : m_tag) {
        if (isSpace(c) || c == '/')
            break;
        m_name += lower(c);
    }
    if (!end && (m_name == "script" || m_name == "style")) {
        const std::string close = "</" + m_name;
        IDS_CHECK(passOver(close));
        IDS_CHECK(passOver(">"));
    }
    return end ? Token::EndTag : Token::StartTag;
}

Result<HtmlTokenizer::Token> HtmlTokenizer::readText()
{
    std::size_t end = ahead().find('<', 1);
    while (end == std::string_view::npos && !m_window.atEnd() && m_window.size() < mostTextBytes) {
        IDS_CHECK(more());
        end = ahead().find('<', 1);
    }
    std::string_view text = ahead();
    if (end != std::string_view::npos) {
        text = text.substr(0, end);
    } else if (!m_window.atEnd()) {
        // A character reference is not cut in two.
        const std::size_t last = text.rfind('&');
        if (last != std::string_view::npos && last > 0 && text.size() - last < longestReference)
            text = text.substr(0, last);
    }
    m_text.clear();
    appendHtmlText(text, m_text);
    take(text.size());
    return Token::Text;
}

std::optional<std::string_view> HtmlTokenizer::attribute(std::string_view name) const
{
    std::string_view rest = std::string_view(m_tag).substr(std::min(m_name.size(), m_tag.size()));
    while (true) {
        const auto isBetween = [](char c) { return isSpace(c) || c == '/'; };
        while (!rest.empty() && isBetween(rest.front()))
            rest.remove_prefix(1);
        if (rest.empty())
            return std::nullopt;
        const auto nameEnd = std::ranges::find_if(rest.substr(1), [&](char c) { return isBetween(c) || c == '='; });
        const auto length = static_cast<std::size_t>(nameEnd - rest.begin());
        const bool wanted = length == name.size() && startsWithMark(rest, name);
        rest.remove_prefix(length);
        while (!rest.empty() && isSpace(rest.front()))
            rest.remove_prefix(1);
        std::string_view value;
        if (rest.starts_with('=')) {
            rest.remove_prefix(1);
            while (!rest.empty() && isSpace(rest.front()))
                rest.remove_prefix(1);
            const char quote = rest.empty() ? '\0' : rest.front();
            const bool quoted = quote == '"' || quote == '\'';
            if (quoted)
                rest.remove_prefix(1);
            const auto end = quoted ? std::ranges::find(rest, quote) : std::ranges::find_if(rest, isSpace);
            value = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
            rest.remove_prefix(std::min(value.size() + (quoted ? 1 : 0), rest.size()));
        }
        if (wanted)
            return value;
    }
}

} // namespace idstore
