// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/text_sort_key.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

constexpr char32_t latinEnd = 0x250; ///< behind Latin Extended-B
constexpr char32_t additionalLatin = 0x1E00;
constexpr char32_t additionalLatinEnd = 0x1F00;

/// The letter without its accents, in lower case.
char32_t baseLetter(char32_t c)
{
    switch (c) { // letters that Unicode does not take apart, and which people look for beside these
    case U'ß':
        return U's';
    case U'Æ':
    case U'æ':
        return U'a';
    case U'Ø':
    case U'ø':
    case U'Œ':
    case U'œ':
        return U'o';
    case U'Đ':
    case U'đ':
    case U'Ð':
    case U'ð':
        return U'd';
    case U'Ł':
    case U'ł':
        return U'l';
    case U'ı':
        return U'i';
    default:
        break;
    }
    char32_t letter = c;
    for (;;) {
        const QString parts = QChar::decomposition(letter);
        if (parts.isEmpty() || QChar::decompositionTag(letter) != QChar::Canonical)
            return QChar::toCaseFolded(letter);
        letter = parts.at(0).unicode();
    }
}

template <char32_t Start, char32_t End>
std::array<char32_t, End - Start> baseLetters()
{
    std::array<char32_t, End - Start> table{};
    for (char32_t c = Start; c < End; ++c)
        table[c - Start] = baseLetter(c);
    return table;
}

/// 0: the character is left out.
char32_t folded(char32_t c)
{
    static const auto latin = baseLetters<0x80, latinEnd>();
    static const auto more = baseLetters<additionalLatin, additionalLatinEnd>();
    if (c < latinEnd)
        return latin[c - 0x80];
    if (c >= additionalLatin && c < additionalLatinEnd)
        return more[c - additionalLatin];
    const bool isCombiningMark = c >= 0x300 && c < 0x370;
    return isCombiningMark ? 0 : QChar::toCaseFolded(c);
}

/// The character at `position`, which is moved behind it; malformed bytes stand for themselves.
char32_t takeCharacter(std::string_view text, std::size_t &position)
{
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byteAt(position++);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (more == 0 || position + more > text.size())
        return lead;
    char32_t c = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i)
        c = c << 6 | (byteAt(position++) & 0x3FU);
    return c;
}

void appendUtf8(std::string &key, char32_t c)
{
    if (c < 0x80) {
        key.push_back(static_cast<char>(c));
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    key.push_back(static_cast<char>((0xFF00U >> (more + 1) & 0xFFU) | (c >> (6 * more))));
    for (int i = more - 1; i >= 0; --i)
        key.push_back(static_cast<char>(0x80U | (c >> (6 * i) & 0x3FU)));
}

} // namespace

void appendTextKey(std::string &key, std::string_view text, std::size_t limit)
{
    const std::size_t start = key.size();
    bool isChanged = false;
    for (std::size_t i = 0; i < text.size() && key.size() - start < limit;) {
        const char byte = text[i];
        if (static_cast<unsigned char>(byte) < 0x80) {
            const bool isUpper = byte >= 'A' && byte <= 'Z';
            isChanged |= isUpper;
            key.push_back(isUpper ? static_cast<char>(byte + ('a' - 'A')) : byte);
            ++i;
            continue;
        }
        const char32_t original = takeCharacter(text, i);
        const char32_t base = original < 0x80 ? original : folded(original);
        isChanged |= base != original;
        if (base != 0)
            appendUtf8(key, base);
    }
    // Behind a byte that is less than any of a text, so that "ab" stays before "Ab" and both before "ab c".
    if (isChanged && key.size() - start < limit) {
        key.push_back('\0');
        key.append(text.substr(0, limit - (key.size() - start)));
    }
    if (key.size() - start > limit)
        key.resize(start + limit);
}

} // namespace idstore
