// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_start.h"

#include "connectors/files/header_names.h"

#include <algorithm>
#include <map>
#include <set>

namespace idstore {

namespace {

/// Notes longer than this are no notes.
constexpr std::size_t longestPreamble = 50;
constexpr std::size_t mostHeaderRows = 5;

std::size_t filledCells(const std::vector<std::string> &row)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(row, [](const std::string &cell) { return cellKind(cell) != CellKind::Empty; }));
}

/// How many cells the middle one of the rows of the usual length fills.
std::size_t usuallyFilled(const SampledRows &rows, std::size_t length)
{
    std::vector<std::size_t> filled;
    for (const auto &row : rows) {
        if (row.size() == length)
            filled.push_back(filledCells(row));
    }
    std::ranges::sort(filled);
    return filled.empty() ? 0 : filled[filled.size() / 2];
}

std::size_t preambleRows(const SampledRows &rows)
{
    const std::size_t length = usualLength(rows);
    const std::size_t usual = usuallyFilled(rows, length);
    if (length < 2 || usual < 2)
        return 0;
    const std::size_t enough = std::max<std::size_t>(2, (usual + 1) / 2);
    for (std::size_t i = 0; i < rows.size() && i <= longestPreamble; ++i) {
        const bool comment = !rows[i].empty() && rows[i][0].starts_with('#') && rows[i].size() < length;
        if (filledCells(rows[i]) < enough || comment)
            continue;
        // Rows of all lengths are no table that could have something above it.
        const auto regular = std::count_if(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                           [length](const auto &row) { return row.size() == length; });
        return static_cast<std::size_t>(regular) * 10 >= (rows.size() - i) * 7 ? i : 0;
    }
    return 0;
}

bool namesColumnsToo(const SampledRows &rows, std::size_t row)
{
    // Two rows of data have to speak for their kinds, or one odd row would be enough.
    if (row + 2 >= rows.size() || rows[row].size() != rows[row - 1].size())
        return false;
    std::size_t typed = 0;
    std::set<std::string> seen;
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const std::string &cell = rows[row][column];
        const CellKind kind = cellKind(cell);
        if (isDataKind(kind))
            return false;
        if (kind != CellKind::Empty && !seen.insert(cell).second)
            return false;
        if (!isDataKind(usualKind(rows, row + 1, column)))
            continue;
        ++typed;
        // "-" and the like stand for what is missing.
        if (kind != CellKind::Words && kind != CellKind::Identifier)
            return false;
    }
    return typed >= 2;
}

} // namespace

std::size_t usualLength(const SampledRows &rows)
{
    std::map<std::size_t, std::size_t> counts;
    std::size_t usual = 0;
    for (const auto &row : rows)
        ++counts[row.size()];
    for (const auto &[length, count] : counts) {
        if (count >= counts[usual])
            usual = length;
    }
    return usual;
}

CellKind usualKind(const SampledRows &rows, std::size_t from, std::size_t column)
{
    std::map<CellKind, std::size_t> counts;
    std::size_t filled = 0;
    for (std::size_t row = from; row < rows.size(); ++row) {
        if (column >= rows[row].size())
            continue;
        const CellKind kind = cellKind(rows[row][column]);
        if (kind == CellKind::Empty)
            continue;
        ++filled;
        ++counts[kind];
    }
    for (const auto &[kind, count] : counts) {
        if (count * 10 >= filled * 8)
            return kind;
    }
    return filled == 0 ? CellKind::Empty : CellKind::Other;
}

TableStart findTableStart(const SampledRows &rows)
{
    TableStart start{.preambleRows = preambleRows(rows), .headerRows = 0};
    const SampledRows table(rows.begin() + static_cast<std::ptrdiff_t>(start.preambleRows), rows.end());
    start.headerRows = headerRowsOf(table);
    return start;
}

std::size_t headerRowsOf(const SampledRows &table)
{
    if (!firstRowIsHeader(table))
        return 0;
    std::size_t rows = 1;
    while (rows < mostHeaderRows && namesColumnsToo(table, rows))
        ++rows;
    return rows;
}

} // namespace idstore
