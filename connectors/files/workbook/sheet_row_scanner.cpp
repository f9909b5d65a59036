// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/sheet_row_scanner.h"

#include "connectors/files/byte_scan.h"
#include "connectors/files/utf8.h"

#include <array>
#include <cstring>
#include <utility>

namespace idstore {

namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// A part of what XML allows in names, and all that spreadsheet programs use.
bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '_';
}

std::string_view localName(std::string_view name)
{
    return name.substr(name.find(':') + 1);
}

/// Goes through the text; any function that answers false has met something unusual, or the end. The zero byte behind
/// the text stops every loop.
class Scanner
{
public:
    Scanner(const char *at, ScannedRow &row)
        : m_at(at)
        , m_row(row)
    {}

    bool readRow()
    {
        m_row.number = {};
        m_row.cells.clear();
        skipSpace();
        m_begin = m_at;
        bool empty = false;
        if (!take("<row") || !readAttributes(empty))
            return false;
        m_row.number = attribute("r");
        if (empty)
            return true;
        while (true) {
            skipSpace();
            if (take("<c")) {
                if (!readCell())
                    return false;
            } else {
                return take("</row>");
            }
        }
    }
    [[nodiscard]] const char *begin() const { return m_begin; }
    [[nodiscard]] const char *position() const { return m_at; }

private:
    struct Attribute
    {
        std::string_view name;
        std::string_view value;
    };
    static constexpr std::size_t mostAttributes = 16;

    template <std::size_t Size>
    bool take(const char (&expected)[Size])
    {
        static_assert(Size - 1 <= scannerPadding);
        if (std::memcmp(m_at, expected, Size - 1) != 0)
            return false;
        m_at += Size - 1;
        return true;
    }

    void skipSpace()
    {
        while (isSpace(*m_at))
            ++m_at;
    }

    /// To the end of a start tag behind its name.
    bool readAttributes(bool &empty)
    {
        m_attributeCount = 0;
        while (true) {
            const bool spaced = isSpace(*m_at);
            skipSpace();
            if (*m_at == '>') {
                ++m_at;
                empty = false;
                return true;
            }
            if (*m_at == '/') {
                empty = true;
                return take("/>");
            }
            if (!spaced || !readAttribute())
                return false;
        }
    }

    bool readAttribute()
    {
        const char *const nameStart = m_at;
        if ((*m_at >= '0' && *m_at <= '9') || *m_at == ':')
            return false;
        while (isNameChar(*m_at))
            ++m_at;
        const std::string_view name(nameStart, static_cast<std::size_t>(m_at - nameStart));
        if (name.empty() || !take("=\""))
            return false;
        const char *const valueStart = m_at;
        while (*m_at != '"') {
            if (static_cast<unsigned char>(*m_at) < 0x20 || *m_at == '<' || *m_at == '&')
                return false;
            ++m_at;
        }
        if (m_attributeCount == mostAttributes)
            return false;
        for (std::size_t i = 0; i < m_attributeCount; ++i) {
            if (m_attributes[i].name == name)
                return false;
        }
        m_attributes[m_attributeCount++] = {name, {valueStart, static_cast<std::size_t>(m_at - valueStart)}};
        ++m_at;
        return true;
    }

    [[nodiscard]] std::string_view attribute(std::string_view name) const
    {
        for (std::size_t i = 0; i < m_attributeCount; ++i) {
            if (localName(m_attributes[i].name) == name)
                return m_attributes[i].value;
        }
        return {};
    }

    /// Behind "<c".
    bool readCell()
    {
        bool empty = false;
        if (!readAttributes(empty))
            return false;
        ScannedRow::Cell &cell = m_row.cells.emplace_back();
        cell.reference = attribute("r");
        cell.style = attribute("s");
        cell.type = attribute("t");
        if (empty)
            return true;
        skipSpace();
        if (take("<f")) {
            bool ignored = false;
            if (!readAttributes(empty) || (!empty && (!readText(ignored) || !take("</f>"))))
                return false;
            skipSpace();
        }
        if (take("<v>")) {
            if (!readValue(cell) || !take("</v>"))
                return false;
        } else if (take("<is><t")) {
            if (!readAttributes(empty) || empty || !readValue(cell) || !take("</t></is>"))
                return false;
        }
        skipSpace();
        return take("</c>");
    }

    bool readValue(ScannedRow::Cell &cell)
    {
        const char *const start = m_at;
        if (!readText(cell.hasEntities))
            return false;
        cell.value = {start, static_cast<std::size_t>(m_at - start)};
        return true;
    }

    /// Up to the next tag.
    bool readText(bool &hasEntities)
    {
        while (*m_at != '<') {
            // A '>' may be the end of "]]>", which text must not hold; whether a zero is the end is seen later.
            if (*m_at == '>' || *m_at == '\0')
                return false;
            if (*m_at == '&') {
                if (!readEntity())
                    return false;
                hasEntities = true;
            } else {
                ++m_at;
            }
        }
        return true;
    }

    bool readEntity()
    {
        for (const auto &[name, character] : entities) {
            if (std::memcmp(m_at, name.data(), name.size()) == 0) {
                m_at += name.size();
                return true;
            }
        }
        return false;
    }

    const char *m_at;
    const char *m_begin = nullptr;
    ScannedRow &m_row;
    std::array<Attribute, mostAttributes> m_attributes;
    std::size_t m_attributeCount = 0;
};

/// Characters that XML 1.0 has, none of which a parser would change: line ends are all line feeds.
bool isPlainText(std::string_view text)
{
    bool ascii = true;
    const char *const end = text.data() + text.size();
    for (const char *at = text.data(); (at = byteScan::findUnprintable(at, end)) != end; ++at) {
        if (static_cast<unsigned char>(*at) >= 0x80)
            ascii = false;
        else if (*at != '\n' && *at != '\t')
            return false;
    }
    // U+FFFE and U+FFFF are valid UTF-8, but no characters of XML.
    return ascii || (utf8::isValid(text) && text.find("\xEF\xBF\xBE") == std::string_view::npos &&
                     text.find("\xEF\xBF\xBF") == std::string_view::npos);
}

} // namespace

RowScan scanSheetRow(std::string_view text, ScannedRow &row, std::size_t &length)
{
    Scanner scanner(text.data(), row);
    const char *const end = text.data() + text.size();
    if (!scanner.readRow()) {
        // What stopped it may be the end of the text, in the midst of a word.
        const auto left = end - scanner.position();
        return left < static_cast<std::ptrdiff_t>(scannerPadding) ? RowScan::Incomplete : RowScan::Unusual;
    }
    const std::string_view scanned(scanner.begin(), static_cast<std::size_t>(scanner.position() - scanner.begin()));
    if (!isPlainText(scanned))
        return RowScan::Unusual;
    length = static_cast<std::size_t>(scanner.position() - text.data());
    return RowScan::Taken;
}

void appendWithoutEntities(std::string_view value, std::string &to)
{
    while (!value.empty()) {
        const std::size_t next = std::min(value.find('&'), value.size());
        to += value.substr(0, next);
        value.remove_prefix(next);
        for (const auto &[name, character] : entities) {
            if (value.starts_with(name)) {
                to += character;
                value.remove_prefix(name.size());
                break;
            }
        }
    }
}

} // namespace idstore
