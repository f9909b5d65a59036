// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/ods_sheet.h"

#include "connectors/files/workbook/number_format.h"
#include "connectors/files/workbook/shared_strings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace idstore {

namespace {

constexpr std::int64_t maxRow = 1 << 24;
constexpr std::uint32_t maxColumn = 1 << 15;

std::int64_t repeats(const XmlAttributes &attributes, std::string_view name)
{
    const std::string_view text = attributes.value(name);
    std::int64_t number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp<std::int64_t>(number, 1, maxRow);
}

/// "PT10H10M10.5S" (XML Schema duration without years and months) as 10:10:10.500; as it is when it is none.
std::string durationText(std::string_view duration)
{
    std::string_view rest = duration;
    const bool negative = rest.starts_with('-');
    rest.remove_prefix(negative ? 1 : 0);
    if (!rest.starts_with('P'))
        return std::string(duration);
    rest.remove_prefix(1);
    double seconds = 0;
    while (!rest.empty()) {
        if (rest.front() == 'T') {
            rest.remove_prefix(1);
            continue;
        }
        double number = 0;
        const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (parsed.ec != std::errc() || parsed.ptr == rest.data() + rest.size())
            return std::string(duration);
        const char unit = *parsed.ptr;
        rest.remove_prefix(static_cast<std::size_t>(parsed.ptr + 1 - rest.data()));
        switch (unit) {
        case 'D':
            seconds += number * 86400;
            break;
        case 'H':
            seconds += number * 3600;
            break;
        case 'M':
            seconds += number * 60;
            break;
        case 'S':
            seconds += number;
            break;
        default:
            return std::string(duration);
        }
    }
    const auto text = serialText((negative ? -seconds : seconds) / 86400, NumberKind::Elapsed, false);
    return text.value_or(std::string(duration));
}

} // namespace

OdsSheetRows::OdsSheetRows(std::unique_ptr<ZipPart> part, std::size_t sheet)
    : m_sheet(sheet)
    , m_xml(std::move(part), *this)
{}

Result<bool> OdsSheetRows::next(SheetRow &row)
{
    if (m_repeatsLeft == 0) {
        IDS_TRY(more, m_xml.advance());
        if (!more)
            return false;
        m_repeatsLeft = m_rowRepeats;
    }
    row = m_current;
    row.setNumber(m_rowNumber + m_rowRepeats - m_repeatsLeft);
    --m_repeatsLeft;
    return true;
}

std::int64_t OdsSheetRows::bytesRead() const
{
    return static_cast<std::int64_t>(m_xml.part().bytesRead());
}

void OdsSheetRows::startElement(XmlPart &, std::string_view name, const XmlAttributes &attributes)
{
    if (m_skippedDepth > 0) {
        ++m_skippedDepth;
    } else if (m_inCell) {
        startInCell(name, attributes);
    } else if (name == "table") {
        if (m_tableDepth++ == 0)
            ++m_tables;
    } else if (m_tableDepth == 1 && m_tables == m_sheet + 1) {
        if (name == "table-row")
            startRow(attributes);
        else if (m_inRow && (name == "table-cell" || name == "covered-table-cell"))
            startCell(attributes);
    }
}

void OdsSheetRows::startRow(const XmlAttributes &attributes)
{
    m_rowNumber += m_rowRepeats;
    m_rowRepeats = repeats(attributes, "number-rows-repeated");
    m_inRow = true;
    m_column = 0;
    m_cellRepeats = 0;
    m_current.reset(m_rowNumber);
}

void OdsSheetRows::startCell(const XmlAttributes &attributes)
{
    m_column += m_cellRepeats;
    m_cellRepeats =
        static_cast<std::uint32_t>(std::min<std::int64_t>(repeats(attributes, "number-columns-repeated"), maxColumn));
    m_inCell = true;
    m_inParagraph = false;
    m_hasParagraph = false;
    m_hasValue = true;
    m_value.clear();
    m_text.clear();
    const std::string_view type = attributes.value("value-type");
    if (type == "float" || type == "percentage" || type == "currency")
        m_value = numberText(attributes.value("value"));
    else if (type == "boolean")
        m_value = attributes.value("boolean-value") == "true" ? "TRUE" : "FALSE";
    else if (type == "date")
        m_value = tidyIsoText(attributes.value("date-value"));
    else if (type == "time")
        m_value = durationText(attributes.value("time-value"));
    else if (const char *text = attributes.find("string-value"))
        m_value = text;
    else
        m_hasValue = false;
}

void OdsSheetRows::startInCell(std::string_view name, const XmlAttributes &attributes)
{
    if (name == "p" || name == "h") {
        if (m_hasParagraph)
            append("\n");
        m_hasParagraph = true;
        m_inParagraph = true;
        m_spaceBefore = true;
    } else if (m_inParagraph && name == "s") {
        append(std::string(static_cast<std::size_t>(std::min<std::int64_t>(repeats(attributes, "c"), 32767)), ' '));
    } else if (m_inParagraph && name == "tab") {
        append("\t");
    } else if (m_inParagraph && name == "line-break") {
        append("\n");
    } else if (name == "annotation" || name == "table" || name == "frame" || name == "shapes" || name == "ruby-text") {
        m_skippedDepth = 1;
    }
}

void OdsSheetRows::append(std::string_view text)
{
    if (m_text.size() <= SharedStrings::maxTextBytes)
        m_text += text;
}

void OdsSheetRows::endElement(XmlPart &part, std::string_view name)
{
    if (m_skippedDepth > 0) {
        --m_skippedDepth;
    } else if (m_inCell) {
        if (name == "table-cell" || name == "covered-table-cell")
            endCell(part);
        else if (name == "p" || name == "h")
            m_inParagraph = false;
    } else if (name == "table") {
        --m_tableDepth;
    } else if (m_inRow && name == "table-row") {
        m_inRow = false;
        if (m_rowNumber + m_rowRepeats > 2 * maxRow) {
            part.fail(workbook_errors::tooLarge(QStringLiteral("rows without end")));
            return;
        }
        // Sheets end in a million empty rows, written as one.
        if (!m_current.cells().empty())
            part.pause();
    }
}

void OdsSheetRows::text(XmlPart &part, std::string_view utf8)
{
    if (m_skippedDepth > 0 || !m_inParagraph)
        return;
    // White space collapses as in OpenDocument 6.1.2; <text:s/> stands for what is to be kept.
    for (const char c : utf8) {
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!(space && m_spaceBefore))
            m_text += space ? ' ' : c;
        m_spaceBefore = space;
    }
    if (m_text.size() > SharedStrings::maxTextBytes)
        part.fail(workbook_errors::tooLarge(QStringLiteral("an endless text in row %1").arg(m_rowNumber)));
}

void OdsSheetRows::endCell(XmlPart &part)
{
    m_inCell = false;
    const std::string_view value = m_hasValue ? m_value : m_text;
    if (value.empty())
        return;
    if (m_column + m_cellRepeats > maxColumn) {
        part.fail(workbook_errors::damaged(QStringLiteral("a cell beyond the last column")));
        return;
    }
    for (std::uint32_t i = 0; i < m_cellRepeats && !m_current.isTooLarge(); ++i)
        m_current.add(m_column + i, value);
    if (m_current.isTooLarge())
        part.fail(workbook_errors::tooLarge(QStringLiteral("row %1").arg(m_rowNumber)));
}

} // namespace idstore
