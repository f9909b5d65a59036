// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite/sqlite_handle.h"

#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// `text` as a JSON string (RFC 8259), quotes included. Any thread, as rowJson().
[[nodiscard]] std::string jsonText(std::string_view text);

/// The cells of a row, from column `first` of the statement on, as a JSON object: the same bytes for the same row, so
/// that rows can be compared by them. `names`: of the cells, each as jsonText() has it.
[[nodiscard]] std::string rowJson(const std::vector<std::string> &names, const SqliteStatement &row, int first);

} // namespace idstore
