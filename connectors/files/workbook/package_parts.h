// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/zip_archive.h"

#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// What one part of an Open Packaging Conventions file (ECMA-376-2) says of another.
struct Relationship
{
    std::string id;
    std::string type; ///< the last word of its address, such as "worksheet"
    std::string target; ///< the part's name in the archive
};

/// The relationships of `part` ("" for the package); none when it has none.
[[nodiscard]] Result<std::vector<Relationship>> relationships(ZipArchive &archive, std::string_view part);
/// The first of a type, or null.
[[nodiscard]] const Relationship *relationshipOfType(const std::vector<Relationship> &all, std::string_view type);
[[nodiscard]] const Relationship *relationshipById(const std::vector<Relationship> &all, std::string_view id);

/// The main part of an Office Open XML package, empty when it names none.
[[nodiscard]] Result<std::string> officeDocument(ZipArchive &archive);

} // namespace idstore
