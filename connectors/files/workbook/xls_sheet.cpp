// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xls_sheet.h"

#include "connectors/files/workbook/binary_cells.h"

#include <bit>

namespace idstore {

namespace {

bool isCell(Biff type)
{
    switch (type) {
    case Biff::Formula:
    case Biff::MulRk:
    case Biff::RString:
    case Biff::LabelSst:
    case Biff::Number:
    case Biff::Label:
    case Biff::BoolErr:
    case Biff::Rk:
        return true;
    default:
        return false;
    }
}

} // namespace

XlsSheetRows::XlsSheetRows(ByteSource &stream, std::uint64_t offset, const XlsWorkbook::Book &book)
    : m_book(book)
    , m_records(stream, offset)
    , m_offset(offset)
{}

std::int64_t XlsSheetRows::bytesRead() const
{
    return static_cast<std::int64_t>(m_records.position() - m_offset);
}

Result<void> XlsSheetRows::begin()
{
    IDS_TRY(more, m_records.next());
    if (!more || m_records.type() != Biff::Bof)
        return workbook_errors::damaged(QStringLiteral("no sheet at %1").arg(m_offset));
    m_begun = true;
    m_depth = 1;
    return {};
}

Result<bool> XlsSheetRows::advance()
{
    while (m_depth > 0) {
        IDS_TRY(more, m_records.next());
        if (!more)
            return workbook_errors::damaged(QStringLiteral("a sheet without its end"));
        if (m_records.type() == Biff::Bof) {
            ++m_depth;
        } else if (m_records.type() == Biff::Eof) {
            --m_depth;
        } else if (m_depth == 1 && isCell(m_records.type())) {
            m_cellRow = m_records.u16();
            m_atCell = true;
            return true;
        }
    }
    return false;
}

Result<bool> XlsSheetRows::next(SheetRow &row)
{
    if (!m_begun)
        IDS_CHECK(begin());
    if (!m_atCell) {
        IDS_TRY(more, advance());
        if (!more)
            return false;
    }
    const std::uint32_t number = m_cellRow;
    row.reset(std::int64_t(number) + 1);
    while (m_atCell && m_cellRow == number) {
        m_atCell = false;
        IDS_CHECK(addCell(row));
        if (row.isTooLarge())
            return workbook_errors::tooLarge(QStringLiteral("row %1").arg(number + 1));
        IDS_CHECK(advance());
    }
    if (m_atCell && m_cellRow < number)
        return workbook_errors::damaged(QStringLiteral("row %1 after row %2").arg(m_cellRow + 1).arg(number + 1));
    return true;
}

void XlsSheetRows::readText(std::string &utf8)
{
    const std::size_t length = m_records.u16();
    if (m_book.unicode)
        m_records.unicodeText(length, utf8);
    else
        m_records.byteText(length, *m_book.codePage, utf8);
}

Result<void> XlsSheetRows::addCell(SheetRow &row)
{
    const Biff type = m_records.type();
    std::uint32_t column = m_records.u16();
    if (type == Biff::MulRk) {
        constexpr std::size_t cellBytes = 6;
        constexpr std::size_t lastColumnBytes = 2;
        while (m_records.remaining() >= cellBytes + lastColumnBytes) {
            const unsigned style = m_records.u16();
            addNumber(row, column++, style, unpackedNumber(m_records.u32()));
        }
        return {};
    }
    const unsigned style = m_records.u16();
    switch (type) {
    case Biff::Number:
        addNumber(row, column, style, m_records.real());
        break;
    case Biff::Rk:
        addNumber(row, column, style, unpackedNumber(m_records.u32()));
        break;
    case Biff::BoolErr: {
        const unsigned value = m_records.u8();
        const bool error = m_records.u8() != 0;
        row.add(column, error ? cellErrorText(value) : value ? "TRUE" : "FALSE");
        break;
    }
    case Biff::LabelSst: {
        const std::uint32_t index = m_records.u32();
        if (index >= m_book.strings.size())
            return workbook_errors::damaged(QStringLiteral("no shared string %1").arg(index));
        if (const std::string_view text = m_book.strings[index]; !text.empty())
            row.add(column, text);
        break;
    }
    case Biff::Formula:
        return addFormula(row, column, style);
    default:
        m_text.clear();
        readText(m_text);
        if (!m_text.empty())
            row.add(column, m_text);
        break;
    }
    return {};
}

void XlsSheetRows::addNumber(SheetRow &row, std::uint32_t column, unsigned style, double number)
{
    const NumberKind kind = style < m_book.styles.size() ? m_book.styles[style] : NumberKind::Number;
    if (const auto date = serialText(number, kind, m_book.from1904))
        row.add(column, *date);
    else
        row.add(column, numberText(number));
}

Result<void> XlsSheetRows::addFormula(SheetRow &row, std::uint32_t column, unsigned style)
{
    const double number = m_records.real();
    const auto bits = std::bit_cast<std::uint64_t>(number);
    if ((bits >> 48) != 0xFFFF) {
        addNumber(row, column, style, number);
        return {};
    }
    // Not a number: the first byte says what, the third has the value ([MS-XLS] 2.5.133).
    const unsigned value = (bits >> 16) & 0xFF;
    switch (bits & 0xFF) {
    case 0:
        return addFormulaText(row, column);
    case 1:
        row.add(column, value ? "TRUE" : "FALSE");
        break;
    case 2:
        row.add(column, cellErrorText(value));
        break;
    default:
        break;
    }
    return {};
}

Result<void> XlsSheetRows::addFormulaText(SheetRow &row, std::uint32_t column)
{
    // Between a formula and its text there are at most records of an array or shared formula.
    constexpr int mostBetween = 4;
    for (int i = 0; i < mostBetween; ++i) {
        BiffRecords ahead = m_records;
        IDS_TRY(more, ahead.next());
        if (!more || isCell(ahead.type()) || ahead.type() == Biff::Eof || ahead.type() == Biff::Bof)
            return {};
        IDS_CHECK(m_records.next());
        if (m_records.type() != Biff::String)
            continue;
        m_text.clear();
        readText(m_text);
        if (!m_text.empty())
            row.add(column, m_text);
        return {};
    }
    return {};
}

} // namespace idstore
