// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/cell_range.h"

#include <QRegularExpression>

#include <utility>

namespace idstore {

std::optional<CellRange> CellRange::fromString(QStringView text)
{
    static const QRegularExpression form(QStringLiteral(
        R"(^\s*\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,7})?\s*:\s*\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,7})?\s*$)"));
    const auto match = form.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const auto column = [&match](int group) -> std::optional<std::uint32_t> {
        const QString letters = match.captured(group).toUpper();
        std::uint32_t number = 0;
        for (const QChar letter : letters)
            number = number * 26 + static_cast<std::uint32_t>(letter.unicode() - u'A' + 1);
        return letters.isEmpty() ? std::nullopt : std::optional(number - 1);
    };
    const auto row = [&match](int group) -> std::optional<std::int64_t> {
        const QString digits = match.captured(group);
        return digits.isEmpty() ? std::nullopt : std::optional<std::int64_t>(digits.toLongLong());
    };
    CellRange range;
    const auto columns = std::pair(column(1), column(3));
    const auto rows = std::pair(row(2), row(4));
    // "B3:" and ":F" name no rectangle, nor does ":" alone.
    if (columns.first.has_value() != columns.second.has_value() || (!columns.first && !(rows.first && rows.second)))
        return std::nullopt;
    if (columns.first) {
        range.firstColumn = *columns.first;
        range.lastColumn = *columns.second;
        if (range.firstColumn > range.lastColumn)
            std::swap(range.firstColumn, range.lastColumn);
    }
    if (rows.first)
        range.firstRow = *rows.first;
    if (rows.second)
        range.lastRow = *rows.second;
    if (range.firstRow > range.lastRow)
        std::swap(range.firstRow, range.lastRow);
    return range;
}

QString CellRange::toString() const
{
    const auto letters = [](std::uint32_t column) {
        QString name;
        for (std::uint64_t number = std::uint64_t(column) + 1; number > 0; number = (number - 1) / 26)
            name.prepend(QChar(static_cast<char16_t>(u'A' + (number - 1) % 26)));
        return name;
    };
    const QString end = lastRow == CellRange().lastRow ? QString() : QString::number(lastRow);
    return QStringLiteral("%1%2:%3%4").arg(letters(firstColumn)).arg(firstRow).arg(letters(lastColumn), end);
}

} // namespace idstore
