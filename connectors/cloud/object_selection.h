// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/object_listing.h"
#include "connectors/files/glob_pattern.h"

namespace idstore::cloud {

/// Which objects `prefix` and `pattern` of a source's config mean. The name must start with the prefix; the pattern is
/// laid over what follows the prefix's last slash, so that prefix "in/2026" with pattern "*.csv" finds "in/2026-01.csv"
/// and not "in/2026/a.csv" ("**/*.csv" finds both). Names that end with a slash are folders that consoles make and
/// never meant. Value type; thread-safe to use.
class ObjectSelection
{
public:
    explicit ObjectSelection(const QString &prefix, const QString &pattern = {});

    [[nodiscard]] bool contains(const ObjectEntry &object) const;
    /// Those of `objects` that are meant, by name.
    [[nodiscard]] std::vector<ObjectEntry> selected(std::vector<ObjectEntry> objects) const;

private:
    QString m_prefix;
    qsizetype m_folderLength;
    GlobPattern m_pattern;
};

/// The one modified last; of several with that time, the last by name. Null when there is none.
[[nodiscard]] const ObjectEntry *newest(const std::vector<ObjectEntry> &objects);

} // namespace idstore::cloud
