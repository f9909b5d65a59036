// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/xml/xml_attributes.h"

namespace idstore {

std::string_view localXmlName(const char *name)
{
    const std::string_view whole(name);
    const auto colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

const char *XmlAttributes::find(std::string_view name) const
{
    for (const char **pair = m_list; *pair; pair += 2) {
        if (localXmlName(pair[0]) == name)
            return pair[1];
    }
    return nullptr;
}

} // namespace idstore
