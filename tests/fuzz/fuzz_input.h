// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace idstore::fuzz {

/// Ends the program, as libFuzzer expects of a finding, when the condition does not hold. For one thread, as all here.
void require(bool condition);

/// The bytes as a file, overwritten by the next call; its path.
[[nodiscard]] QString asFile(std::string_view bytes);

/// The bytes cut at every "|part|", at least `count` pieces: the missing ones are empty.
[[nodiscard]] std::vector<std::string_view> partsOf(std::string_view bytes, std::size_t count);

/// An archive with these parts, unpacked (what is packed is seldom reached by changing bytes), overwritten by the next
/// call; its path.
[[nodiscard]] QString asArchive(const std::vector<std::pair<const char *, std::string_view>> &parts);

/// Reads the file as a workbook; whatever it holds, the reader has to end, with an error or with rows of the promised
/// shape and number.
void readWorkbook(const QString &path);

} // namespace idstore::fuzz
