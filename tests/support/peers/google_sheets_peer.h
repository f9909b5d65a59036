// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/peers/google_peer.h"

#include <vector>

namespace idstore::test {

/// What a cell of Google Sheets holds, and how it shows.
struct SheetCell
{
    enum class Kind { Empty, Text, Number, Boolean, Date };
    Kind kind = Kind::Empty;
    QString text = {}; ///< of a text; of a number or date: as its number format shows it
    double number = 0; ///< of a date: days since 1899-12-30

    static SheetCell of(const QString &text) { return {Kind::Text, text}; }
    /// Shown as it is.
    static SheetCell of(double number);
    static SheetCell formatted(double number, const QString &shown) { return {Kind::Number, shown, number}; }
    static SheetCell of(bool value) { return {Kind::Boolean, {}, value ? 1.0 : 0.0}; }
    /// Also a time or duration.
    static SheetCell date(double serial, const QString &shown) { return {Kind::Date, shown, serial}; }
};

struct SheetTab
{
    QString title;
    std::vector<std::vector<SheetCell>> rows = {}; ///< ragged
    bool hidden = false;
    int sheetId = 0;
    int gridRows = 1000; ///< at least as many as there are rows
    int gridColumns = 26;
};

/// Google Sheets as far as reading goes: spreadsheets.get without cells, and values.get with its ways to render
/// (https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueRenderOption,
/// https://developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption).
class GoogleSheetsPeer
{
public:
    GoogleSheetsPeer();

    static constexpr char spreadsheetId[] = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms";

    QList<SheetTab> tabs;
    bool shared = true;
    bool otherFormat = false; ///< an Excel file that is merely opened in Sheets

private:
    PeerAnswer serve(const GoogleCall &call);
    [[nodiscard]] PeerAnswer described(const GoogleCall &call) const;
    [[nodiscard]] PeerAnswer values(const GoogleCall &call) const;

public:
    GooglePeer peer; ///< last, so that it ends first
};

} // namespace idstore::test
