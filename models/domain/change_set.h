// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace idstore {

enum class ChangeKind { New, Changed, Removed };

/// "new", "changed", "removed".
[[nodiscard]] QString toString(ChangeKind kind);
[[nodiscard]] std::optional<ChangeKind> changeKindFromString(QStringView text);

/// What a run did to one row. Rows are objects of the texts by column, null for NULL.
struct RowChange
{
    qint64 id = 0; ///< grows within a source
    ChangeKind kind = ChangeKind::New;
    QJsonObject before; ///< empty for new rows
    QJsonObject after; ///< empty for removed rows
};

struct ChangePage
{
    QList<RowChange> changes;
    qint64 next = 0; ///< pass as `after` for the next page; 0: this was the last
};

} // namespace idstore
