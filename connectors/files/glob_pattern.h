// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace idstore {

/// A pattern for the names of files, with the rules of a shell:
///   *     any characters but a slash, also none
///   ?     one character but a slash
///   **    any characters, slashes included, also none
///   **/   any folders, also none: "**/*.csv" finds "a.csv" and "in/2026/a.csv"
/// Everything else stands for itself, letter case included. Time is bounded by the lengths of pattern and name
/// multiplied. Value type; thread-safe to use.
class GlobPattern
{
public:
    /// An empty pattern matches every name.
    explicit GlobPattern(const QString &pattern = {});

    [[nodiscard]] bool matches(const QString &name) const;
    /// A pattern that is just a name.
    [[nodiscard]] bool isLiteral() const;

private:
    struct Token
    {
        enum Kind { Character, AnyCharacter, AnyRun, AnyPath, AnyFolders };
        Kind kind;
        char32_t character;
    };
    QList<Token> m_tokens;
    bool m_all = false;
};

} // namespace idstore
