// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/google_sheets_peer.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace idstore::test {

namespace {

/// "A" is 1, "AA" is 27.
int columnNumber(const QString &letters)
{
    int number = 0;
    for (const QChar letter : letters)
        number = number * 26 + letter.unicode() - u'A' + 1;
    return number;
}

QString columnLetters(int number)
{
    QString letters;
    for (; number > 0; number = (number - 1) / 26)
        letters.prepend(QChar(u'A' + (number - 1) % 26));
    return letters;
}

QJsonValue rendered(const SheetCell &cell, const QString &values, const QString &dates)
{
    const bool asShown = values != u"UNFORMATTED_VALUE";
    switch (cell.kind) {
    case SheetCell::Kind::Empty:
        return QString();
    case SheetCell::Kind::Text:
        return cell.text;
    case SheetCell::Kind::Boolean:
        return asShown ? QJsonValue(cell.number != 0 ? QStringLiteral("TRUE") : QStringLiteral("FALSE"))
                       : QJsonValue(cell.number != 0);
    case SheetCell::Kind::Number:
        return asShown ? QJsonValue(cell.text) : QJsonValue(cell.number);
    case SheetCell::Kind::Date:
        return asShown || dates == u"FORMATTED_STRING" ? QJsonValue(cell.text) : QJsonValue(cell.number);
    }
    return {};
}

/// The cells of a range, without the empty ones at the end of rows and the empty rows at the end.
QJsonArray cellsOf(const SheetTab &tab, int firstRow, int lastRow, int firstColumn, int lastColumn,
                   const GoogleCall &call)
{
    const QString values = call.read.value(QStringLiteral("valueRenderOption"));
    const QString dates = call.read.value(QStringLiteral("dateTimeRenderOption"));
    QJsonArray rows;
    qsizetype filled = 0;
    for (int row = firstRow; row <= lastRow; ++row) {
        QJsonArray cells;
        qsizetype width = 0;
        const auto index = static_cast<std::size_t>(row) - 1;
        const std::size_t count = index < tab.rows.size() ? tab.rows[index].size() : 0;
        for (int column = firstColumn; column <= lastColumn && static_cast<std::size_t>(column) <= count; ++column) {
            const SheetCell &cell = tab.rows[index][static_cast<std::size_t>(column) - 1];
            cells.append(rendered(cell, values, dates));
            if (cell.kind != SheetCell::Kind::Empty)
                width = cells.size();
        }
        while (cells.size() > width)
            cells.removeLast();
        rows.append(cells);
        if (!cells.isEmpty())
            filled = rows.size();
    }
    while (rows.size() > filled)
        rows.removeLast();
    return rows;
}

} // namespace

SheetCell SheetCell::of(double number)
{
    return {Kind::Number, QString::number(number, 'g', 15), number};
}

GoogleSheetsPeer::GoogleSheetsPeer()
    : peer(QStringLiteral("google-sheets"), QStringLiteral("https://www.googleapis.com/auth/spreadsheets.readonly"),
           [this](const GoogleCall &call) { return serve(call); })
{}

PeerAnswer GoogleSheetsPeer::serve(const GoogleCall &call)
{
    if (!call.isAuthorized) {
        return googleError(
            401,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
            "or other valid authentication credential.",
            {}, "UNAUTHENTICATED");
    }
    if (call.read.path[QStringLiteral("spreadsheetId")] != QLatin1StringView(spreadsheetId))
        return googleError(404, "Requested entity was not found.", {}, "NOT_FOUND");
    if (!shared)
        return googleError(403, "The caller does not have permission", {}, "PERMISSION_DENIED");
    if (otherFormat)
        return googleError(400, "This operation is not supported for this document", {}, "FAILED_PRECONDITION");
    return call.read.operation == u"sheets.spreadsheets.get" ? described(call) : values(call);
}

PeerAnswer GoogleSheetsPeer::described(const GoogleCall &call) const
{
    QJsonArray sheets;
    for (const SheetTab &tab : tabs) {
        QJsonObject properties{
            {QStringLiteral("sheetId"), tab.sheetId},
            {QStringLiteral("title"), tab.title},
            {QStringLiteral("index"), sheets.size()},
            {QStringLiteral("sheetType"), QStringLiteral("GRID")},
            {QStringLiteral("gridProperties"),
             QJsonObject{{QStringLiteral("rowCount"), std::max(tab.gridRows, static_cast<int>(tab.rows.size()))},
                         {QStringLiteral("columnCount"), tab.gridColumns}}}};
        if (tab.hidden)
            properties.insert(QStringLiteral("hidden"), true);
        sheets.append(QJsonObject{{QStringLiteral("properties"), properties}});
    }
    return googleJson(
        {{QStringLiteral("spreadsheetId"), QLatin1StringView(spreadsheetId)},
         {QStringLiteral("properties"), QJsonObject{{QStringLiteral("title"), QStringLiteral("People")},
                                                    {QStringLiteral("locale"), QStringLiteral("en_US")},
                                                    {QStringLiteral("timeZone"), QStringLiteral("Etc/GMT")}}},
         {QStringLiteral("sheets"), sheets}},
        call);
}

PeerAnswer GoogleSheetsPeer::values(const GoogleCall &call) const
{
    const QString range = call.read.path[QStringLiteral("range")];
    static const QRegularExpression a1(
        QStringLiteral("^(?:'((?:[^']|'')*)'|([^!']+))(?:!([A-Z]+)([0-9]+):([A-Z]+)([0-9]+))?$"));
    const auto match = a1.match(range);
    const QString title = match.captured(1).replace(QStringLiteral("''"), QStringLiteral("'")) + match.captured(2);
    const auto tab = std::ranges::find_if(tabs, [&](const SheetTab &each) { return each.title == title; });
    if (!match.hasMatch() || tab == tabs.end())
        return googleError(400, "Unable to parse range: " + range.toUtf8(), {}, "INVALID_ARGUMENT");
    const int rows = std::max(tab->gridRows, static_cast<int>(tab->rows.size()));
    const bool whole = match.captured(3).isEmpty();
    const int firstColumn = whole ? 1 : columnNumber(match.captured(3));
    const int lastColumn = whole ? tab->gridColumns : std::min(columnNumber(match.captured(5)), tab->gridColumns);
    const int firstRow = whole ? 1 : match.captured(4).toInt();
    const int lastRow = whole ? rows : std::min(match.captured(6).toInt(), rows);
    if (firstRow > rows || firstColumn > tab->gridColumns) {
        return googleError(400,
                           "Range (" + range.toUtf8() + ") exceeds grid limits. Max rows: " + QByteArray::number(rows) +
                               ", max columns: " + QByteArray::number(tab->gridColumns),
                           {}, "INVALID_ARGUMENT");
    }
    QJsonObject answer{{QStringLiteral("range"),
                        QStringLiteral("'%1'!%2%3:%4%5")
                            .arg(match.captured(1) + match.captured(2), columnLetters(firstColumn),
                                 QString::number(firstRow), columnLetters(lastColumn), QString::number(lastRow))},
                       {QStringLiteral("majorDimension"), QStringLiteral("ROWS")}};
    const QJsonArray cells = cellsOf(*tab, firstRow, lastRow, firstColumn, lastColumn, call);
    if (!cells.isEmpty())
        answer.insert(QStringLiteral("values"), cells);
    return googleJson(answer, call);
}

} // namespace idstore::test
