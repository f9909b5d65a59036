// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/object_selection.h"

#include <algorithm>

namespace idstore::cloud {

ObjectSelection::ObjectSelection(const QString &prefix, const QString &pattern)
    : m_prefix(prefix)
    , m_folderLength(prefix.lastIndexOf(u'/') + 1)
    , m_pattern(pattern)
{}

bool ObjectSelection::contains(const ObjectEntry &object) const
{
    return !object.name.endsWith(u'/') && object.name.startsWith(m_prefix) &&
           m_pattern.matches(object.name.mid(m_folderLength));
}

std::vector<ObjectEntry> ObjectSelection::selected(std::vector<ObjectEntry> objects) const
{
    std::erase_if(objects, [this](const ObjectEntry &object) { return !contains(object); });
    std::sort(objects.begin(), objects.end(),
              [](const ObjectEntry &a, const ObjectEntry &b) { return a.name < b.name; });
    return objects;
}

const ObjectEntry *newest(const std::vector<ObjectEntry> &objects)
{
    const auto older = [](const ObjectEntry &a, const ObjectEntry &b) {
        if (a.lastModified.isValid() != b.lastModified.isValid())
            return b.lastModified.isValid();
        if (a.lastModified != b.lastModified)
            return a.lastModified < b.lastModified;
        return a.name < b.name;
    };
    const auto found = std::max_element(objects.begin(), objects.end(), older);
    return found == objects.end() ? nullptr : &*found;
}

} // namespace idstore::cloud
