// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtEndian>

#include <cstddef>
#include <cstdint>

namespace idstore {

/// How the pages of an SQLite table's B-tree begin ("Database File Format", section 1.6).
namespace sqlitepage {

constexpr std::uint8_t leafType = 13;
constexpr std::uint8_t interiorType = 5;
constexpr std::size_t leafHeaderSize = 8;
constexpr std::size_t interiorHeaderSize = 12;
constexpr std::size_t cellPointerSize = 2;
constexpr std::size_t pageNumberSize = 4;

inline void putPageHeader(std::uint8_t *page, std::uint8_t type, std::size_t cellCount, std::size_t contentStart)
{
    page[0] = type;
    qToBigEndian<quint16>(0, page + 1); // no free blocks
    qToBigEndian<quint16>(static_cast<quint16>(cellCount), page + 3);
    qToBigEndian<quint16>(static_cast<quint16>(contentStart), page + 5); // 65536 is written as 0
    page[7] = 0; // no fragments
}

} // namespace sqlitepage

} // namespace idstore
