// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as an .xlsx: as the file itself, or, cut at "|part|", as the sheet, the shared strings, the styles
// and the workbook inside one.
#include "fuzz_input.h"

using namespace idstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    if (bytes.starts_with("PK")) {
        fuzz::readWorkbook(fuzz::asFile(bytes));
        return 0;
    }
    const auto parts = fuzz::partsOf(bytes, 4);
    constexpr std::string_view workbook = "<workbook><sheets><sheet name=\"A\" r:id=\"a\"/></sheets></workbook>";
    fuzz::readWorkbook(fuzz::asArchive({
        {"xl/workbook.xml", parts[3].empty() ? workbook : parts[3]},
        {"xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/>"
                                       "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"b.xml\"/>"
                                       "<Relationship Id=\"c\" Type=\"/styles\" Target=\"c.xml\"/></R>"},
        {"xl/a.xml", parts[0]},
        {"xl/b.xml", parts[1].empty() ? "<sst/>" : parts[1]},
        {"xl/c.xml", parts[2].empty() ? "<styleSheet/>" : parts[2]},
    }));
    return 0;
}
