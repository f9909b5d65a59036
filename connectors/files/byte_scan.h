// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace idstore {

/// Looking for a few byte values in long text, sixteen bytes at a time where the processor can (SSE2, which every
/// 64-bit x86 has), one at a time elsewhere. Pure functions; they read nothing outside of what they are given.
namespace byteScan {

inline constexpr std::size_t blockSize = 64;

/// One bit for each of the 64 bytes at `block` that is `a`, `b` or `c`; bit 0 is the first byte.
inline std::uint64_t matchBlock(const char *block, char a, char b, char c)
{
    std::uint64_t bits = 0;
#if defined(__SSE2__)
    const __m128i wantedA = _mm_set1_epi8(a);
    const __m128i wantedB = _mm_set1_epi8(b);
    const __m128i wantedC = _mm_set1_epi8(c);
    for (int part = 0; part < 4; ++part) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(block + part * 16));
        const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, wantedA), _mm_cmpeq_epi8(bytes, wantedB)),
                                           _mm_cmpeq_epi8(bytes, wantedC));
        bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (part * 16);
    }
#else
    for (std::size_t i = 0; i < blockSize; ++i) {
        if (block[i] == a || block[i] == b || block[i] == c)
            bits |= std::uint64_t{1} << i;
    }
#endif
    return bits;
}

/// The first `a` or `b` in [from, end), or `end`.
inline const char *findEither(const char *from, const char *end, char a, char b)
{
#if defined(__SSE2__)
    const __m128i wantedA = _mm_set1_epi8(a);
    const __m128i wantedB = _mm_set1_epi8(b);
    for (; end - from >= 16; from += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
        const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, wantedA), _mm_cmpeq_epi8(bytes, wantedB));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
        if (bits != 0)
            return from + __builtin_ctz(bits);
    }
#endif
    for (; from != end; ++from) {
        if (*from == a || *from == b)
            return from;
    }
    return end;
}

/// The first byte in [from, end) that is not ASCII, or `end`.
inline const char *findNonAscii(const char *from, const char *end)
{
#if defined(__SSE2__)
    for (; end - from >= 16; from += 16) {
        const auto bits =
            static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from))));
        if (bits != 0)
            return from + __builtin_ctz(bits);
    }
#endif
    for (; from != end; ++from) {
        if (static_cast<unsigned char>(*from) >= 0x80)
            return from;
    }
    return end;
}

/// The first byte in [from, end) that is a control character or not ASCII, or `end`.
inline const char *findUnprintable(const char *from, const char *end)
{
#if defined(__SSE2__)
    // Compared as signed numbers, those above ASCII are the smallest.
    const __m128i space = _mm_set1_epi8(0x20);
    for (; end - from >= 16; from += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmplt_epi8(bytes, space)));
        if (bits != 0)
            return from + __builtin_ctz(bits);
    }
#endif
    for (; from != end; ++from) {
        const auto byte = static_cast<unsigned char>(*from);
        if (byte < 0x20 || byte >= 0x80)
            return from;
    }
    return end;
}

} // namespace byteScan

} // namespace idstore
