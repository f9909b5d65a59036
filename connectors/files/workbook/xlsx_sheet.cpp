// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace idstore {

namespace {

constexpr std::int64_t maxRow = 1 << 24;
constexpr std::uint32_t maxColumn = 1 << 15;
constexpr std::string_view dataStart = "<sheetData>";
constexpr std::string_view rowEnd = "</row>";
/// A longer one is left to the parser, which keeps less of it.
constexpr std::size_t longestScannedRow = 8 * 1024 * 1024;

template <typename Number>
bool parsed(std::string_view text, Number &number)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
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

/// Whether a document, by its first bytes, is XML in UTF-8.
bool isPlainUtf8(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF"))
        head.remove_prefix(3);
    if (!head.starts_with("<?xml"))
        return head.starts_with('<');
    const std::string_view declaration = head.substr(0, head.find("?>"));
    return declaration.find("encoding") == std::string_view::npos ||
           declaration.find("UTF-8") != std::string_view::npos || declaration.find("utf-8") != std::string_view::npos;
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
    , m_part(std::move(part))
    , m_xml(*this)
{}

std::int64_t XlsxSheetRows::bytesRead() const
{
    return m_part.bytesRead();
}

Result<bool> XlsxSheetRows::next(SheetRow &row)
{
    m_row = &row;
    if (m_size == 0 && !m_allRead) {
        IDS_CHECK(readMore());
        m_isPlain = isPlainUtf8(window());
    }
    IDS_TRY(paused, m_xml.advance());
    if (paused)
        return true;
    while (!m_fed) {
        if (m_isPlain && m_inSheetData && m_openInSheetData == 0 && m_xml.hasTakenAll()) {
            IDS_TRY(taken, takeScannedRow());
            if (taken)
                return true;
        }
        IDS_TRY(ended, feedParser());
        if (ended)
            return true;
    }
    return false;
}

Result<void> XlsxSheetRows::readMore()
{
    m_text.erase(0, m_from);
    m_size -= std::exchange(m_from, 0);
    // As much again as there is, so that a long row is not gone through too often.
    const std::size_t wanted = std::max<std::size_t>(m_size * 2, m_size + 1);
    while (m_size < wanted && !m_allRead) {
        IDS_TRY(block, m_part.next());
        m_text.resize(m_size);
        m_text += block;
        m_size = m_text.size();
        m_allRead = block.empty();
    }
    m_text.resize(m_size + scannerPadding);
    return {};
}

Result<bool> XlsxSheetRows::takeScannedRow()
{
    std::size_t length = 0;
    RowScan outcome = scanSheetRow(window(), m_scanned, length);
    while (outcome == RowScan::Incomplete && !m_allRead && m_size - m_from < longestScannedRow) {
        IDS_CHECK(readMore());
        outcome = scanSheetRow(window(), m_scanned, length);
    }
    if (outcome != RowScan::Taken)
        return false;
    if (auto error = startRow(m_scanned.number))
        return *std::move(error);
    for (const ScannedRow::Cell &cell : m_scanned.cells) {
        if (auto error = startCell(cell.reference, cell.style, cell.type))
            return *std::move(error);
        std::string_view value = cell.value;
        if (cell.hasEntities) {
            m_value.clear();
            appendWithoutEntities(value, m_value);
            value = m_value;
        }
        if (auto error = addValue(value))
            return *std::move(error);
    }
    m_from += length;
    return true;
}

Result<bool> XlsxSheetRows::feedParser()
{
    const std::string_view mark = m_inSheetData ? rowEnd : dataStart;
    std::size_t length = window().find(mark);
    while (length == std::string_view::npos && !m_allRead && m_size - m_from < mark.size()) {
        IDS_CHECK(readMore());
        length = window().find(mark);
    }
    bool last = false;
    if (length != std::string_view::npos) {
        length += mark.size();
    } else {
        // Half a mark may stand at the end.
        last = m_allRead;
        length = last ? m_size - m_from : m_size - m_from - (mark.size() - 1);
    }
    const std::string_view text = window().substr(0, length);
    m_from += length;
    m_fed = last;
    return m_xml.feed(text, last);
}

void XlsxSheetRows::startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes)
{
    if (m_inSheetData)
        ++m_openInSheetData;
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
        m_inCell = true;
        m_inInline = false;
        m_inPhonetic = false;
        m_collecting = false;
        m_value.clear();
        if (auto error = startCell(attributes.value("r"), attributes.value("s"), attributes.value("t")))
            part.fail(*std::move(error));
    } else if (name == "row") {
        m_inRow = true;
        if (auto error = startRow(attributes.value("r")))
            part.fail(*std::move(error));
    } else if (name == "sheetData" && !m_inSheetData) {
        m_inSheetData = true;
        m_openInSheetData = 0;
    }
}

void XlsxSheetRows::endElement(XmlPart &part, std::string_view name)
{
    if (m_inSheetData && m_openInSheetData-- == 0)
        m_inSheetData = false;
    if (m_inCell) {
        m_collecting = false;
        if (name == "is") {
            m_inInline = false;
        } else if (name == "rPh") {
            m_inPhonetic = false;
        } else if (name == "c") {
            m_inCell = false;
            if (auto error = addValue(m_value))
                part.fail(*std::move(error));
        }
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

std::optional<Error> XlsxSheetRows::startRow(std::string_view number)
{
    std::int64_t written = 0;
    m_rowNumber = parsed(trimmed(number), written) ? written : m_rowNumber + 1;
    if (m_rowNumber < 1 || m_rowNumber > maxRow)
        return workbook_errors::damaged(QStringLiteral("row %1").arg(m_rowNumber));
    m_column = 0;
    m_row->reset(m_rowNumber);
    return std::nullopt;
}

std::optional<Error> XlsxSheetRows::startCell(std::string_view reference, std::string_view style, std::string_view type)
{
    const std::uint32_t column = columnOf(reference);
    m_column = column > 0 ? column : m_column + 1;
    if (m_column > maxColumn)
        return workbook_errors::damaged(QStringLiteral("a cell beyond the last column"));
    m_style = 0;
    if (!style.empty() && !parsed(style, m_style))
        m_style = 0;
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
    return std::nullopt;
}

std::optional<Error> XlsxSheetRows::addValue(std::string_view value)
{
    if (value.empty())
        return std::nullopt;
    if (value.size() > SharedStrings::maxTextBytes)
        return workbook_errors::tooLarge(QStringLiteral("an endless text in row %1").arg(m_rowNumber));
    const std::uint32_t column = m_column - 1;
    switch (m_type) {
    case CellType::SharedString: {
        std::size_t index = 0;
        if (!parsed(trimmed(value), index) || index >= m_book.strings.size()) {
            const QString shown = QString::fromUtf8(value.data(), std::min<qsizetype>(std::ssize(value), 20));
            return workbook_errors::damaged(QStringLiteral("row %1: no shared string %2").arg(m_rowNumber).arg(shown));
        }
        const std::string_view text = m_book.strings[index];
        if (!text.empty())
            m_row->add(column, text);
        break;
    }
    case CellType::Boolean:
        m_row->add(column, trimmed(value) == "0" || trimmed(value) == "false" ? "FALSE" : "TRUE");
        break;
    case CellType::IsoDate:
        m_row->add(column, tidyIsoText(trimmed(value)));
        break;
    case CellType::Text:
        m_unescaped.clear();
        appendUnescaped(value, m_unescaped);
        m_row->add(column, m_unescaped);
        break;
    case CellType::Number:
        addNumber(trimmed(value));
        break;
    }
    if (m_row->isTooLarge())
        return workbook_errors::tooLarge(QStringLiteral("row %1").arg(m_rowNumber));
    return std::nullopt;
}

void XlsxSheetRows::addNumber(std::string_view written)
{
    const std::uint32_t column = m_column - 1;
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
