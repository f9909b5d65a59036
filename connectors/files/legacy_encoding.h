// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/encoding_detector.h"

namespace idstore {

/// An encoding from before Unicode, in which every file of a region used to be.
struct LegacyEncoding
{
    TextEncoding encoding;
    const char *name; ///< in the WHATWG Encoding Standard
    const char *converter; ///< what iconv calls it, or the superset of it that is in use
};

[[nodiscard]] bool isLegacy(TextEncoding encoding);
/// Of an encoding that isLegacy().
[[nodiscard]] const LegacyEncoding &legacyEncoding(TextEncoding encoding);
/// `plain`: a name in lower case without hyphens, underscores and spaces.
[[nodiscard]] std::optional<TextEncoding> legacyEncodingFromName(QStringView plain);

/// The encoding of text that is neither ASCII nor Unicode, by how often its characters follow one another in the
/// languages that are written in it (uchardet). That is right for text in other scripts than Latin, and for Latin text
/// of some length; a Western name or two may look like anything. So what is found has to decode, and to look like its
/// script: words of non-ASCII letters only, or words with single ones in them and enough of those. Otherwise it is
/// Windows-1252. `sample` may end inside a character. Pure function; any thread.
[[nodiscard]] TextEncoding detectLegacyEncoding(std::string_view sample);

} // namespace idstore
