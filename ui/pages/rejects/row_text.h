// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QTextEdit>

#include <optional>

namespace idstore {

class Theme;
struct CorrectionReading;

// What the text of a rejected row shows of how it reads. Pure functions; GUI thread.

/// A field as it stands in the text, without the quotes around it; nothing when there is nothing.
[[nodiscard]] std::optional<QString> plainField(QString field);

/// Marks on what keeps the text in `document` from being a row of `columnCount` columns.
[[nodiscard]] QList<QTextEdit::ExtraSelection> faultMarks(QTextDocument &document, const CorrectionReading &reading,
                                                          qsizetype columnCount, const Theme &theme);

} // namespace idstore
