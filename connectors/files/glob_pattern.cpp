// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/glob_pattern.h"

#include <algorithm>
#include <vector>

namespace idstore {

GlobPattern::GlobPattern(const QString &pattern)
    : m_all(pattern.isEmpty())
{
    const QList<uint> characters = pattern.toUcs4();
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const auto at = [&](qsizetype index) { return index < characters.size() ? characters[index] : 0U; };
        const char32_t character = characters[i];
        if (character == U'?') {
            m_tokens.append({Token::AnyCharacter, 0});
        } else if (character != U'*') {
            m_tokens.append({Token::Character, character});
        } else if (at(i + 1) != U'*') {
            m_tokens.append({Token::AnyRun, 0});
        } else {
            // Further asterisks add nothing.
            while (at(i + 1) == U'*')
                ++i;
            const bool atStart =
                m_tokens.isEmpty() || (m_tokens.last().kind == Token::Character && m_tokens.last().character == U'/');
            const bool folders = atStart && at(i + 1) == U'/';
            m_tokens.append({folders ? Token::AnyFolders : Token::AnyPath, 0});
            i += folders ? 1 : 0;
        }
    }
}

bool GlobPattern::isLiteral() const
{
    return !m_all &&
           std::all_of(m_tokens.begin(), m_tokens.end(), [](const Token &t) { return t.kind == Token::Character; });
}

bool GlobPattern::matches(const QString &name) const
{
    if (m_all)
        return true;
    const QList<uint> characters = name.toUcs4();
    const auto length = static_cast<std::size_t>(characters.size());
    // After each token: which beginnings of the name it and those before it match.
    std::vector<char> before(length + 1, 0);
    std::vector<char> after(length + 1, 0);
    before[0] = 1;
    for (const Token &token : m_tokens) {
        after[0] = token.kind >= Token::AnyRun ? before[0] : 0;
        bool open = token.kind == Token::AnyFolders && before[0];
        for (std::size_t i = 0; i < length; ++i) {
            const char32_t character = characters[static_cast<qsizetype>(i)];
            const bool slash = character == U'/';
            char matched = 0;
            switch (token.kind) {
            case Token::Character:
                matched = before[i] && character == token.character;
                break;
            case Token::AnyCharacter:
                matched = before[i] && !slash;
                break;
            case Token::AnyRun:
                matched = before[i + 1] || (after[i] && !slash);
                break;
            case Token::AnyPath:
                matched = before[i + 1] || after[i];
                break;
            case Token::AnyFolders:
                // Nothing, or anything that ends with a slash.
                matched = before[i + 1] || (open && slash);
                open = open || before[i + 1];
                break;
            }
            after[i + 1] = matched;
        }
        before.swap(after);
    }
    return before[length] != 0;
}

} // namespace idstore
