// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace idstore {

/// Looking for a few byte values in long text, sixteen bytes at a time where the processor can (SSE2, which every
/// 64-bit x86 has, and NEON, which every 64-bit ARM has), one at a time elsewhere. Pure functions; they read nothing
/// outside of what they are given.
namespace byteScan {

inline constexpr std::size_t blockSize = 64;

/// Sixty-four bytes held for several questions. Answers have one bit for each byte; bit 0 is the first byte.
class Block
{
public:
    explicit Block(const char *bytes)
    {
#if defined(__SSE2__)
        for (int i = 0; i < 4; ++i)
            m_parts[i] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + i * 16));
#elif defined(__ARM_NEON) && defined(__aarch64__)
        for (int i = 0; i < 4; ++i)
            m_parts[i] = vld1q_u8(reinterpret_cast<const std::uint8_t *>(bytes + i * 16));
#else
        std::memcpy(m_parts, bytes, blockSize);
#endif
    }

    /// The bytes that are one of `wanted`.
    template <typename... Char>
    [[nodiscard]] std::uint64_t equal(Char... wanted) const
    {
#if defined(__SSE2__)
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i) {
            __m128i found = _mm_setzero_si128();
            ((found = _mm_or_si128(found, _mm_cmpeq_epi8(m_parts[i], _mm_set1_epi8(wanted)))), ...);
            bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (i * 16);
        }
        return bits;
#elif defined(__ARM_NEON) && defined(__aarch64__)
        return bitsOf([&](uint8x16_t part) {
            uint8x16_t found = vdupq_n_u8(0);
            ((found = vorrq_u8(found, vceqq_u8(part, vdupq_n_u8(static_cast<std::uint8_t>(wanted))))), ...);
            return found;
        });
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < blockSize; ++i)
            bits |= static_cast<std::uint64_t>(((m_parts[i] == wanted) || ...)) << i;
        return bits;
#endif
    }

    /// The bytes that are not ASCII.
    [[nodiscard]] std::uint64_t nonAscii() const
    {
#if defined(__SSE2__)
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i)
            bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(m_parts[i]))) << (i * 16);
        return bits;
#elif defined(__ARM_NEON) && defined(__aarch64__)
        const uint8x16_t any = vmaxq_u8(vmaxq_u8(m_parts[0], m_parts[1]), vmaxq_u8(m_parts[2], m_parts[3]));
        if (vmaxvq_u8(any) < 0x80)
            return 0;
        return bitsOf([](uint8x16_t part) { return vcgeq_u8(part, vdupq_n_u8(0x80)); });
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < blockSize; ++i)
            bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_parts[i]) >> 7) << i;
        return bits;
#endif
    }

private:
#if defined(__SSE2__)
    __m128i m_parts[4];
#elif defined(__ARM_NEON) && defined(__aarch64__)
    template <typename Match>
    std::uint64_t bitsOf(const Match &match) const
    {
        // One bit of its own for each of eight bytes; adding neighbours three times makes them a byte.
        const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
        uint8x16_t found[4];
        for (int i = 0; i < 4; ++i)
            found[i] = vandq_u8(match(m_parts[i]), weights);
        const uint8x16_t all = vpaddq_u8(vpaddq_u8(found[0], found[1]), vpaddq_u8(found[2], found[3]));
        return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
    }
    uint8x16_t m_parts[4];
#else
    char m_parts[blockSize];
#endif
};

/// Each bit is the parity of the bits up to and with it: between quotes there are ones.
inline std::uint64_t prefixParity(std::uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
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
