// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as the content of an OpenDocument spreadsheet.
#include "fuzz_input.h"

using namespace idstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::readWorkbook(fuzz::asArchive({
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml", std::string_view(reinterpret_cast<const char *>(data), size)},
    }));
    return 0;
}
