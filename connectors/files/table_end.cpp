// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_end.h"

#include <algorithm>
#include <array>
#include <deque>

namespace idstore {

namespace {

constexpr std::size_t mostLines = 10;

struct TailRow
{
    std::string raw;
    std::vector<std::string> cells;
    bool afterBlank = false;
};

std::string folded(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t*-=#_");
    if (from == std::string_view::npos)
        return {};
    std::string result(text.substr(from, text.find_last_not_of(" \t*-=#_:.") + 1 - from));
    for (char &c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return result;
}

bool isTotal(std::string_view cell)
{
    static constexpr auto words =
        std::to_array<std::string_view>({"total", "totals",        "grand total", "sub total",     "subtotal", "sum",
                                         "summe", "gesamt",        "gesamtsumme", "zwischensumme", "totale",   "totaal",
                                         "somme", "total général", "suma",        "total general", "totalt",   "razem",
                                         "итого", "всего",         "合計",        "总计",          "合计",     "합계"});
    return std::ranges::find(words, folded(cell)) != words.end();
}

bool closesReports(std::string_view cell)
{
    static constexpr auto beginnings = std::to_array<std::string_view>(
        {"end of ",   "total",    "grand total", "generated ", "created on", "created by", "printed ",
         "exported ", "page ",    "copyright",   "source:",    "note:",      "notes:",     "report ",
         "rows:",     "records:", "row count",   "ende",       "fin del",    "fin du",     "confidential"});
    const std::string text = folded(cell);
    if (std::ranges::any_of(beginnings, [&text](std::string_view start) { return text.starts_with(start); }))
        return true;
    // "(12 rows affected)", "12 records"
    const auto number = text.find_first_not_of('(');
    const auto word = text.find_first_not_of("0123456789,. ", number == std::string::npos ? 0 : number);
    return word != std::string::npos && word > 0 && number != word &&
           (text.substr(word).starts_with("row") || text.substr(word).starts_with("record"));
}

bool isClosingLine(const TailRow &row, const std::vector<CellKind> &kinds)
{
    const CellKind kind = cellKind(row.cells[0]);
    if (row.cells.size() >= kinds.size() || isDataKind(kind) || kind == CellKind::Empty)
        return false;
    const bool alone = std::all_of(row.cells.begin() + 1, row.cells.end(),
                                   [](const std::string &cell) { return cellKind(cell) == CellKind::Empty; });
    const bool breaksColumn = isDataKind(kinds[0]) || kinds[0] == CellKind::Identifier;
    return alone && ((breaksColumn && kind != kinds[0]) || row.afterBlank || closesReports(row.cells[0]));
}

bool isTotalLine(const TailRow &row, const std::vector<CellKind> &kinds)
{
    const auto filled = [](const std::string &cell) { return cellKind(cell) != CellKind::Empty; };
    const auto first = std::ranges::find_if(row.cells, filled);
    if (row.cells.size() > kinds.size() || first == row.cells.end() || !isTotal(*first))
        return false;
    const auto label = static_cast<std::size_t>(first - row.cells.begin());
    bool hasNumber = false;
    // Ahead of the label there is nothing; what the rows have there is the first gap.
    bool hasGap = label > 0 && kinds[0] != CellKind::Empty;
    for (std::size_t column = label + 1; column < kinds.size(); ++column) {
        const CellKind kind = column < row.cells.size() ? cellKind(row.cells[column]) : CellKind::Empty;
        if (kind == CellKind::Empty) {
            hasGap = hasGap || kinds[column] != CellKind::Empty;
            continue;
        }
        const auto isNumber = [](CellKind of) { return of == CellKind::Number || of == CellKind::Year; };
        if (!isNumber(kind) || !isNumber(kinds[column]))
            return false;
        hasNumber = true;
    }
    return hasNumber && (hasGap || isDataKind(kinds[label]) || kinds[label] == CellKind::Identifier);
}

/// The last rows, and one more.
std::deque<TailRow> lastRows(std::string_view tail, const CsvSyntax &syntax, std::size_t columns)
{
    std::deque<TailRow> rows;
    CsvTokenizer tokenizer(syntax, columns + 1);
    tokenizer.setInput(tail.data(), tail.data() + tail.size(), true);
    bool blank = false;
    while (true) {
        const auto outcome = tokenizer.next();
        if (outcome == CsvTokenizer::Outcome::End)
            return rows;
        if (outcome != CsvTokenizer::Outcome::Row) {
            if (!tokenizer.skipLine())
                return rows;
            rows.clear();
            continue;
        }
        if (tokenizer.fieldCount() == 1 && cellKind(tokenizer.raw()) == CellKind::Empty) {
            blank = true;
            continue;
        }
        TailRow &row = rows.emplace_back();
        row.raw = tokenizer.raw();
        row.afterBlank = std::exchange(blank, false);
        for (const CsvField &field : tokenizer.fields())
            tokenizer.unescape(field, row.cells.emplace_back());
        if (rows.size() > mostLines + 1)
            rows.pop_front();
    }
}

} // namespace

TableEnd findTableEnd(std::string_view tail, const CsvSyntax &syntax, const std::vector<CellKind> &kinds)
{
    if (kinds.size() < 2)
        return {};
    const std::deque<TailRow> rows = lastRows(tail, syntax, kinds.size());
    std::vector<std::string> lines;
    std::vector<std::string> unsure;
    for (std::size_t i = rows.size(); i-- > 1 && lines.size() + unsure.size() < mostLines;) {
        const TailRow &row = rows[i];
        if (isTotalLine(row, kinds) || isClosingLine(row, kinds)) {
            // What stands between a line that closes and others that do is of their kind.
            lines.insert(lines.end(), unsure.begin(), unsure.end());
            unsure.clear();
            lines.push_back(row.raw);
        } else if (row.cells.size() == 1 && kinds.size() > 2 && !isDataKind(cellKind(row.cells[0]))) {
            unsure.push_back(row.raw);
        } else {
            break;
        }
    }
    return TableEnd(std::move(lines));
}

} // namespace idstore
