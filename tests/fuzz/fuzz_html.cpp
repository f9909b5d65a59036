// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as a web page with tables.
#include "fuzz_input.h"

#include <string>

using namespace idstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string page = "<html>" + std::string(reinterpret_cast<const char *>(data), size);
    fuzz::readWorkbook(fuzz::asFile(page));
    return 0;
}
