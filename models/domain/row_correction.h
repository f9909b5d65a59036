// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace idstore {

/// One cell of a correction; nothing is NULL.
struct CorrectedCell
{
    QString column;
    std::optional<QString> text;

    bool operator==(const CorrectedCell &) const = default;
};

/// What a person makes of a row that was set aside: its text put right, which is read as the source's own rows are, or
/// its cells, one by one. Exactly one of the two.
struct RowCorrection
{
    std::optional<QString> raw;
    std::optional<QList<CorrectedCell>> cells; ///< columns that are not named are NULL

    bool operator==(const RowCorrection &) const = default;
};

/// Why a correction cannot be stored as a row: the same words as for a rejected row.
struct Misfit
{
    QString column; ///< the column at fault; empty: the whole row
    QString code;
    QString reason;

    bool operator==(const Misfit &) const = default;
};

/// A correction as it is kept: for the row it was made for, and for the same row in later runs.
struct SavedCorrection
{
    qint64 id = 0; ///< growing, never used again within the store; a correction that is changed gets a new one
    QString rejectedRaw; ///< the text of the row it is for
    RowCorrection correction;
    std::optional<Misfit> misfit; ///< nothing: it can be stored
    bool isOpen = true; ///< its row is set aside now; otherwise stored, or not in the source any more
    QDateTime updatedAt; ///< UTC

    [[nodiscard]] bool fits() const { return !misfit; }
    bool operator==(const SavedCorrection &) const = default;
};

} // namespace idstore
