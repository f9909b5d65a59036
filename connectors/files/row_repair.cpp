// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/row_repair.h"

#include <algorithm>

namespace idstore {

namespace {

using Cell = RowRepair::Cell;
using Cells = RowRepair::Cells;

// What is longer or wider is not looked into: bounds the time for a file of nothing but broken rows.
constexpr std::size_t longestRow = 16 * 1024;
constexpr std::size_t mostColumns = 200;
constexpr std::size_t mostQuotes = 32;
constexpr std::size_t longestGluedCell = 100;

bool speaks(CellKind kind)
{
    return isDataKind(kind) || kind == CellKind::Identifier;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether one kind of character ends and another begins, as where two values were put together.
bool isSeam(char before, char after)
{
    return (isDigit(before) && isLetter(after)) || (isLetter(before) && isDigit(after)) ||
           (after == '$' && before != '$') || (before >= 'a' && before <= 'z' && after >= 'A' && after <= 'Z');
}

/// The fields of `raw` as one row; nothing when it is none, or a quote in it makes no sense.
std::optional<Cells> tokenised(std::string_view raw, const CsvSyntax &syntax)
{
    CsvTokenizer tokenizer(syntax, mostColumns * 2);
    tokenizer.setInput(raw.data(), raw.data() + raw.size(), true);
    if (tokenizer.next() != CsvTokenizer::Outcome::Row || tokenizer.raw().size() != raw.size())
        return std::nullopt;
    Cells cells;
    for (const CsvField &field : tokenizer.fields()) {
        Cell &cell = cells.emplace_back();
        tokenizer.unescape(field, cell.text);
        cell.null = cell.text.empty() && !field.quoted;
    }
    return cells;
}

bool startsWithQuote(const Cells &cells, char quote)
{
    return std::ranges::any_of(cells, [quote](const Cell &cell) { return cell.text.starts_with(quote); });
}

} // namespace

RowRepair::RowRepair(const CsvSyntax &syntax, std::vector<CellKind> kinds)
    : m_syntax(syntax)
    , m_kinds(std::move(kinds))
    , m_enoughKinds(m_kinds.size() <= mostColumns && std::ranges::count_if(m_kinds, speaks) >= 2)
{}

std::optional<Cells> RowRepair::repaired(std::string_view raw) const
{
    if (!m_enoughKinds || raw.size() > longestRow)
        return std::nullopt;
    const auto cells = tokenised(raw, m_syntax);
    if (!cells)
        return std::nullopt;
    // A row that only lacks its end, or has only nothing beyond it, is in order.
    const bool nothingBeyond =
        std::all_of(cells->begin() + static_cast<std::ptrdiff_t>(std::min(cells->size(), m_kinds.size())), cells->end(),
                    [](const Cell &cell) { return cell.text.empty(); });
    const bool fitsItsPlace = fits(*cells);
    if (cells->size() < m_kinds.size()) {
        auto found = splitAtQuote(raw);
        if (found && (!fitsItsPlace || borneOut(*found) > borneOut(*cells)))
            return found;
    }
    if (nothingBeyond && fitsItsPlace)
        return std::nullopt;
    if (auto found = withStrayQuote(raw))
        return found;
    if (fitsItsPlace)
        return std::nullopt;
    if (cells->size() > m_kinds.size())
        return withoutEmptyCell(*cells);
    if (auto found = withOtherDelimiter(raw))
        return found;
    return cells->size() + 1 == m_kinds.size() ? splitByKind(*cells) : std::nullopt;
}

bool RowRepair::fits(const std::string &text, std::size_t column) const
{
    const CellKind wanted = m_kinds[column];
    const CellKind kind = cellKind(text);
    if (kind == CellKind::Empty)
        return true;
    if (wanted == CellKind::Number && kind == CellKind::Year)
        return true;
    return wanted == CellKind::Empty ? false : !speaks(wanted) || kind == wanted;
}

bool RowRepair::fits(const Cells &cells) const
{
    for (std::size_t column = 0; column < std::min(cells.size(), m_kinds.size()); ++column) {
        if (!fits(cells[column].text, column))
            return false;
    }
    return borneOut(cells) >= 2;
}

std::size_t RowRepair::borneOut(const Cells &cells) const
{
    std::size_t filled = 0;
    for (std::size_t column = 0; column < std::min(cells.size(), m_kinds.size()); ++column)
        filled += speaks(m_kinds[column]) && !cells[column].text.empty() ? 1 : 0;
    return filled;
}

std::optional<Cells> RowRepair::withOtherDelimiter(std::string_view raw) const
{
    for (const char delimiter : {',', ';', '\t', '|', ' '}) {
        if (delimiter == m_syntax.delimiter || m_kinds.size() < 3)
            continue;
        CsvSyntax other = m_syntax;
        other.delimiter = delimiter;
        other.delimiterRest = {};
        auto cells = tokenised(raw, other);
        if (cells && cells->size() == m_kinds.size() && fits(*cells))
            return cells;
        if (cells && delimiter == ' ' && cells->size() == m_kinds.size() + 1)
            return withTwoWordsJoined(raw, *cells);
    }
    return std::nullopt;
}

std::optional<Cells> RowRepair::withTwoWordsJoined(std::string_view raw, const Cells &cells) const
{
    std::optional<Cells> found;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
        Cells joined = cells;
        joined[i].text += ' ' + cells[i + 1].text;
        joined.erase(joined.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        // With quotes between them they do not stand like that in the row.
        const bool bothFilled = !cells[i].text.empty() && !cells[i + 1].text.empty();
        if (!bothFilled || raw.find(joined[i].text) == std::string_view::npos || !fits(joined))
            continue;
        if (found)
            return std::nullopt;
        found = std::move(joined);
    }
    return found;
}

std::optional<Cells> RowRepair::withStrayQuote(std::string_view raw) const
{
    if (m_syntax.quote == CsvSyntax::noQuote || !m_syntax.delimiterRest.isEmpty())
        return std::nullopt;
    // Quotes end a field only before a delimiter; any other is part of the value.
    Cells cells;
    for (std::size_t at = 0; at <= raw.size();) {
        Cell &cell = cells.emplace_back();
        if (at < raw.size() && raw[at] == m_syntax.quote) {
            std::size_t close = at + 1;
            for (; close < raw.size(); ++close) {
                if (raw[close] != m_syntax.quote) {
                    cell.text += raw[close];
                } else if (close + 1 == raw.size() || raw[close + 1] == m_syntax.delimiter) {
                    break;
                } else {
                    cell.text += raw[close];
                    if (raw[close + 1] == m_syntax.quote)
                        ++close;
                }
            }
            if (close >= raw.size())
                return std::nullopt;
            at = close + 2;
        } else {
            const std::size_t end = std::min(raw.find(m_syntax.delimiter, at), raw.size());
            cell.text = raw.substr(at, end - at);
            cell.null = cell.text.empty();
            at = end + 1;
        }
    }
    if (cells.size() != m_kinds.size() || !fits(cells))
        return std::nullopt;
    return cells;
}

std::optional<Cells> RowRepair::withoutEmptyCell(const Cells &cells) const
{
    if (cells.size() != m_kinds.size() + 1)
        return std::nullopt;
    std::optional<Cells> found;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].null)
            continue;
        Cells rest = cells;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        if (!fits(rest) || found == rest)
            continue;
        if (found)
            return std::nullopt;
        found = std::move(rest);
    }
    return found;
}

std::optional<Cells> RowRepair::splitAtQuote(std::string_view raw) const
{
    if (m_syntax.quote == CsvSyntax::noQuote ||
        static_cast<std::size_t>(std::ranges::count(raw, m_syntax.quote)) > mostQuotes)
        return std::nullopt;
    const std::string delimiter = m_syntax.delimiterText();
    std::optional<Cells> found;
    for (std::size_t at = 1; at < raw.size(); ++at) {
        // Before an opening or after a closing quote, where no delimiter is.
        const bool atQuote = raw[at] == m_syntax.quote || raw[at - 1] == m_syntax.quote;
        if (!atQuote || raw[at] == m_syntax.delimiter || raw[at - 1] == m_syntax.delimiter)
            continue;
        std::string row(raw.substr(0, at));
        row += delimiter;
        row += raw.substr(at);
        auto cells = tokenised(row, m_syntax);
        if (!cells || cells->size() != m_kinds.size() || startsWithQuote(*cells, m_syntax.quote) || !fits(*cells) ||
            found == cells)
            continue;
        if (found)
            return std::nullopt;
        found = std::move(cells);
    }
    return found;
}

std::optional<Cells> RowRepair::splitByKind(const Cells &cells) const
{
    std::optional<Cells> found;
    std::optional<Cells> foundAtSeam;
    std::size_t ways = 0;
    std::size_t waysAtSeam = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string &text = cells[i].text;
        if (text.size() > longestGluedCell || (!speaks(m_kinds[i]) && !speaks(m_kinds[i + 1])))
            continue;
        Cells split = cells;
        split.insert(split.begin() + static_cast<std::ptrdiff_t>(i), Cell{});
        for (std::size_t at = 1; at < text.size(); ++at) {
            const bool insideCharacter = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
            if (insideCharacter || !fits(text.substr(0, at), i) || !fits(text.substr(at), i + 1))
                continue;
            split[i].text = text.substr(0, at);
            split[i + 1].text = text.substr(at);
            if (!fits(split))
                continue;
            ++ways;
            found = split;
            if (isSeam(text[at - 1], text[at])) {
                ++waysAtSeam;
                foundAtSeam = split;
            }
        }
    }
    if (waysAtSeam == 1)
        return foundAtSeam;
    return ways == 1 ? found : std::nullopt;
}

} // namespace idstore
