// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/export_writer.h"

#include "models/domain/typed_value.h"

namespace idstore {

namespace {

void append(QByteArray &out, std::string_view text)
{
    out.append(text.data(), static_cast<qsizetype>(text.size()));
}

void appendCsvCell(QByteArray &out, std::string_view text)
{
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        append(out, text);
        return;
    }
    out.append('"');
    for (;;) {
        const std::size_t quote = text.find('"');
        if (quote == std::string_view::npos)
            break;
        append(out, text.substr(0, quote + 1));
        out.append('"');
        text.remove_prefix(quote + 1);
    }
    append(out, text);
    out.append('"');
}

template <typename AppendValue>
void appendObject(QByteArray &out, const std::vector<QByteArray> &names, const std::vector<CellView> &cells,
                  const AppendValue &appendValue)
{
    out.append('{');
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            out.append(',');
        out.append(names[i]);
        out.append(':');
        if (cells[i])
            appendValue(i);
        else
            out.append("null");
    }
    out.append("}\n");
}

} // namespace

void appendCsvRow(QByteArray &out, const std::vector<CellView> &cells)
{
    bool first = true;
    for (const CellView &cell : cells) {
        if (!first)
            out.append(',');
        first = false;
        if (cell)
            appendCsvCell(out, *cell);
    }
    out.append("\r\n");
}

void appendNdjsonRow(QByteArray &out, const std::vector<QByteArray> &names, const std::vector<CellView> &cells)
{
    appendObject(out, names, cells, [&](std::size_t i) { appendJsonString(out, *cells[i]); });
}

void appendTypedNdjsonRow(QByteArray &out, const std::vector<QByteArray> &names, const Columns &columns,
                          const std::vector<CellView> &cells)
{
    std::string typed;
    appendObject(out, names, cells, [&](std::size_t i) {
        const Column &column = columns.at(static_cast<qsizetype>(i));
        typed.clear();
        if (appendTypedJson(typed, *cells[i], column.type, column.dateOrder))
            append(out, typed);
        else
            appendJsonString(out, *cells[i]);
    });
}

void appendJsonString(QByteArray &out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.append('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (byte >= 0x20) {
            out.append(c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (c == '\t') {
            out.append("\\t");
        } else {
            out.append("\\u00").append(hex[byte >> 4]).append(hex[byte & 0xF]);
        }
    }
    out.append('"');
}

} // namespace idstore
