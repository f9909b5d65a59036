// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/byte_scan.h"
#include "connectors/files/csv_tokenizer.h"

#include <QtGlobal>

#include <cstdint>

namespace idstore {

/// Finds what divides delimited text, 64 bytes at a time and whole blocks at once: within quotes is where the number of
/// quotes so far is odd. That agrees with CsvTokenizer as long as every quote stands where RFC 4180 puts it; where one
/// does not, the answer is that it is odd, and what comes from there on is the tokenizer's. Used by one thread at a
/// time.
class CsvBlockScan
{
public:
    /// One bit for each byte of the block. Bits after the first odd one mean nothing.
    struct Marks
    {
        std::uint64_t ends = 0; ///< delimiters, LF and lone CR outside of quotes
        std::uint64_t rowFeeds = 0; ///< of these, the LF
        std::uint64_t breaksInside = 0; ///< LF and lone CR within quotes
        std::uint64_t doubledQuotes = 0; ///< the second of each pair
        std::uint64_t odd = 0; ///< a quote, or what follows one, against the rules
    };

    /// The first block starts a row.
    explicit CsvBlockScan(const CsvSyntax &syntax)
        : m_syntax(syntax)
    {}

    /// Whether there is anything for this class in text of this syntax.
    [[nodiscard]] static bool understands(const CsvSyntax &syntax) { return syntax.delimiterRest.isEmpty(); }

    /// The 64 bytes after those before. `feedFollows`: the byte after them is LF.
    [[nodiscard]] Q_ALWAYS_INLINE Marks next(const char *bytes, bool feedFollows)
    {
        const byteScan::Block block(bytes);
        const std::uint64_t feeds = block.equal('\n');
        const std::uint64_t anyReturns = block.equal('\r');
        const std::uint64_t returns = anyReturns & ~((feeds >> 1) | (static_cast<std::uint64_t>(feedFollows) << 63));
        const std::uint64_t delimiters = block.equal(m_syntax.delimiter);
        const std::uint64_t quotes = m_syntax.quote == CsvSyntax::noQuote ? 0 : block.equal(m_syntax.quote);

        Marks marks;
        marks.ends = delimiters | feeds | returns;
        marks.rowFeeds = feeds;
        if ((quotes | m_inside | m_closedBefore) != 0)
            return betweenQuotes(block, quotes, anyReturns, marks);
        m_separatorBefore = marks.ends >> 63;
        return marks;
    }

private:
    /// `marks` as they are without quotes.
    Marks betweenQuotes(const byteScan::Block &block, std::uint64_t quotes, std::uint64_t anyReturns, Marks marks)
    {
        // A quote that opens is within, one that closes is not.
        const std::uint64_t inside = byteScan::prefixParity(quotes) ^ m_inside;
        const std::uint64_t opening = quotes & inside;
        const std::uint64_t closing = quotes & ~inside;
        const std::uint64_t afterClosing = closing << 1 | m_closedBefore;
        const std::uint64_t separators = marks.ends | anyReturns;
        marks.odd = opening & ~(separators << 1 | m_separatorBefore | afterClosing);
        marks.odd |= afterClosing & ~(separators | quotes);
        if (m_syntax.escape == CsvSyntax::Escape::Backslash)
            marks.odd |= block.equal('\\') & inside;
        marks.breaksInside = marks.ends & ~block.equal(m_syntax.delimiter) & inside;
        marks.doubledQuotes = opening & afterClosing;
        marks.ends &= ~inside;
        marks.rowFeeds &= ~inside;
        m_inside = std::uint64_t{0} - (inside >> 63);
        m_separatorBefore = separators >> 63;
        m_closedBefore = closing >> 63;
        return marks;
    }

    CsvSyntax m_syntax;
    // Of the end of the block before.
    std::uint64_t m_inside = 0; ///< all ones: within quotes
    std::uint64_t m_separatorBefore = 1;
    std::uint64_t m_closedBefore = 0;
};

} // namespace idstore
