// SPDX-License-Identifier: GPL-3.0-or-later
#include "google_sheets_fixture.h"

namespace idstore {

using test::GoogleSheetsPeer;
using test::SheetCell;
using namespace Qt::StringLiterals;

std::vector<std::vector<SheetCell>> sheetOfTexts(const QList<QStringList> &rows)
{
    std::vector<std::vector<SheetCell>> cells;
    for (const QStringList &row : rows) {
        auto &each = cells.emplace_back();
        for (const QString &value : row)
            each.push_back(value.isEmpty() ? SheetCell() : SheetCell::of(value));
    }
    return cells;
}

GoogleSheetsFixture::GoogleSheetsFixture()
    : source(u"google_sheets")
{
    google.tabs = {
        {.title = u"People"_s, .rows = sheetOfTexts({{u"id"_s, u"name"_s}, {u"1"_s, u"Ada"_s}, {u"2"_s, u"Bo"_s}})}};
}

ReadRequest GoogleSheetsFixture::request(const QJsonObject &more)
{
    QJsonObject config{{u"spreadsheet_id"_s, QLatin1StringView(GoogleSheetsPeer::spreadsheetId)},
                       {u"base_url"_s, google.peer.baseUrl()}};
    for (auto it = more.begin(); it != more.end(); ++it)
        config.insert(it.key(), it.value());
    return source.request(config, google.peer.credentials());
}

QList<QByteArray> GoogleSheetsFixture::secrets() const
{
    return google.peer.tokens() + QList{google.peer.account().privateKey()};
}

void GoogleSheetsFixture::fillLarge(int first, int rows)
{
    auto &tab = google.tabs.first();
    tab.rows = sheetOfTexts({{u"id"_s, u"name"_s, u"city"_s}});
    for (int i = first; i < first + rows; ++i)
        tab.rows.push_back({SheetCell::of(u"r%1"_s.arg(i)), SheetCell::of(u"Name"_s), SheetCell::of(u"City"_s)});
    tab.gridRows = static_cast<int>(tab.rows.size());
    tab.gridColumns = 3;
}

qsizetype GoogleSheetsFixture::windows() const
{
    return google.peer.operations().count(u"sheets.spreadsheets.values.get"_s);
}

void GoogleSheetsFixture::check() const
{
    QCOMPARE(google.peer.problems(), QStringList());
    QVERIFY(source.leftNothingBehind());
    QCOMPARE(source.leak(secrets()), QByteArray());
}

QString numbering(const ReadTable &table)
{
    if (table.error)
        return table.error->logLine();
    if (table.rows.empty())
        return u"no rows"_s;
    const int first = QByteArray::fromStdString(*table.rows.front()[0]).mid(1).toInt();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (table.rows[i][0] != "r" + std::to_string(first + static_cast<int>(i)))
            return u"broken at %1"_s.arg(i);
    }
    return u"%1 from r%2"_s.arg(table.rows.size()).arg(first);
}

bool isForCells(const test::GoogleCall &call)
{
    return call.read.operation == u"sheets.spreadsheets.values.get";
}

} // namespace idstore
