// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "google_source.h"
#include "tests/support/peers/google_sheets_peer.h"

#include <QTest>

namespace idstore {

/// A sheet of texts; an empty text is an empty cell.
[[nodiscard]] std::vector<std::vector<test::SheetCell>> sheetOfTexts(const QList<QStringList> &rows);

/// Sources of Google Sheets, read from a server that holds every request to the vendor's description and judges
/// assertions and tokens.
class GoogleSheetsFixture
{
public:
    /// With one sheet "People": Ada and Bo.
    GoogleSheetsFixture();

    /// A source of that spreadsheet, with more settings.
    [[nodiscard]] ReadRequest request(const QJsonObject &more = {});
    /// What must stand in no message and no log.
    [[nodiscard]] QList<QByteArray> secrets() const;
    /// Makes it a sheet of three columns that takes several answers when it has more than 10 000 rows; they are called
    /// r<first>, r<first + 1>, …
    void fillLarge(int first, int rows);
    /// The requests for cells so far.
    [[nodiscard]] qsizetype windows() const;
    /// Whatever must hold after every test.
    void check() const;

    GoogleSource source;
    test::GoogleSheetsPeer google;
};

/// "25000 from r1" for rows as fillLarge() makes them; else what is wrong.
[[nodiscard]] QString numbering(const ReadTable &table);

/// Whether cells are asked for.
[[nodiscard]] bool isForCells(const test::GoogleCall &call);

} // namespace idstore
