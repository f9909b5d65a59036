// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsx_sheet.h"

#include <charconv>

namespace idstore {

namespace {

constexpr std::int64_t maxRow = 1 << 24;
constexpr std::uint32_t maxColumn = 1 << 15;

template <typename Number>
bool parsed(std::string_view text, Number &number)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

std::string_view trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

/// "AB12" is column 28; 0 when there are no letters.
std::uint32_t columnOf(std::string_view reference)
{
    std::uint32_t column = 0;
    for (const char c : reference) {
        const char upper = static_cast<char>(c & ~0x20);
        if (upper < 'A' || upper > 'Z' || column > maxColumn)
            break;
        column = column * 26 + static_cast<std::uint32_t>(upper - 'A' + 1);
    }
    return column;
}

void appendUtf8(std::uint32_t code, std::string &to)
{
    if (code < 0x80) {
        to += static_cast<char>(code);
    } else if (code < 0x800) {
        to += static_cast<char>(0xC0 | (code >> 6));
        to += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        to += static_cast<char>(0xE0 | (code >> 12));
        to += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        to += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        to += static_cast<char>(0xF0 | (code >> 18));
        to += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        to += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        to += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// The code unit of an escape at `at`, or nothing.
std::optional<std::uint32_t> escapedUnit(std::string_view text, std::size_t at)
{
    std::uint32_t unit = 0;
    if (text.size() - at < 7 || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_')
        return std::nullopt;
    const auto result = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
    if (result.ec != std::errc() || result.ptr != text.data() + at + 6)
        return std::nullopt;
    return unit;
}

} // namespace

void appendUnescaped(std::string_view text, std::string &to)
{
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t next = std::min(text.find("_x", i), text.size());
        to += text.substr(i, next - i);
        i = next;
        if (i == text.size())
            return;
        auto unit = escapedUnit(text, i);
        if (!unit) {
            to += text[i++];
            continue;
        }
        i += 7;
        if (*unit >= 0xD800 && *unit < 0xDC00) {
            if (const auto low = escapedUnit(text, std::min(i, text.size())); low && *low >= 0xDC00 && *low < 0xE000) {
                unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
                i += 7;
            }
        }
        // A lone half of a pair is no character.
        appendUtf8(*unit >= 0xD800 && *unit < 0xE000 ? 0xFFFD : *unit, to);
    }
}

XlsxSheetRows::XlsxSheetRows(std::unique_ptr<ZipPart> part, const XlsxWorkbook::Book &book)
    : m_book(book)
    , m_xml(std::move(part), *this)
{}

Result<bool> XlsxSheetRows::next(SheetRow &row)
{
    m_row = &row;
    return m_xml.advance();
}

std::int64_t XlsxSheetRows::bytesRead() const
{
    return static_cast<std::int64_t>(m_xml.part().bytesRead());
}

void XlsxSheetRows::startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes)
{
    if (m_inCell) {
        if (name == "v")
            m_collecting = true;
        else if (name == "is")
            m_inInline = true;
        else if (name == "rPh")
            m_inPhonetic = true;
        else if (name == "t")
            m_collecting = m_inInline && !m_inPhonetic;
    } else if (m_inRow && name == "c") {
        startCell(part, attributes);
    } else if (name == "row") {
        std::int64_t number = 0;
        m_rowNumber = parsed(trimmed(attributes.value("r")), number) ? number : m_rowNumber + 1;
        if (m_rowNumber < 1 || m_rowNumber > maxRow) {
            part.fail(workbook_errors::damaged(QStringLiteral("row %1").arg(m_rowNumber)));
            return;
        }
        m_inRow = true;
        m_column = 0;
        m_row->reset(m_rowNumber);
    }
}

void XlsxSheetRows::startCell(XmlPart &part, const XmlAttributes &attributes)
{
    const std::uint32_t column = columnOf(attributes.value("r"));
    m_column = column > 0 ? column : m_column + 1;
    if (m_column > maxColumn) {
        part.fail(workbook_errors::damaged(QStringLiteral("a cell beyond the last column")));
        return;
    }
    m_style = 0;
    if (!parsed(attributes.value("s"), m_style))
        m_style = 0;
    const std::string_view type = attributes.value("t");
    if (type.empty() || type == "n")
        m_type = CellType::Number;
    else if (type == "s")
        m_type = CellType::SharedString;
    else if (type == "b")
        m_type = CellType::Boolean;
    else if (type == "d")
        m_type = CellType::IsoDate;
    else
        m_type = CellType::Text;
    m_inCell = true;
    m_inInline = false;
    m_inPhonetic = false;
    m_collecting = false;
    m_value.clear();
}

void XlsxSheetRows::endElement(XmlPart &part, std::string_view name)
{
    if (m_inCell) {
        m_collecting = false;
        if (name == "is")
            m_inInline = false;
        else if (name == "rPh")
            m_inPhonetic = false;
        else if (name == "c")
            endCell(part);
    } else if (m_inRow && name == "row") {
        m_inRow = false;
        part.pause();
    }
}

void XlsxSheetRows::text(XmlPart &part, std::string_view utf8)
{
    if (!m_collecting)
        return;
    m_value += utf8;
    if (m_value.size() > SharedStrings::maxTextBytes)
        part.fail(workbook_errors::tooLarge(QStringLiteral("an endless text in row %1").arg(m_rowNumber)));
}

void XlsxSheetRows::endCell(XmlPart &part)
{
    m_inCell = false;
    if (m_value.empty())
        return;
    const std::uint32_t column = m_column - 1;
    switch (m_type) {
    case CellType::SharedString: {
        std::size_t index = 0;
        if (!parsed(trimmed(m_value), index) || index >= m_book.strings.size()) {
            part.fail(workbook_errors::damaged(QStringLiteral("row %1: no shared string %2")
                                                   .arg(m_rowNumber)
                                                   .arg(QString::fromUtf8(m_value.substr(0, 20)))));
            return;
        }
        const std::string_view text = m_book.strings[index];
        if (!text.empty())
            m_row->add(column, text);
        break;
    }
    case CellType::Boolean:
        m_row->add(column, trimmed(m_value) == "0" || trimmed(m_value) == "false" ? "FALSE" : "TRUE");
        break;
    case CellType::IsoDate:
        m_row->add(column, tidyIsoText(trimmed(m_value)));
        break;
    case CellType::Text:
        m_unescaped.clear();
        appendUnescaped(m_value, m_unescaped);
        m_row->add(column, m_unescaped);
        break;
    case CellType::Number:
        addNumber();
        break;
    }
    if (m_row->isTooLarge())
        part.fail(workbook_errors::tooLarge(QStringLiteral("row %1").arg(m_rowNumber)));
}

void XlsxSheetRows::addNumber()
{
    const std::uint32_t column = m_column - 1;
    const std::string_view written = trimmed(m_value);
    const NumberKind kind = m_style < m_book.styles.size() ? m_book.styles[m_style] : NumberKind::Number;
    if (kind != NumberKind::Number) {
        double serial = 0;
        if (parsed(written, serial)) {
            if (const auto date = serialText(serial, kind, m_book.from1904)) {
                m_row->add(column, *date);
                return;
            }
        }
    }
    m_row->add(column, numberText(written));
}

} // namespace idstore
