// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_settings.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableSettings)
};

} // namespace

QList<ReadingChoice> withValue(QList<ReadingChoice> choices, const ReadingChoice &value)
{
    const bool usual = std::ranges::any_of(choices, [&](const auto &choice) { return choice.value == value.value; });
    if (!usual)
        choices.append(value);
    return choices;
}

QStringList headerRemarks(qint64 rows)
{
    if (rows == 0)
        return {Words::tr("No line names the columns, so they are numbered.")};
    if (rows > 1)
        return {Words::tr("The names of the columns stand in several rows and are put together: %1.").arg(rows)};
    return {};
}

QList<ReadingSetting> headerSettings(const TableFileOptions &options, const HeaderPlace &place)
{
    const auto [headerLine, rows, linesAbove] = place;
    // Where nothing names the columns it is the lines to skip that tell where the table begins.
    const qint64 skipped = options.skipRows == 0 && headerLine == 0 ? linesAbove : options.skipRows;
    const qint64 headerRow = options.headerRow.value_or(headerLine == 0 ? 0 : headerLine - options.skipRows);
    ReadingSetting header{
        .name = QStringLiteral("header_row"), .value = headerRow, .chosen = options.headerRow.has_value()};
    header.choices.append({0, Words::tr("No line")});
    constexpr qint64 offered = 5;
    for (qint64 line = 1; line <= offered; ++line)
        header.choices.append({line, Words::tr("Line %1").arg(line)});
    header.choices = withValue(header.choices, {headerRow, Words::tr("Line %1").arg(headerRow)});
    QList<ReadingSetting> settings = {
        header, {.name = QStringLiteral("skip_rows"), .value = skipped, .chosen = options.skipRows > 0}};
    if (rows > 0) {
        settings.append(
            {.name = QStringLiteral("header_rows"), .value = rows, .chosen = options.headerRows.has_value()});
    }
    return settings;
}

} // namespace idstore
