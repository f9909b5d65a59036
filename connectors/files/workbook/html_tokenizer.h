// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/text_window.h"
#include "models/base/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace idstore {

/// Takes the tags and texts of an HTML file apart, as far as tables need it (after "Tokenization" in the HTML Living
/// Standard, 13.2.5): comments, declarations, scripts and styles are passed over, character references resolved.
/// Nothing is refused but tags without end; memory does not depend on the size of the file, and time is linear in it.
/// Used by one thread at a time. Errors: those of TextWindow and workbook_errors::tooLarge().
class HtmlTokenizer
{
public:
    enum class Token { StartTag, EndTag, Text, End };

    static Result<std::unique_ptr<HtmlTokenizer>> open(const QString &path);

    Result<Token> next();
    /// Of the last tag, in small letters.
    [[nodiscard]] const std::string &name() const { return m_name; }
    /// Of the last start tag, character references as they stand. `name` in small letters.
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
    /// Of the last Text; a long one comes in several.
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// Bytes of the file gone through.
    [[nodiscard]] std::int64_t bytesRead() const { return m_window.bytesBefore(m_window.begin()); }

private:
    explicit HtmlTokenizer(const QString &path);

    /// The text from where the window begins; more of it each time.
    [[nodiscard]] std::string_view ahead() const { return {m_window.begin(), m_window.size()}; }
    void take(std::size_t bytes) { m_window.consume(m_window.begin() + bytes); }
    Result<void> more();
    /// Passes over everything to the end of `mark` (letters of it in any case).
    Result<void> passOver(std::string_view mark);
    Result<Token> readTag(bool end);
    Result<Token> readText();

    TextWindow m_window;
    std::string m_tag; ///< between < and >
    std::string m_name;
    std::string m_text;
};

/// Whether text that begins like this is a web page or a part of one. Pure function; any thread.
[[nodiscard]] bool looksLikeHtml(std::string_view head);

/// Appends a text with its character references resolved; what is none stays as it is. Pure function; any thread.
void appendHtmlText(std::string_view text, std::string &out);

} // namespace idstore
