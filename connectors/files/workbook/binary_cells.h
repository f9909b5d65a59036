// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace idstore {

/// What cells of .xls and .xlsb have in common; pure functions.

/// The text of an error code ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2).
[[nodiscard]] const char *cellErrorText(unsigned code);

/// A number packed into 32 bits ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.122).
[[nodiscard]] double unpackedNumber(std::uint32_t packed);

} // namespace idstore
