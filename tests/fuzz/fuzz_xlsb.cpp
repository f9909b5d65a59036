// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all, cut at "|part|", as the sheet, the shared strings, the styles and the workbook of an .xlsb.
#include "fuzz_input.h"

using namespace idstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto parts = fuzz::partsOf(std::string_view(reinterpret_cast<const char *>(data), size), 4);
    // BrtBundleSh of a visible sheet "A" with the relationship "a", and the end of the sheets.
    constexpr std::string_view workbook("\x9C\x01\x14\0\0\0\0\x01\0\0\0\x01\0\0\0a\0\x01\0\0\0A\0\x90\x01\0", 26);
    fuzz::readWorkbook(fuzz::asArchive({
        {"_rels/.rels", "<R><Relationship Id=\"a\" Type=\"/officeDocument\" Target=\"xl/workbook.bin\"/></R>"},
        {"xl/workbook.bin", parts[3].empty() ? workbook : parts[3]},
        {"xl/_rels/workbook.bin.rels", "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.bin\"/>"
                                       "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"b.bin\"/>"
                                       "<Relationship Id=\"c\" Type=\"/styles\" Target=\"c.bin\"/></R>"},
        {"xl/a.bin", parts[0]},
        {"xl/b.bin", parts[1]},
        {"xl/c.bin", parts[2]},
    }));
    return 0;
}
