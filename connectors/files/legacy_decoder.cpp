// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/legacy_decoder.h"

#include "connectors/files/legacy_encoding.h"
#include "connectors/files/utf8.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <utility>

namespace idstore {

namespace {

void *const noConverter = reinterpret_cast<iconv_t>(-1);

} // namespace

LegacyDecoder::LegacyDecoder(TextEncoding encoding)
    : m_converter(iconv_open("UTF-8", legacyEncoding(encoding).converter))
{}

LegacyDecoder::~LegacyDecoder()
{
    if (m_converter != noConverter)
        iconv_close(m_converter);
}

void LegacyDecoder::decode(std::string_view bytes, std::string &out)
{
    std::string joined;
    if (!m_unfinished.empty()) {
        joined = std::exchange(m_unfinished, {});
        joined += bytes;
        bytes = joined;
    }
    // iconv does not write to its input.
    char *from = const_cast<char *>(bytes.data());
    std::size_t left = bytes.size();
    std::array<char, 16 * 1024> block;
    while (left > 0) {
        char *to = block.data();
        std::size_t room = block.size();
        errno = EILSEQ;
        const std::size_t result =
            m_converter == noConverter ? std::size_t(-1) : iconv(m_converter, &from, &left, &to, &room);
        const int problem = errno;
        out.append(block.data(), static_cast<std::size_t>(to - block.data()));
        if (result != std::size_t(-1) || problem == E2BIG)
            continue;
        if (problem == EINVAL) {
            m_unfinished.assign(from, left);
            return;
        }
        flush(out);
        utf8::appendUndecodable(out, static_cast<unsigned char>(*from));
        ++from;
        --left;
    }
}

void LegacyDecoder::flush(std::string &out)
{
    if (m_converter == noConverter)
        return;
    std::array<char, 64> block;
    char *to = block.data();
    std::size_t room = block.size();
    iconv(m_converter, nullptr, nullptr, &to, &room);
    out.append(block.data(), static_cast<std::size_t>(to - block.data()));
}

void LegacyDecoder::finish(std::string &out)
{
    flush(out);
    for (const char unfinished : std::exchange(m_unfinished, {}))
        utf8::appendUndecodable(out, static_cast<unsigned char>(unfinished));
}

} // namespace idstore
