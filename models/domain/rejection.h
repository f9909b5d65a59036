// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/row_correction.h"

#include <QList>
#include <QString>

#include <optional>

namespace idstore {

/// A row that could not be stored as it is, set aside with everything needed to find and repair it.
struct Rejection
{
    /// How much of the raw text is kept; the rest is replaced by an ellipsis.
    static constexpr qsizetype maxRawLength = 64 * 1024;

    qint64 line = 0; ///< where the row starts in the source, 1-based; 0 when the source has no lines
    QString column; ///< the column at fault; empty: the whole line
    QString code; ///< stable: "too_many_fields", "quote_not_closed", "undecodable", ...
    QString reason; ///< a sentence for a person
    QString raw; ///< the text as it stands in the source

    /// The raw text is there in full, so that the row can be known again by it.
    [[nodiscard]] bool hasWholeRaw() const
    {
        return !raw.isEmpty() && (raw.size() < maxRawLength - 1 || !raw.endsWith(QChar(0x2026)));
    }

    bool operator==(const Rejection &) const = default;
};

/// A rejection as it is held: with its number, and with what somebody has made of it.
struct RejectedRow : Rejection
{
    qint64 id = 0; ///< unique within its source; stays when other rows are repaired, not over a full run
    std::optional<SavedCorrection> correction = {};

    bool operator==(const RejectedRow &) const = default;
};

struct RejectionPage
{
    QList<RejectedRow> rejections;
    qint64 total = 0;
    qint64 next = 0; ///< pass as `after` for the next page; 0: this was the last
};

} // namespace idstore
