// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace idstore {

/// How the bytes of a text file stand for characters.
enum class TextEncoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Utf32LittleEndian, Utf32BigEndian, Windows1252 };

/// "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "windows-1252".
[[nodiscard]] QString toString(TextEncoding encoding);
/// Understands those names and the usual others ("utf8", "latin1", "iso-8859-1", "cp1252", ...), in any case.
/// Latin-1 is read as Windows-1252, as the WHATWG Encoding Standard says.
[[nodiscard]] std::optional<TextEncoding> textEncodingFromString(QStringView name);

/// What the first bytes of a file say about its encoding.
struct DetectedEncoding
{
    TextEncoding encoding = TextEncoding::Utf8;
    int bomLength = 0; ///< bytes of a byte order mark to pass over
    /// Nothing but ASCII so far: the first other byte has yet to tell UTF-8 from Windows-1252.
    bool open = false;
};

/// A byte order mark decides; then the pattern of zero bytes (UTF-32, UTF-16); then whether the bytes are UTF-8. What
/// is left is Windows-1252, unless most of it is good UTF-8 with a few broken places. `sample` may end inside a
/// character. Pure function; any thread.
[[nodiscard]] DetectedEncoding detectEncoding(std::string_view sample);

/// For text that is one of the two, by the bytes that are not ASCII: the last step of detectEncoding().
[[nodiscard]] TextEncoding utf8OrWindows1252(std::string_view sample);

/// The byte order mark of `encoding` at the front of `sample`: its length, or 0.
[[nodiscard]] int bomLength(std::string_view sample, TextEncoding encoding);

} // namespace idstore
