// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_dialect.h"

#include "connectors/files/cell_kind.h"
#include "connectors/files/table_start.h"

#include <algorithm>
#include <array>
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
/// An unusual delimiter has to be this much better than the usual ones, and give this share of even rows.
constexpr double beyondDoubt = 1.5;
constexpr double nearlyAll = 0.95;

struct Delimiter
{
    char first;
    DelimiterRest rest;
};

constexpr Delimiter delimiterOf(std::string_view text)
{
    return {text.front(), DelimiterRest(text.substr(1))};
}

constexpr std::array usualDelimiters = {delimiterOf(","), delimiterOf(";"), delimiterOf("\t"), delimiterOf("|")};
/// The longer ones of the same characters first: a shorter one fits wherever they do.
constexpr std::array longDelimiters = {", ",  "; ",  "| ",  "||||", "::::", "~~~~", "|||", ";;;", ":::", "~~~",
                                       "^^^", "###", "@@@", "$$$",  "***",  "|~|",  "~|~", "|^|", "^|^", "|#|",
                                       "#|#", "<|>", "[|]", "||",   ";;",   "::",   "~~",  "^^"};
/// What stands in names, dates and numbers ('.', '-', '/', '_', '@' and the like) is no candidate.
constexpr std::string_view unusualDelimiters = " :^~#&!*=\\`\x01\x02\x03\x04\x05\x06\x07\x1C\x1D\x1E\x1F";
/// Those of them that stand in sentences too.
constexpr std::string_view wordyDelimiters = " :#&!*=";

struct Tally
{
    std::map<std::size_t, std::size_t> rowsByLength;
    std::size_t rows = 0;
    std::size_t cells = 0;
    std::size_t sensibleCells = 0;
    std::size_t brokenLines = 0;
    std::size_t strayQuotes = 0; ///< fields that begin with a quote and yet are not quoted

    [[nodiscard]] std::size_t usualLength() const
    {
        const auto longerWhenEqual = [](const auto &a, const auto &b) { return a.second <= b.second; };
        return std::max_element(rowsByLength.begin(), rowsByLength.end(), longerWhenEqual)->first;
    }
    [[nodiscard]] double evenness() const
    {
        return static_cast<double>(rowsByLength.at(usualLength())) / static_cast<double>(rows + brokenLines);
    }
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
    const double evenness = tally.evenness();
    const auto columns = static_cast<double>(tally.usualLength());
    const double pattern =
        tally.usualLength() == 1 ? oneColumnScore * evenness : evenness * evenness * (columns - 1) / columns;
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

/// A quick look before a candidate is counted: the characters together as often as there are two lines.
bool standsInManyLines(std::string_view sample, const Delimiter &delimiter)
{
    const std::string_view looked = sample.substr(0, longestOpenQuote);
    const std::string text = delimiter.first + std::string(delimiter.rest.text());
    std::size_t found = 0;
    for (auto at = looked.find(text); at != std::string_view::npos; at = looked.find(text, at + text.size()))
        ++found;
    return found > 0 && found * 2 >= static_cast<std::size_t>(
                                         std::ranges::count(looked, looked.find('\n') < looked.size() ? '\n' : '\r'));
}

/// Whether a delimiter of several characters is meant and not its first alone. "||": every second column that '|' makes
/// is empty. ", ": a space follows everywhere, so that the rows are the same.
bool explainsMore(const Tally &longer, const Tally &single, const Delimiter &delimiter)
{
    if (longer.rows == 0 || longer.usualLength() < 2)
        return false;
    const auto again = static_cast<std::size_t>(std::ranges::count(delimiter.rest.text(), delimiter.first));
    if (again > 0) {
        return single.usualLength() == (again + 1) * longer.usualLength() - again &&
               longer.evenness() >= single.evenness();
    }
    return longer.rowsByLength == single.rowsByLength;
}

/// Whether the rows that a delimiter of sentences makes are a table: three columns or more in every row, two of which
/// hold numbers, dates or addresses, of lines that were not a value each.
bool isTableOfWords(std::string_view sample, bool whole, const CsvSyntax &syntax)
{
    constexpr std::size_t looked = 50;
    const SampledRows rows = sampleRows(sample, whole, syntax, looked, maxFieldsLookedAt);
    if (rows.size() < 2 || rows[0].size() < 3 || rows[0].size() != usualLength(rows))
        return false;
    int typed = 0;
    for (std::size_t column = 0; column < rows[0].size(); ++column)
        typed += isDataKind(usualKind(rows, 1, column)) ? 1 : 0;
    // The lines as they are.
    CsvSyntax lines;
    lines.delimiter = '\x7F';
    lines.quote = CsvSyntax::noQuote;
    const CellKind line = usualKind(sampleRows(sample, whole, lines, looked, 1), 1, 0);
    return typed >= 2 && !isDataKind(line) && line != CellKind::Identifier;
}

/// Any other character that makes a far better table than the usual delimiters do.
void considerUnusual(std::string_view sample, bool whole, const CsvDialectChoice &choice,
                     const std::vector<char> &quotes, double &bestScore, CsvSyntax &best)
{
    const double usualScore = bestScore;
    if (usualScore * beyondDoubt >= 1)
        return;
    const auto begin = std::min(sample.find_first_not_of("\r\n"), sample.size());
    const std::string_view firstLine = sample.substr(begin, sample.find_first_of("\r\n", begin) - begin);
    for (const char delimiter : unusualDelimiters) {
        const bool foundSeveral = delimiter == best.delimiter && !best.delimiterRest.isEmpty();
        if (firstLine.find(delimiter) == std::string_view::npos || foundSeveral)
            continue;
        for (const char quote : quotes) {
            const CsvSyntax candidate{
                delimiter, quote, escapeOf(sample, whole, {delimiter, quote, {}, {}}, choice.escape), {}};
            const Tally counted = tally(sample, whole, candidate);
            const double reached = score(counted);
            if (reached <= bestScore * clearlyBetter || reached <= usualScore * beyondDoubt ||
                counted.evenness() < nearlyAll || counted.usualLength() < 2)
                continue;
            if (wordyDelimiters.find(delimiter) != std::string_view::npos && !isTableOfWords(sample, whole, candidate))
                continue;
            bestScore = reached;
            best = candidate;
        }
    }
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
    std::vector<Delimiter> delimiters(usualDelimiters.begin(), usualDelimiters.end());
    for (const char *const text : longDelimiters)
        delimiters.push_back(delimiterOf(text));
    bool anyDelimiter = true;
    if (const auto declared = separatorLineDelimiter(sample)) {
        best.separatorLine = true;
        delimiters = {{*declared, {}}};
        anyDelimiter = false;
        sample.remove_prefix(std::min(sample.find_first_of("\r\n"), sample.size()));
    }
    if (choice.delimiter) {
        delimiters = {{*choice.delimiter, choice.delimiterRest}};
        anyDelimiter = false;
    }
    auto quotes = oneOrAll<char>(choice.quote, {'"'});
    if (!choice.quote && sample.find('\'') != std::string_view::npos)
        quotes.push_back('\'');
    double bestScore = -1;
    Tally bestTally;
    for (const Delimiter &delimiter : delimiters) {
        const auto &[first, rest] = delimiter;
        const bool isPartOfFound = !best.syntax.delimiterRest.isEmpty() &&
                                   best.syntax.delimiterText().starts_with(first) &&
                                   best.syntax.delimiterRest.text().starts_with(rest.text());
        if (anyDelimiter && !rest.isEmpty() && (isPartOfFound || !standsInManyLines(sample, delimiter)))
            continue;
        for (const char each : quotes) {
            const bool isTaken = each == first || rest.text().find(each) != std::string_view::npos;
            const char quote = isTaken ? CsvSyntax::noQuote : each;
            CsvSyntax candidate{first, quote, choice.escape.value_or(CsvSyntax::Escape::Doubled), rest};
            candidate.escape = escapeOf(sample, whole, candidate, choice.escape);
            Tally counted = tally(sample, whole, candidate);
            const double reached = score(counted);
            const bool longer = !rest.isEmpty() && best.syntax.delimiter == first &&
                                best.syntax.delimiterRest.isEmpty() && best.syntax.quote == quote &&
                                explainsMore(counted, bestTally, delimiter);
            if (bestScore < 0 || reached > bestScore * clearlyBetter || longer) {
                bestScore = reached;
                best.syntax = candidate;
                bestTally = std::move(counted);
            }
        }
    }
    if (anyDelimiter)
        considerUnusual(sample, whole, choice, quotes, bestScore, best.syntax);
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

std::string_view withoutLines(std::string_view sample, std::int64_t lines)
{
    CsvTokenizer tokenizer(CsvSyntax{}, 0);
    tokenizer.setInput(sample.data(), sample.data() + sample.size(), true);
    for (std::int64_t i = 0; i < lines && tokenizer.position() != sample.data() + sample.size(); ++i)
        tokenizer.skipLine();
    return sample.substr(static_cast<std::size_t>(tokenizer.position() - sample.data()));
}

std::size_t bytesOf(const std::vector<std::string> &row)
{
    std::size_t bytes = 0;
    for (const std::string &cell : row)
        bytes += cell.size() + 3;
    return bytes;
}

} // namespace idstore
