// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/row_batch.h"

#include <QRandomGenerator>

#include <string>

namespace idstore::test {

/// Lower-case letters; the same for the same arguments.
[[nodiscard]] std::string textOf(std::size_t length, quint32 seed);
/// NULL, nothing, odd characters or a text of at most `longest` bytes.
void addRandomCell(RowBatch &batch, QRandomGenerator &random, std::size_t longest);
[[nodiscard]] Rejection randomRejection(QRandomGenerator &random);

} // namespace idstore::test
