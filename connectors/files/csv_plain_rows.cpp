// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_plain_rows.h"

#include "connectors/files/csv_block_scan.h"

#include <algorithm>
#include <array>
#include <bit>

namespace idstore {

namespace {

/// The marks of a text, block by block:
///
///     Blocks blocks(syntax, from, end);
///     while (blocks.next())
///         use(blocks.begin(), blocks.marks());
class Blocks
{
public:
    Blocks(const CsvSyntax &syntax, const char *from, const char *end)
        : m_scan(syntax)
        , m_next(from)
        , m_end(end)
    {}

    [[nodiscard]] Q_ALWAYS_INLINE bool next()
    {
        m_begin = m_next;
        const auto left = static_cast<std::size_t>(m_end - m_begin);
        if (left > byteScan::blockSize) {
            m_next = m_begin + byteScan::blockSize;
            m_marks = m_scan.next(m_begin, *m_next == '\n');
            return true;
        }
        m_next = m_end;
        return left > 0 && last(left);
    }
    [[nodiscard]] const char *begin() const { return m_begin; }
    [[nodiscard]] const CsvBlockScan::Marks &marks() const { return m_marks; }

private:
    bool last(std::size_t left)
    {
        // Filled up with zeros, which mean nothing.
        std::array<char, byteScan::blockSize> bytes{};
        std::copy(m_begin, m_end, bytes.begin());
        m_marks = m_scan.next(bytes.data(), false);
        if (left < byteScan::blockSize)
            m_marks.odd &= (std::uint64_t{1} << left) - 1;
        return true;
    }

    CsvBlockScan m_scan;
    const char *m_begin = nullptr;
    const char *m_next;
    const char *m_end;
    CsvBlockScan::Marks m_marks;
};

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

/// Puts fields into a batch.
class CsvPlainRows::Fields
{
public:
    Fields(const CsvTable &table, RowBatch &batch)
        : m_quote(table.syntax.quote)
        , m_batch(batch)
    {}

    /// The field as it stands in the text; the marks have seen to it that a first quote has its counterpart at the end.
    Q_ALWAYS_INLINE void add(const char *from, const char *end)
    {
        if (from == end)
            m_batch.addNull();
        else if (*from != m_quote || m_quote == CsvSyntax::noQuote)
            m_batch.addCellWithin({from, static_cast<std::size_t>(end - from)});
        else if (!m_isEscaped)
            m_batch.addCellWithin({from + 1, static_cast<std::size_t>(end - from) - 2});
        else
            addEscaped({from + 1, static_cast<std::size_t>(end - from) - 2});
    }
    /// The field that add() gets next holds doubled quotes.
    void noteDoubledQuote() { m_isEscaped = true; }

private:
    void addEscaped(std::string_view text)
    {
        m_isEscaped = false;
        m_unescaped.clear();
        std::size_t from = 0;
        for (std::size_t at = 0; (at = text.find(m_quote, from)) != std::string_view::npos; from = at + 2)
            m_unescaped.append(text, from, at + 1 - from);
        m_unescaped.append(text, from);
        m_batch.addCell(m_unescaped);
    }

    const char m_quote;
    RowBatch &m_batch;
    bool m_isEscaped = false;
    std::string m_unescaped;
};

bool CsvPlainRows::isHeader(const RowBatch &batch) const
{
    const std::size_t row = batch.rowCount(); // which has not been ended yet
    return m_toldColumn >= 0 && batch.cellLength(row, m_toldColumn) == static_cast<std::int64_t>(m_toldName.size()) &&
           batch.cell(row, m_toldColumn) == m_toldName;
}

const char *CsvPlainRows::take(const char *from, const char *end, RowBatch &batch, std::int64_t &line) const
{
    const int columnCount = static_cast<int>(m_table.columns.size());
    const char delimiter = m_table.syntax.delimiter;
    Fields fields(m_table, batch);
    const char *row = from;
    const char *field = from;
    int column = 0;
    std::int64_t breaksInside = 0;

    bool isPlain = true;
    for (Blocks blocks(m_table.syntax, from, end); isPlain && blocks.next();) {
        const CsvBlockScan::Marks &marks = blocks.marks();
        isPlain = marks.odd == 0;
        std::uint64_t left = (marks.ends | marks.breaksInside | marks.doubledQuotes) & below(marks.odd);
        for (; left != 0; left &= left - 1) {
            const char *const at = blocks.begin() + std::countr_zero(left);
            if (*at == delimiter) {
                if (++column == columnCount) {
                    isPlain = false;
                    break;
                }
                fields.add(field, at);
                field = at + 1;
                continue;
            }
            if (*at != '\n' && *at != '\r') {
                fields.noteDoubledQuote();
                continue;
            }
            if (const std::uint64_t bit = left & (std::uint64_t{0} - left); (marks.ends & bit) == 0) {
                ++breaksInside;
                continue;
            }
            const char *const fieldEnd = *at == '\n' && at != field && at[-1] == '\r' ? at - 1 : at;
            // An empty field alone is a blank line.
            if (column + 1 != columnCount || (columnCount == 1 && fieldEnd == field) ||
                m_table.end.holds({row, static_cast<std::size_t>(fieldEnd - row)})) {
                isPlain = false;
                break;
            }
            fields.add(field, fieldEnd);
            if (isHeader(batch)) {
                isPlain = false;
                break;
            }
            batch.endRow(line);
            line += 1 + breaksInside;
            breaksInside = 0;
            column = 0;
            row = at + 1;
            field = row;
        }
    }
    batch.discardRow();
    return row;
}

const char *CsvPlainRows::lastRowEnd(const CsvSyntax &syntax, const char *from, const char *end)
{
    if (!CsvBlockScan::understands(syntax))
        return from;
    const char *found = from;
    for (Blocks blocks(syntax, from, end); blocks.next();) {
        const CsvBlockScan::Marks &marks = blocks.marks();
        if (const std::uint64_t feeds = marks.rowFeeds & below(marks.odd); feeds != 0)
            found = blocks.begin() + std::bit_width(feeds);
        if (marks.odd != 0)
            break;
    }
    return found;
}

} // namespace idstore
