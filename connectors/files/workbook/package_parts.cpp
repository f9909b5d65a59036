// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/package_parts.h"

#include "connectors/files/workbook/xml_part.h"

#include <algorithm>

namespace idstore {

namespace {

/// A target as it stands next to the part that names it. Only ever a name to look up, so ".." goes nowhere.
std::string resolved(std::string_view part, std::string target)
{
    std::ranges::replace(target, '\\', '/');
    std::string path;
    if (!target.starts_with('/')) {
        const auto slash = part.rfind('/');
        path = slash == std::string_view::npos ? std::string() : std::string(part.substr(0, slash));
    }
    std::size_t from = 0;
    while (from <= target.size()) {
        const std::size_t to = std::min(target.find('/', from), target.size());
        const std::string_view step = std::string_view(target).substr(from, to - from);
        from = to + 1;
        if (step == "..") {
            const auto slash = path.rfind('/');
            path.resize(slash == std::string::npos ? 0 : slash);
        } else if (!step.empty() && step != ".") {
            if (!path.empty())
                path += '/';
            path += step;
        }
    }
    return path;
}

class RelationshipsHandler final : public XmlHandler
{
public:
    explicit RelationshipsHandler(std::string_view part)
        : m_part(part)
    {}

    void startElement(XmlPart &, std::string_view name, const XmlAttributes &attributes) override
    {
        if (name != "Relationship" || attributes.value("TargetMode") == "External")
            return;
        const std::string_view type = attributes.value("Type");
        found.push_back({std::string(attributes.value("Id")), std::string(type.substr(type.rfind('/') + 1)),
                         resolved(m_part, std::string(attributes.value("Target")))});
    }
    void endElement(XmlPart &, std::string_view) override {}
    void text(XmlPart &, std::string_view) override {}

    std::vector<Relationship> found;

private:
    std::string_view m_part;
};

} // namespace

Result<std::vector<Relationship>> relationships(ZipArchive &archive, std::string_view part)
{
    const auto slash = part.rfind('/');
    const std::size_t nameAt = slash == std::string_view::npos ? 0 : slash + 1;
    const std::string path =
        std::string(part.substr(0, nameAt)) + "_rels/" + std::string(part.substr(nameAt)) + ".rels";
    RelationshipsHandler handler(part);
    if (archive.contains(path)) {
        IDS_TRY(opened, archive.part(path));
        XmlPart xml(std::move(opened), handler);
        IDS_CHECK(xml.readAll());
    }
    return std::move(handler.found);
}

const Relationship *relationshipOfType(const std::vector<Relationship> &all, std::string_view type)
{
    const auto found = std::ranges::find(all, type, &Relationship::type);
    return found == all.end() ? nullptr : &*found;
}

const Relationship *relationshipById(const std::vector<Relationship> &all, std::string_view id)
{
    const auto found = std::ranges::find(all, id, &Relationship::id);
    return found == all.end() ? nullptr : &*found;
}

Result<std::string> officeDocument(ZipArchive &archive)
{
    IDS_TRY(all, relationships(archive, ""));
    if (const Relationship *main = relationshipOfType(all, "officeDocument"))
        return main->target;
    for (const char *usual : {"xl/workbook.xml", "xl/workbook.bin"}) {
        if (archive.contains(usual))
            return std::string(usual);
    }
    return std::string();
}

} // namespace idstore
