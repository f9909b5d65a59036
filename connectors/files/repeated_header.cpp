// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/repeated_header.h"

#include "connectors/files/cell_kind.h"

#include <algorithm>

namespace idstore {

RepeatedHeader::RepeatedHeader(std::vector<std::string> names)
    : m_names(std::move(names))
{
    // One word says little, and blank names nothing.
    const auto blank = [](const std::string &name) { return cellKind(name) == CellKind::Empty; };
    if (m_names.size() < 2 || std::ranges::all_of(m_names, blank))
        m_names.clear();
}

RepeatedHeader::Line RepeatedHeader::look(const std::vector<CsvField> &fields, std::size_t fieldCount) const
{
    if (m_names.empty())
        return Line::Row;
    if (fieldCount == m_names.size()) {
        const bool same = std::equal(fields.begin(), fields.end(), m_names.begin(), m_names.end(),
                                     [](const CsvField &field, const std::string &name) { return field.text == name; });
        return same ? Line::SameHeader : Line::Row;
    }
    if (fieldCount < 2)
        return Line::Row;
    std::size_t known = 0;
    for (const CsvField &field : fields) {
        const CellKind kind = cellKind(field.text);
        if (kind == CellKind::Empty || isDataKind(kind))
            return Line::Row;
        if (std::ranges::find(m_names, field.text) != m_names.end())
            ++known;
    }
    return known >= 2 && known * 2 >= fieldCount ? Line::OtherHeader : Line::Row;
}

} // namespace idstore
