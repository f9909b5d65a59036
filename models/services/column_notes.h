// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

namespace idstore {

/// The notes of a column that are of interest with its type as it is now: what a person's choice has answered is left
/// out (a date order once chosen). Pure function; any thread.
[[nodiscard]] QList<ColumnNote> currentNotes(const Column &column);

/// A sentence that says what the note found and what follows from it, for a person; the same one in the window and in
/// the REST API. It may hold the note's example, which is customer data: never log it.
[[nodiscard]] QString noteMessage(const Column &column, const ColumnNote &note);

/// Whether the person should be asked for the order of day and month of this column.
[[nodiscard]] bool needsDateOrder(const Column &column);

} // namespace idstore
