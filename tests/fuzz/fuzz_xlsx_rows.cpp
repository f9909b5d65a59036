// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as the rows of a worksheet: whether they are scanned by hand or go through the XML parser, the same
// comes out.
#include "fuzz_input.h"

#include "connectors/files/workbook/open_workbook.h"

using namespace idstore;

namespace {

/// Every row with its number and cells, or the error that ended them.
std::string read(std::string_view rows, std::string_view dataTag)
{
    std::string sheet("<worksheet>");
    sheet.append(dataTag).append(rows).append("</sheetData></worksheet>");
    const auto workbook = openWorkbook(fuzz::asArchive({
        {"xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" r:id=\"a\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/>"
                                       "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"b.xml\"/>"
                                       "<Relationship Id=\"c\" Type=\"/styles\" Target=\"c.xml\"/></R>"},
        {"xl/a.xml", sheet},
        {"xl/b.xml", "<sst><si><t>zero</t></si><si><t>one</t></si></sst>"},
        {"xl/c.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    }));
    fuzz::require(workbook.ok());
    const auto sheetRows = (*workbook)->rows(0);
    fuzz::require(sheetRows.ok());
    std::string all;
    SheetRow row;
    while (true) {
        const auto more = (*sheetRows)->next(row);
        if (!more)
            return all + more.error().code.toStdString();
        if (!*more)
            return all;
        all += std::to_string(row.number()) + ':';
        for (const SheetRow::Cell &cell : row.cells())
            all.append(std::to_string(cell.column)).append("[").append(row.text(cell)).append("]");
        all += '\n';
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view rows(reinterpret_cast<const char *>(data), size);
    // What the scanner looks for; the parser alone is made to work by not giving it.
    if (rows.find("<sheetData>") == std::string_view::npos)
        fuzz::require(read(rows, "<sheetData>") == read(rows, "<sheetData >"));
    return 0;
}
