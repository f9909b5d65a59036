// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/binary_cells.h"

#include <bit>

namespace idstore {

const char *cellErrorText(unsigned code)
{
    switch (code) {
    case 0x00:
        return "#NULL!";
    case 0x07:
        return "#DIV/0!";
    case 0x0F:
        return "#VALUE!";
    case 0x17:
        return "#REF!";
    case 0x1D:
        return "#NAME?";
    case 0x24:
        return "#NUM!";
    case 0x2B:
        return "#GETTING_DATA";
    default:
        return "#N/A";
    }
}

double unpackedNumber(std::uint32_t packed)
{
    const double number = (packed & 2)
                              ? static_cast<double>(static_cast<std::int32_t>(packed) >> 2)
                              : std::bit_cast<double>(static_cast<std::uint64_t>(packed & ~std::uint32_t(3)) << 32);
    return (packed & 1) ? number / 100 : number;
}

} // namespace idstore
