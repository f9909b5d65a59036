// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace idstore {

/// A name without its namespace prefix.
[[nodiscard]] std::string_view localXmlName(const char *name);

/// The attributes of the element that has just started; valid during that call. Names without their namespace prefix:
/// transitional and strict documents differ in nothing else.
class XmlAttributes
{
public:
    /// As expat passes them: names and values in turn, ended by a null.
    explicit XmlAttributes(const char **list)
        : m_list(list)
    {}
    /// Null when there is none of this name.
    [[nodiscard]] const char *find(std::string_view name) const;
    /// Empty when there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const
    {
        const char *found = find(name);
        return found ? std::string_view(found) : std::string_view();
    }

private:
    const char **m_list;
};

} // namespace idstore
