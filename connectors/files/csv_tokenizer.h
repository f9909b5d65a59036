// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// The characters of a delimiter behind its first one: of "||" the second, of ", " the space. Empty for most.
class DelimiterRest
{
public:
    static constexpr std::size_t most = 7;

    constexpr DelimiterRest() = default;
    /// `text`: at most as many characters as `most`; more are cut off.
    constexpr explicit DelimiterRest(std::string_view text)
        : m_size(std::min(text.size(), most))
    {
        std::copy_n(text.begin(), m_size, m_text.begin());
    }

    [[nodiscard]] constexpr bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] constexpr std::string_view text() const { return {m_text.data(), m_size}; }
    bool operator==(const DelimiterRest &) const = default;

private:
    std::array<char, most> m_text{};
    std::size_t m_size = 0;
};

/// What the special characters of a delimited text are. All are ASCII; the delimiter has one of them or more.
struct CsvSyntax
{
    /// How a quote stands inside a quoted field: "" (RFC 4180), or \" (and \\ for the backslash). With Backslash,
    /// doubled quotes are understood too.
    enum class Escape { Doubled, Backslash };

    static constexpr char noQuote = '\0';

    char delimiter = ',';
    char quote = '"'; ///< or noQuote
    Escape escape = Escape::Doubled;
    /// A single space may be missing at the end of a line, where editors drop it.
    DelimiterRest delimiterRest;

    /// All characters of the delimiter.
    [[nodiscard]] std::string delimiterText() const { return delimiter + std::string(delimiterRest.text()); }

    bool operator==(const CsvSyntax &) const = default;
};

/// A field as it stands in the input, without its quotes.
struct CsvField
{
    std::string_view text;
    bool quoted = false;
    bool escaped = false; ///< holds escaped quotes: use unescaped()
};

/// Splits UTF-8 text into rows and fields (RFC 4180, and what people send). Row ends are CRLF, LF and lone CR, in any
/// mixture; line ends inside quotes belong to the value. A quote opens a quoted field only at the field's very start.
/// After the closing quote only spaces or tabs may follow before the delimiter (they are dropped); with any other text
/// there the opening quote was an ordinary character, and the field is taken literally up to the next delimiter.
/// Time is linear in the input: a quote that never closes has no single quote after it, so no later one can scan far.
/// Used by one thread at a time; the input is not owned.
///
///     tokenizer.setInput(begin, end, isLast);
///     while (tokenizer.next() == CsvTokenizer::Outcome::Row)
///         use(tokenizer.fields());
class CsvTokenizer
{
public:
    enum class Outcome {
        Row,
        NeedMore, ///< the row goes on after the input; call setInput() again with the row's start and more text
        QuoteNotClosed, ///< a quoted field reaches the end of the last input; skipLine() to go on
        End, ///< of the last input
    };

    /// Fields from `storedFields` on are counted and looked at, but not kept.
    CsvTokenizer(const CsvSyntax &syntax, std::size_t storedFields);

    void setInput(const char *begin, const char *end, bool isLast);
    Outcome next();
    /// Goes back to the start of the row that next() just answered.
    void putBack();
    /// Passes over the physical line that starts at position(); false when its end is not in the input.
    bool skipLine();

    [[nodiscard]] const char *position() const { return m_position; }

    // Of the last row. Valid until the input changes.
    [[nodiscard]] const std::vector<CsvField> &fields() const { return m_fields; }
    [[nodiscard]] std::size_t fieldCount() const { return m_fieldCount; } ///< including those not kept
    [[nodiscard]] bool hasTextBeyond() const { return m_textBeyond; } ///< one of those not kept is not empty
    [[nodiscard]] std::string_view raw() const { return m_raw; } ///< without the row's end
    [[nodiscard]] std::int64_t lineBreaksInside() const { return m_lineBreaks; } ///< in quoted fields
    /// After NeedMore: the input ended within quotes.
    [[nodiscard]] bool insideQuotes() const { return m_insideQuotes; }

    /// `field` with its escapes resolved; appended to `out`.
    void unescape(const CsvField &field, std::string &out) const;

private:
    [[nodiscard]] const char *nextSpecial(const char *from);
    /// With a delimiter of two: the first delimiter or line end from `from` on, or the end of the input.
    [[nodiscard]] const char *fieldEnd(const char *from);
    /// How long the delimiter at `at` is; 0 when there is none; nothing when more input has to tell.
    [[nodiscard]] std::optional<std::size_t> delimiterAt(const char *at) const;
    /// The end of the quoted field at `open`: the byte after its closing quote and spaces; null when it is not closed
    /// within the input; `open` itself when it is not a quoted field after all.
    [[nodiscard]] const char *quotedField(const char *open, CsvField &field);
    void keep(const CsvField &field);
    Outcome incomplete(bool insideQuotes);

    CsvSyntax m_syntax;
    std::size_t m_storedFields;

    const char *m_position = nullptr; ///< start of the next row
    const char *m_rowStart = nullptr;
    const char *m_end = nullptr;
    bool m_isLast = false;

    // The 64 bytes looked at last, and which of them end a field or a row.
    const char *m_block = nullptr;
    const char *m_blockEnd = nullptr;
    std::uint64_t m_specials = 0;

    std::vector<CsvField> m_fields;
    std::size_t m_fieldCount = 0;
    bool m_textBeyond = false;
    bool m_insideQuotes = false;
    std::string_view m_raw;
    std::int64_t m_lineBreaks = 0;
};

} // namespace idstore
