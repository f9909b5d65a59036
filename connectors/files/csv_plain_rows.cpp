// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_plain_rows.h"

#include "connectors/files/csv_block_scan.h"

#include <algorithm>
#include <array>
#include <bit>

namespace idstore {

namespace {

/// Shows the marks of each block until `visit` has seen enough.
template <typename Visit>
void forEachBlock(const CsvSyntax &syntax, const char *from, const char *end, const Visit &visit)
{
    CsvBlockScan scan(syntax);
    std::array<char, byteScan::blockSize> last{};
    for (std::size_t left = 0; from != end; from += std::min(left, byteScan::blockSize)) {
        left = static_cast<std::size_t>(end - from);
        const char *bytes = from;
        if (left < byteScan::blockSize) {
            // Filled up with zeros, which mean nothing.
            std::copy(from, end, last.begin());
            bytes = last.data();
        }
        const bool feedFollows = left > byteScan::blockSize && from[byteScan::blockSize] == '\n';
        CsvBlockScan::Marks marks = scan.next(bytes, feedFollows);
        if (left < byteScan::blockSize)
            marks.odd &= (std::uint64_t{1} << left) - 1;
        if (!visit(from, marks))
            return;
    }
}

/// All bits below the lowest of `bits`; all there are when there is none.
std::uint64_t below(std::uint64_t bits)
{
    return bits == 0 ? ~std::uint64_t{0} : (bits & (std::uint64_t{0} - bits)) - 1;
}

} // namespace

CsvPlainRows::CsvPlainRows(const CsvTable &table)
    : m_table(table)
{
    if (!CsvBlockScan::understands(table.syntax))
        return;
    m_known = true;
    const std::vector<std::string> &names = table.repeatedHeader.names();
    if (names.empty())
        return;
    // One without quotes stands in a cell as it does in the text.
    const auto told = std::ranges::find_if(names, [&](const std::string &name) {
        return !name.empty() && name.find(table.syntax.quote) == std::string::npos;
    });
    m_known = told != names.end();
    if (m_known) {
        m_toldColumn = static_cast<int>(told - names.begin());
        m_toldName = *told;
    }
}

/// Where the walk through the marks stands within a row.
class CsvPlainRows::Walk
{
public:
    Walk(const CsvTable &table, const char *from, RowBatch &batch)
        : m_quote(table.syntax.quote)
        , m_batch(batch)
        , m_field(from)
    {}

    void addField(const char *end)
    {
        const char *at = m_field;
        if (at == end) {
            m_batch.addNull();
        } else if (*at != m_quote || m_quote == CsvSyntax::noQuote) {
            m_batch.addCellWithin({at, static_cast<std::size_t>(end - at)});
        } else {
            // The marks have seen to it that the last byte is the closing quote.
            const std::string_view text(at + 1, static_cast<std::size_t>(end - at) - 2);
            if (m_isEscaped)
                addEscaped(text);
            else
                m_batch.addCellWithin(text);
        }
        m_isEscaped = false;
    }
    void startField(const char *at) { m_field = at; }
    void noteDoubledQuote() { m_isEscaped = true; }
    [[nodiscard]] const char *field() const { return m_field; }

private:
    void addEscaped(std::string_view text)
    {
        m_unescaped.clear();
        for (std::size_t from = 0;;) {
            const std::size_t quote = text.find(m_quote, from);
            m_unescaped.append(text, from, quote == std::string_view::npos ? quote : quote + 1 - from);
            if (quote == std::string_view::npos)
                break;
            from = quote + 2;
        }
        m_batch.addCell(m_unescaped);
    }

    const char m_quote;
    RowBatch &m_batch;
    const char *m_field;
    bool m_isEscaped = false;
    std::string m_unescaped;
};

const char *CsvPlainRows::take(const char *from, const char *end, RowBatch &batch, std::int64_t &line) const
{
    const int columnCount = static_cast<int>(m_table.columns.size());
    const char delimiter = m_table.syntax.delimiter;
    Walk walk(m_table, from, batch);
    const char *row = from;
    int column = 0;
    std::int64_t breaksInside = 0;

    const auto endRow = [&](const char *at) {
        const char *fieldEnd = at;
        if (*at == '\n' && at != walk.field() && at[-1] == '\r')
            --fieldEnd;
        // An empty field alone is a blank line.
        if (column + 1 != columnCount || (columnCount == 1 && fieldEnd == walk.field()))
            return false;
        walk.addField(fieldEnd);
        if (m_toldColumn >= 0) {
            const std::size_t stored = batch.rowCount();
            if (batch.cellLength(stored, m_toldColumn) == static_cast<std::int64_t>(m_toldName.size()) &&
                batch.cell(stored, m_toldColumn) == m_toldName)
                return false;
        }
        batch.endRow(line);
        line += 1 + breaksInside;
        breaksInside = 0;
        column = 0;
        row = at + 1;
        walk.startField(row);
        return true;
    };

    forEachBlock(m_table.syntax, from, end, [&](const char *block, const CsvBlockScan::Marks &marks) {
        std::uint64_t left = (marks.ends | marks.breaksInside | marks.doubledQuotes) & below(marks.odd);
        for (; left != 0; left &= left - 1) {
            const char *const at = block + std::countr_zero(left);
            if (*at == delimiter) {
                if (++column == columnCount)
                    return false;
                walk.addField(at);
                walk.startField(at + 1);
            } else if (*at != '\n' && *at != '\r') {
                walk.noteDoubledQuote();
            } else if ((marks.ends & left & (std::uint64_t{0} - left)) == 0) {
                ++breaksInside;
            } else if (!endRow(at)) {
                return false;
            }
        }
        return marks.odd == 0;
    });
    batch.discardRow();
    return row;
}

const char *CsvPlainRows::lastRowEnd(const CsvSyntax &syntax, const char *from, const char *end)
{
    if (!CsvBlockScan::understands(syntax))
        return from;
    const char *found = from;
    forEachBlock(syntax, from, end, [&](const char *block, const CsvBlockScan::Marks &marks) {
        const std::uint64_t feeds = marks.rowFeeds & below(marks.odd);
        if (feeds != 0)
            found = block + std::bit_width(feeds);
        return marks.odd == 0;
    });
    return found;
}

} // namespace idstore
