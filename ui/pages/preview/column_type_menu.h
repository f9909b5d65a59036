// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <functional>

class QMenu;
class QWidget;

namespace idstore {

class Theme;

/// The menu of a column's type: what was found out, the types, and the order of day and month where it is of interest.
/// `choose` is called with what the person picked. Owned by `parent`; deletes itself when it closes.
[[nodiscard]] QMenu *makeColumnTypeMenu(const Theme &theme, const Column &column, QWidget *parent,
                                        std::function<void(const ColumnChange &)> choose);

/// The change that brings back the choice that `before` had.
[[nodiscard]] ColumnChange changeBackTo(const Column &before);

} // namespace idstore
