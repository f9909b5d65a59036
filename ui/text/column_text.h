// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QString>
#include <QStringList>

namespace idstore {

// How the window speaks of a column's type and of what is to know about its values. Pure functions.

/// A name of resources/icons.
[[nodiscard]] QString columnTypeIcon(ColumnType type);
/// "Text", "Date, day first": how the column is read.
[[nodiscard]] QString columnReadingName(const Column &column);
/// What the values themselves say: "Date, month first".
[[nodiscard]] QString columnFoundName(const Column &column);
/// A sentence for everything to know about the column as it is now.
[[nodiscard]] QStringList columnNoteSentences(const Column &column);

/// Whether one of them is more than good to know: something may be wrong or wants deciding.
[[nodiscard]] bool needsAttention(const Column &column);
/// The same of one note.
[[nodiscard]] bool needsAttention(const ColumnNote &note);

/// A date in digits and the two days it can be: 03/04/2026 is 3 April or 4 March.
struct DateReadings
{
    QString example; ///< as it stands in the source
    QString dayFirst; ///< "3 April"; empty when the example is none of this kind
    QString monthFirst; ///< "4 March"
    bool hasTime = false;
};

/// Of the column's note on ambiguous dates; an empty example when there is none.
[[nodiscard]] DateReadings dateReadings(const Column &column);

} // namespace idstore
