// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace idstore {

/// How the bytes of a text file stand for characters. From Windows1250 on: legacy_encoding.h.
enum class TextEncoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Utf32LittleEndian,
    Utf32BigEndian,
    Windows1252,
    Windows1250,
    Windows1251,
    Windows1253,
    Windows1254,
    Windows1255,
    Windows1256,
    Windows1257,
    Windows1258,
    Windows874,
    Iso8859Part2,
    Iso8859Part5,
    Iso8859Part6,
    Iso8859Part7,
    Iso8859Part16,
    Koi8R,
    Ibm855,
    Ibm866,
    MacRoman,
    MacCyrillic,
    ShiftJis,
    EucJp,
    EucKr,
    Gb18030,
    Big5,
};

/// "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "windows-1252", "Shift_JIS" and so on, as the WHATWG
/// Encoding Standard has them.
[[nodiscard]] QString toString(TextEncoding encoding);
/// Understands those names and the usual others ("utf8", "latin1", "iso-8859-1", "cp1252", "sjis", ...), in any case.
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

/// A byte order mark decides; then the pattern of zero bytes (UTF-32, UTF-16); then whether the bytes are UTF-8, or
/// most of them with a few broken places. What is left is an older encoding, for want of a better one Windows-1252.
/// `sample` may end inside a character. Pure function; any thread.
[[nodiscard]] DetectedEncoding detectEncoding(std::string_view sample);

/// For text without byte order mark and zero bytes, by the bytes that are not ASCII: the last step of detectEncoding().
[[nodiscard]] TextEncoding encodingOfBytes(std::string_view sample);

/// The byte order mark of `encoding` at the front of `sample`: its length, or 0.
[[nodiscard]] int bomLength(std::string_view sample, TextEncoding encoding);

} // namespace idstore
