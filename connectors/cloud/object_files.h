// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/object_listing.h"
#include "connectors/remote/remote_store.h"

#include <QJsonObject>

#include <functional>

namespace idstore::cloud {

/// Asks a store for one page of the list of objects whose names begin with `prefix`. `token`: of the page before.
using ListObjects = std::function<Result<ObjectPage>(const QString &prefix, const QString &token)>;

/// The files that the config of a source in a store of objects means: the one that `objectField` names, without asking
/// for it, or those that `prefix` and `pattern` select (ObjectSelection), by name, each with its version. The list is
/// read to its end. Empty objects are left out of several: programs put them down as marks ("_SUCCESS").
/// Errors: those of `listObjects`; "no_file_matches", "listing_unreadable" (Source).
[[nodiscard]] Result<QList<RemoteFile>> objectFiles(const QJsonObject &config, QLatin1StringView objectField,
                                                    const ListObjects &listObjects);

} // namespace idstore::cloud
