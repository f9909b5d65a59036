// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace idstore {

/// SQLite's encoding of numbers and of a record's values ("Database File Format", sections 1.6 and 2.1).
namespace sqliterecord {

/// Bytes of a varint: seven bits a byte, the highest first, and eight in a ninth byte.
inline std::size_t varintSize(std::uint64_t value)
{
    const int bits = std::bit_width(value | 1);
    return bits > 56 ? 9 : static_cast<std::size_t>((bits + 6) / 7);
}

/// Writes a varint and returns the byte behind it.
inline std::uint8_t *putVarint(std::uint8_t *out, std::uint64_t value)
{
    if (value < 0x80) {
        *out = static_cast<std::uint8_t>(value);
        return out + 1;
    }
    const std::size_t size = varintSize(value);
    std::uint8_t *at = out + size;
    if (size == 9) {
        *--at = static_cast<std::uint8_t>(value);
        value >>= 8;
    }
    std::uint8_t more = size == 9 ? 0x80 : 0;
    while (at != out) {
        *--at = static_cast<std::uint8_t>(value & 0x7F) | more;
        value >>= 7;
        more = 0x80;
    }
    return out + size;
}

inline std::uint64_t textSerialType(std::size_t bytes)
{
    return std::uint64_t(bytes) * 2 + 13;
}

constexpr std::uint8_t nullSerialType = 0;

/// The smallest type that holds the number: 8 and 9 are the numbers 0 and 1 themselves, without bytes of their own.
inline std::uint8_t integerSerialType(std::int64_t value)
{
    if (value == 0 || value == 1)
        return static_cast<std::uint8_t>(8 + value);
    // Bits beside the sign.
    const int bits = std::bit_width(static_cast<std::uint64_t>(value < 0 ? ~value : value));
    if (bits <= 7)
        return 1;
    if (bits <= 15)
        return 2;
    if (bits <= 23)
        return 3;
    if (bits <= 31)
        return 4;
    return bits <= 47 ? 5 : 6;
}

inline std::size_t integerSize(std::uint8_t serialType)
{
    constexpr std::size_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    return sizes[serialType];
}

/// Writes the bytes of an integer, the highest first, and returns the byte behind them.
inline std::uint8_t *putInteger(std::uint8_t *out, std::int64_t value, std::uint8_t serialType)
{
    const std::size_t size = integerSize(serialType);
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = size; i > 0; --i) {
        out[i - 1] = static_cast<std::uint8_t>(rest);
        rest >>= 8;
    }
    return out + size;
}

} // namespace sqliterecord

} // namespace idstore
