// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_tokenizer.h"

#include "connectors/files/byte_scan.h"

#include <array>
#include <bit>

namespace idstore {

namespace {

constexpr char backslash = '\\';

std::string_view between(const char *from, const char *to)
{
    return {from, static_cast<std::size_t>(to - from)};
}

std::int64_t countLineBreaks(std::string_view text)
{
    std::int64_t count = 0;
    const char *const end = text.data() + text.size();
    for (const char *at = text.data(); (at = byteScan::findEither(at, end, '\n', '\r')) != end; ++at) {
        if (*at == '\r' && at + 1 != end && at[1] == '\n')
            ++at;
        ++count;
    }
    return count;
}

} // namespace

CsvTokenizer::CsvTokenizer(const CsvSyntax &syntax, std::size_t storedFields)
    : m_syntax(syntax)
    , m_storedFields(storedFields)
{}

void CsvTokenizer::setInput(const char *begin, const char *end, bool isLast)
{
    m_position = begin;
    m_rowStart = begin;
    m_end = end;
    m_isLast = isLast;
    m_block = begin;
    m_blockEnd = begin;
}

void CsvTokenizer::putBack()
{
    m_position = m_rowStart;
    m_block = m_rowStart;
    m_blockEnd = m_rowStart;
}

const char *CsvTokenizer::nextSpecial(const char *from)
{
    while (true) {
        if (from < m_blockEnd) {
            const std::uint64_t ahead = m_specials >> (from - m_block);
            if (ahead != 0)
                return from + std::countr_zero(ahead);
            from = m_blockEnd;
        }
        if (from == m_end)
            return m_end;
        m_block = from;
        if (const auto left = static_cast<std::size_t>(m_end - from); left >= byteScan::blockSize) {
            m_blockEnd = from + byteScan::blockSize;
            m_specials = byteScan::Block(from).equal(m_syntax.delimiter, '\n', '\r');
        } else {
            m_blockEnd = m_end;
            std::array<char, byteScan::blockSize> padded;
            std::memcpy(padded.data(), from, left);
            m_specials =
                byteScan::Block(padded.data()).equal(m_syntax.delimiter, '\n', '\r') & ((std::uint64_t{1} << left) - 1);
        }
    }
}

std::optional<std::size_t> CsvTokenizer::delimiterAt(const char *at) const
{
    if (at == m_end || *at != m_syntax.delimiter)
        return 0;
    const std::string_view rest = m_syntax.delimiterRest.text();
    const std::string_view follows = between(at + 1, m_end).substr(0, rest.size());
    if (follows == rest)
        return 1 + rest.size();
    if (follows.size() < rest.size() && !m_isLast && rest.starts_with(follows))
        return std::nullopt;
    const bool lineEnds = follows.empty() || follows[0] == '\n' || follows[0] == '\r';
    return rest == " " && lineEnds ? 1 : 0;
}

const char *CsvTokenizer::fieldEnd(const char *from)
{
    while (true) {
        const char *const special = nextSpecial(from);
        if (special == m_end || *special != m_syntax.delimiter)
            return special;
        const auto length = delimiterAt(special);
        if (!length)
            return m_end;
        if (*length > 0)
            return special;
        from = special + 1;
    }
}

const char *CsvTokenizer::quotedField(const char *open, CsvField &field)
{
    const char quote = m_syntax.quote;
    const bool backslashes = m_syntax.escape == CsvSyntax::Escape::Backslash;
    field.quoted = true;
    field.escaped = false;
    const char *at = open + 1;
    while (true) {
        at = byteScan::findEither(at, m_end, quote, backslashes ? backslash : quote);
        if (at == m_end)
            return nullptr;
        if (*at == backslash && quote != backslash) {
            if (at + 1 == m_end)
                return nullptr;
            field.escaped = true;
            at += 2;
            continue;
        }
        if (at + 1 == m_end) {
            if (!m_isLast)
                return nullptr;
            break;
        }
        if (at[1] != quote)
            break;
        field.escaped = true;
        at += 2;
    }
    field.text = between(open + 1, at);
    const char *after = at + 1;
    while (after != m_end && (*after == ' ' || *after == '\t') && *after != m_syntax.delimiter)
        ++after;
    if (after == m_end)
        return m_isLast ? after : nullptr;
    if (*after == '\n' || *after == '\r')
        return after;
    const auto length = delimiterAt(after);
    if (!length)
        return nullptr;
    return *length > 0 ? after : open;
}

void CsvTokenizer::keep(const CsvField &field)
{
    if (m_fieldCount < m_storedFields)
        m_fields.push_back(field);
    else if (!field.text.empty())
        m_textBeyond = true;
    ++m_fieldCount;
}

CsvTokenizer::Outcome CsvTokenizer::incomplete(bool insideQuotes)
{
    putBack();
    m_insideQuotes = insideQuotes;
    return m_isLast ? Outcome::QuoteNotClosed : Outcome::NeedMore;
}

CsvTokenizer::Outcome CsvTokenizer::next()
{
    m_rowStart = m_position;
    m_fields.clear();
    m_fieldCount = 0;
    m_textBeyond = false;
    m_insideQuotes = false;
    m_lineBreaks = 0;
    const char *at = m_position;
    if (at == m_end)
        return m_isLast ? Outcome::End : Outcome::NeedMore;

    const char quote = m_syntax.quote;
    const bool plain = m_syntax.delimiterRest.isEmpty();
    while (true) {
        CsvField field;
        const char *end = nullptr;
        if (at != m_end && *at == quote && quote != CsvSyntax::noQuote) {
            end = quotedField(at, field);
            if (!end)
                return incomplete(true);
            if (end == at)
                field = {};
            else
                m_lineBreaks += countLineBreaks(field.text);
        }
        if (!field.quoted) {
            end = plain ? nextSpecial(at) : fieldEnd(at);
            field.text = between(at, end);
        }
        if (end == m_end && !m_isLast)
            return incomplete(false);
        keep(field);
        if (end != m_end && *end == m_syntax.delimiter) {
            at = end + (plain ? 1 : delimiterAt(end).value_or(1));
            continue;
        }

        m_raw = between(m_rowStart, end);
        if (end == m_end) {
            m_position = m_end;
            return Outcome::Row;
        }
        if (*end == '\r') {
            // Whether a line feed follows decides where the next row starts.
            if (end + 1 == m_end && !m_isLast)
                return incomplete(false);
            if (end + 1 != m_end && end[1] == '\n')
                ++end;
        }
        m_position = end + 1;
        return Outcome::Row;
    }
}

bool CsvTokenizer::skipLine()
{
    const char *lineEnd = byteScan::findEither(m_position, m_end, '\n', '\r');
    m_raw = between(m_position, lineEnd);
    if (lineEnd == m_end && !m_isLast)
        return false;
    if (lineEnd != m_end && *lineEnd == '\r') {
        if (lineEnd + 1 == m_end && !m_isLast)
            return false;
        if (lineEnd + 1 != m_end && lineEnd[1] == '\n')
            ++lineEnd;
    }
    m_position = lineEnd == m_end ? m_end : lineEnd + 1;
    m_block = m_position;
    m_blockEnd = m_position;
    return true;
}

void CsvTokenizer::unescape(const CsvField &field, std::string &out) const
{
    if (!field.escaped) {
        out.append(field.text);
        return;
    }
    const char quote = m_syntax.quote;
    const bool backslashes = m_syntax.escape == CsvSyntax::Escape::Backslash;
    const char *at = field.text.data();
    const char *const end = at + field.text.size();
    while (at != end) {
        const char *const special = byteScan::findEither(at, end, quote, backslashes ? backslash : quote);
        out.append(at, special);
        at = special;
        if (at == end)
            return;
        // A backslash before anything but a quote or a backslash is an ordinary character.
        const bool escapesNext = at + 1 != end && (at[1] == quote || (*at == backslash && at[1] == backslash));
        if (escapesNext)
            ++at;
        out.push_back(*at++);
    }
}

} // namespace idstore
