// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace idstore {

/// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. Pure functions; any thread.
namespace utf8 {

/// Bytes of the well-formed character at the front of `text`; 0 when there is none. `text` must not be empty.
/// `*truncated` tells whether more bytes could still make it well-formed.
[[nodiscard]] int sequenceLength(std::string_view text, bool *truncated = nullptr);

[[nodiscard]] bool isValid(std::string_view text);

void append(std::string &out, std::uint32_t codePoint);

/// Bytes that no encoding in use can make text of travel through the reader as sequences that are never valid UTF-8,
/// so that the check of each row finds them: this is how the decoder writes such a byte ...
void appendUndecodable(std::string &out, unsigned char byte);

/// How the bytes that are not text stand in a piece of text: as they are in the source, or as the decoder wraps them.
enum class Undecodable { AsIs, Wrapped };

/// ... and this is how people see it: valid text as it is, everything else as \xNN of the byte in the source.
/// At most `maxLength` UTF-16 units; what is cut off becomes an ellipsis.
[[nodiscard]] QString display(std::string_view text, qsizetype maxLength, Undecodable form);

} // namespace utf8

} // namespace idstore
