// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/row_json.h"

namespace idstore {

namespace {

void append(std::string &json, std::string_view text)
{
    constexpr char digits[] = "0123456789abcdef";
    constexpr unsigned char firstPrintable = 0x20;
    json += '"';
    for (const char each : text) {
        if (each == '"' || each == '\\') {
            json += '\\';
            json += each;
        } else if (static_cast<unsigned char>(each) < firstPrintable) {
            json += "\\u00";
            json += digits[static_cast<unsigned char>(each) >> 4U];
            json += digits[static_cast<unsigned char>(each) & 0xFU];
        } else {
            json += each;
        }
    }
    json += '"';
}

} // namespace

std::string jsonText(std::string_view text)
{
    std::string json;
    append(json, text);
    return json;
}

std::string rowJson(const std::vector<std::string> &names, const SqliteStatement &row, int first)
{
    std::string json = "{";
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (column > 0)
            json += ',';
        json += names[column];
        json += ':';
        if (const auto text = row.text(first + static_cast<int>(column)))
            append(json, *text);
        else
            json += "null";
    }
    json += '}';
    return json;
}

} // namespace idstore
