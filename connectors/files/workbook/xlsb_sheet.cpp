// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsb_sheet.h"

#include "connectors/files/workbook/binary_cells.h"

namespace idstore {

namespace {

constexpr std::int64_t maxRow = 1 << 24;
constexpr std::uint32_t maxColumn = 1 << 15;

// [MS-XLSB] 2.3.2.
enum Record : unsigned {
    RowHeader = 0,
    CellBlank = 1,
    CellPacked = 2,
    CellError = 3,
    CellBool = 4,
    CellReal = 5,
    CellText = 6,
    CellSharedText = 7,
    FormulaText = 8,
    FormulaNumber = 9,
    FormulaBool = 10,
    FormulaError = 11,
    CellRichText = 62,
    SheetEnd = 130,
    DataBegin = 145,
    DataEnd = 146,
};

} // namespace

XlsbSheetRows::XlsbSheetRows(std::unique_ptr<ZipPart> part, const XlsbWorkbook::Book &book)
    : m_book(book)
    , m_records(std::move(part))
{}

std::int64_t XlsbSheetRows::bytesRead() const
{
    return static_cast<std::int64_t>(m_records.part().bytesRead());
}

Result<bool> XlsbSheetRows::next(SheetRow &row)
{
    row.reset(m_nextRow);
    while (!m_ended) {
        IDS_TRY(more, m_records.next());
        if (!more)
            return workbook_errors::damaged(QStringLiteral("a sheet without its end"));
        const unsigned type = m_records.type();
        if (type == SheetEnd) {
            m_ended = true;
        } else if (type == DataBegin) {
            m_inData = true;
        } else if (type == DataEnd) {
            m_inData = false;
        } else if (m_inData && type == RowHeader) {
            const std::int64_t before = m_nextRow;
            m_nextRow = std::int64_t(m_records.u32()) + 1;
            if (m_nextRow > maxRow)
                return workbook_errors::damaged(QStringLiteral("row %1").arg(m_nextRow));
            if (before > 0)
                return true;
            row.reset(m_nextRow);
        } else if (m_inData && m_nextRow > 0 && (type <= FormulaError || type == CellRichText)) {
            IDS_CHECK(addCell(row));
        }
    }
    // The last row has no other behind it.
    return std::exchange(m_nextRow, 0) > 0;
}

Result<void> XlsbSheetRows::addCell(SheetRow &row)
{
    const std::uint32_t column = m_records.u32();
    const std::size_t style = m_records.u32() & 0xFF'FFFF;
    if (column >= maxColumn)
        return workbook_errors::damaged(QStringLiteral("a cell beyond the last column"));
    switch (m_records.type()) {
    case CellPacked:
        addNumber(row, column, style, unpackedNumber(m_records.u32()));
        break;
    case CellReal:
    case FormulaNumber:
        addNumber(row, column, style, m_records.real());
        break;
    case CellError:
    case FormulaError:
        row.add(column, cellErrorText(m_records.u8()));
        break;
    case CellBool:
    case FormulaBool:
        row.add(column, m_records.u8() != 0 ? "TRUE" : "FALSE");
        break;
    case CellRichText:
        m_records.u8();
        addText(row, column);
        break;
    case CellText:
    case FormulaText:
        addText(row, column);
        break;
    case CellSharedText: {
        const std::uint32_t index = m_records.u32();
        if (index >= m_book.strings.size())
            return workbook_errors::damaged(QStringLiteral("no shared string %1").arg(index));
        if (const std::string_view text = m_book.strings[index]; !text.empty())
            row.add(column, text);
        break;
    }
    default:
        break;
    }
    if (row.isTooLarge())
        return workbook_errors::tooLarge(QStringLiteral("row %1").arg(row.number()));
    return {};
}

void XlsbSheetRows::addText(SheetRow &row, std::uint32_t column)
{
    m_text.clear();
    m_records.text(m_text);
    if (!m_text.empty())
        row.add(column, m_text);
}

void XlsbSheetRows::addNumber(SheetRow &row, std::uint32_t column, std::size_t style, double number)
{
    const NumberKind kind = style < m_book.styles.size() ? m_book.styles[style] : NumberKind::Number;
    if (const auto date = serialText(number, kind, m_book.from1904))
        row.add(column, *date);
    else
        row.add(column, numberText(number));
}

} // namespace idstore
