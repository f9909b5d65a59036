// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/encoding_detector.h"

#include <string>
#include <string_view>

namespace idstore {

/// Turns text in a legacy encoding into UTF-8, piece by piece; pieces may end inside a character. Bytes that stand for
/// nothing are written by utf8::appendUndecodable(). Used by one thread at a time.
class LegacyDecoder
{
public:
    /// `encoding` isLegacy(). Where the system lacks its tables, no byte stands for anything.
    explicit LegacyDecoder(TextEncoding encoding);
    ~LegacyDecoder();
    LegacyDecoder(const LegacyDecoder &) = delete;
    LegacyDecoder &operator=(const LegacyDecoder &) = delete;

    void decode(std::string_view bytes, std::string &out);
    /// Appends what the end of the text leaves unfinished.
    void finish(std::string &out);

private:
    /// Appends what the converter holds back because the next character might have changed it.
    void flush(std::string &out);

    void *m_converter; ///< iconv_t
    std::string m_unfinished; ///< the first bytes of a character
};

} // namespace idstore
