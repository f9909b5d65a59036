// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace idstore::commands {

/// Lines of aligned columns for a person: each column as wide as its widest cell, two spaces between, the last one as
/// it is. Control characters in cells are shown as spaces. Width counts UTF-16 units.
[[nodiscard]] QString textTable(const QStringList &header, const QList<QStringList> &rows);

} // namespace idstore::commands
