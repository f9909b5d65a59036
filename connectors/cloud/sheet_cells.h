// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>

#include <string>

namespace idstore::cloud {

// What a cell of Google Sheets is as text. The interface gives a cell in one of three ways at a time
// (https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueRenderOption): as stored, where a date is
// a number like any other; as stored with dates as text, in the form and language of the sheet; and as shown, where
// numbers are cut to the digits that fit. No way by itself is of use, two or three together tell all. Pure functions;
// any thread.

/// Whether the number is what is shown, or a number in some other dress: with grouping, a unit, fewer zeros. If not, it
/// may be a date, and `dated` is needed.
[[nodiscard]] bool isShownAsNumber(const QJsonValue &stored, const QJsonValue &shown);

/// The text of a cell: numbers with all their digits and nothing else; dates and times as ISO 8601; leading zeros and
/// the plus sign of telephone numbers where the sheet shows them; TRUE and FALSE; texts as they are; empty for no
/// value. `shown` and `dated` may be undefined where they are not needed.
[[nodiscard]] std::string sheetCellText(const QJsonValue &stored, const QJsonValue &shown, const QJsonValue &dated);

} // namespace idstore::cloud
