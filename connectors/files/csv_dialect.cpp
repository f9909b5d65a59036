// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_dialect.h"

#include "connectors/files/cell_kind.h"

#include <algorithm>
#include <map>

namespace idstore {

namespace {

constexpr std::size_t maxFieldsLookedAt = 4096;
constexpr std::size_t maxRowsTyped = 300;
/// A quote that stays open over this much of a cut-off sample is counted as one that never closes.
constexpr std::size_t longestOpenQuote = 64 * 1024;
/// A later candidate has to be this much better: the usual dialects come first.
constexpr double clearlyBetter = 1.02;
constexpr double oneColumnScore = 0.05;

struct Tally
{
    std::map<std::size_t, std::size_t> rowsByLength;
    std::size_t rows = 0;
    std::size_t cells = 0;
    std::size_t sensibleCells = 0;
    std::size_t brokenLines = 0;
    std::size_t strayQuotes = 0; ///< fields that begin with a quote and yet are not quoted
};

Tally tally(std::string_view sample, bool whole, const CsvSyntax &syntax)
{
    Tally result;
    CsvTokenizer tokenizer(syntax, maxFieldsLookedAt);
    tokenizer.setInput(sample.data(), sample.data() + sample.size(), whole);
    std::string text;
    while (true) {
        const auto outcome = tokenizer.next();
        if (outcome == CsvTokenizer::Outcome::End)
            break;
        if (outcome != CsvTokenizer::Outcome::Row) {
            const auto left = static_cast<std::size_t>(sample.data() + sample.size() - tokenizer.position());
            const bool neverCloses = tokenizer.insideQuotes() && (whole || left > longestOpenQuote);
            if (!neverCloses || !tokenizer.skipLine())
                break;
            ++result.brokenLines;
            continue;
        }
        if (tokenizer.raw().empty())
            continue;
        ++result.rows;
        ++result.rowsByLength[tokenizer.fieldCount()];
        const bool typed = result.rows <= maxRowsTyped;
        for (const CsvField &field : tokenizer.fields()) {
            if (!field.quoted && !field.text.empty() && field.text.front() == syntax.quote)
                ++result.strayQuotes;
            if (!typed)
                continue;
            ++result.cells;
            text.clear();
            if (field.escaped)
                tokenizer.unescape(field, text);
            if (cellKind(field.escaped ? std::string_view(text) : field.text) != CellKind::Other)
                ++result.sensibleCells;
        }
    }
    return result;
}

double score(const Tally &tally)
{
    if (tally.rows == 0)
        return 0;
    std::size_t usualLength = 0;
    std::size_t usualRows = 0;
    for (const auto &[length, rows] : tally.rowsByLength) {
        if (rows >= usualRows) {
            usualLength = length;
            usualRows = rows;
        }
    }
    const double evenness = static_cast<double>(usualRows) / static_cast<double>(tally.rows + tally.brokenLines);
    const auto columns = static_cast<double>(usualLength);
    const double pattern = usualLength == 1 ? oneColumnScore * evenness : evenness * evenness * (columns - 1) / columns;
    const double sense = static_cast<double>(tally.sensibleCells) / static_cast<double>(tally.cells);
    return pattern * (0.1 + 0.9 * sense);
}

template <typename T>
std::vector<T> oneOrAll(const std::optional<T> &chosen, std::vector<T> all)
{
    if (chosen)
        return {*chosen};
    return all;
}

/// Backslashes, when reading them as escapes leaves fewer quotes that make no sense. (A path that ends in a backslash
/// before a closing quote speaks against it: the quote would not close.)
CsvSyntax::Escape escapeOf(std::string_view sample, bool whole, CsvSyntax syntax,
                           const std::optional<CsvSyntax::Escape> &chosen)
{
    if (chosen)
        return *chosen;
    const char escapedQuote[] = {'\\', syntax.quote};
    if (sample.find(std::string_view(escapedQuote, sizeof escapedQuote)) == std::string_view::npos)
        return CsvSyntax::Escape::Doubled;
    const Tally doubled = tally(sample, whole, syntax);
    syntax.escape = CsvSyntax::Escape::Backslash;
    const Tally backslash = tally(sample, whole, syntax);
    const auto nonsense = [](const Tally &of) { return of.strayQuotes + of.brokenLines; };
    return nonsense(backslash) < nonsense(doubled) ? CsvSyntax::Escape::Backslash : CsvSyntax::Escape::Doubled;
}

std::optional<char> separatorLineDelimiter(std::string_view sample)
{
    constexpr std::string_view prefix = "sep=";
    if (!sample.starts_with(prefix) || sample.size() < prefix.size() + 2)
        return std::nullopt;
    const char delimiter = sample[prefix.size()];
    const char after = sample[prefix.size() + 1];
    if ((after != '\r' && after != '\n') || delimiter == '\r' || delimiter == '\n' ||
        static_cast<signed char>(delimiter) <= 0)
        return std::nullopt;
    return delimiter;
}

} // namespace

CsvDialect detectCsvDialect(std::string_view sample, bool whole, const CsvDialectChoice &choice)
{
    CsvDialect best;
    auto delimiters = oneOrAll<char>(choice.delimiter, {',', ';', '\t', '|'});
    if (const auto declared = separatorLineDelimiter(sample)) {
        best.separatorLine = true;
        if (!choice.delimiter)
            delimiters = {*declared};
        sample.remove_prefix(std::min(sample.find_first_of("\r\n"), sample.size()));
    }
    auto quotes = oneOrAll<char>(choice.quote, {'"'});
    if (!choice.quote && sample.find('\'') != std::string_view::npos)
        quotes.push_back('\'');
    double bestScore = -1;
    for (const char delimiter : delimiters) {
        for (const char quote : quotes) {
            const CsvSyntax candidate{delimiter, quote, escapeOf(sample, whole, {delimiter, quote}, choice.escape)};
            const double reached = score(tally(sample, whole, candidate));
            if (bestScore < 0 || reached > bestScore * clearlyBetter) {
                bestScore = reached;
                best.syntax = candidate;
            }
        }
    }
    return best;
}

std::vector<std::vector<std::string>> sampleRows(std::string_view sample, bool whole, const CsvSyntax &syntax,
                                                 std::size_t maxRows, std::size_t maxFields,
                                                 std::vector<std::int64_t> *lines)
{
    std::vector<std::vector<std::string>> rows;
    CsvTokenizer tokenizer(syntax, maxFields);
    tokenizer.setInput(sample.data(), sample.data() + sample.size(), whole);
    for (std::int64_t line = 0; rows.size() < maxRows;) {
        const auto outcome = tokenizer.next();
        const std::int64_t startsAt = line;
        if (outcome == CsvTokenizer::Outcome::QuoteNotClosed) {
            tokenizer.skipLine();
            ++line;
            CsvSyntax literal = syntax;
            literal.quote = CsvSyntax::noQuote;
            const auto literalRow = sampleRows(tokenizer.raw(), true, literal, 1, maxFields);
            rows.insert(rows.end(), literalRow.begin(), literalRow.end());
            if (lines && !literalRow.empty())
                lines->push_back(startsAt);
            continue;
        }
        if (outcome != CsvTokenizer::Outcome::Row)
            break;
        line += 1 + tokenizer.lineBreaksInside();
        if (tokenizer.raw().empty())
            continue;
        std::vector<std::string> &row = rows.emplace_back();
        for (const CsvField &field : tokenizer.fields())
            tokenizer.unescape(field, row.emplace_back());
        if (lines)
            lines->push_back(startsAt);
    }
    return rows;
}

} // namespace idstore
