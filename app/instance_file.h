// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace idstore {

/// What sort of process holds a data directory.
enum class InstanceKind { Window, Serve, Command };

/// How to reach the process that holds a data directory.
struct InstanceInfo
{
    InstanceKind kind = InstanceKind::Serve;
    qint64 pid = 0;
    QUrl url; ///< of the REST API; empty while it does not run
    QString tokenFile; ///< absolute

    bool operator==(const InstanceInfo &) const = default;
};

/// "instance.json" in the data directory, readable by its owner only. It is a hint, not a lock: who holds the
/// directory is decided by the engine's lock alone, so a file left by a killed process is simply overwritten.

/// Replaces the file as a whole. Error: Unavailable ("not_writable").
[[nodiscard]] Result<void> writeInstanceFile(const QString &dataDirectory, const InstanceInfo &info);
/// Nothing when there is no file or it is not one of ours.
[[nodiscard]] std::optional<InstanceInfo> readInstanceFile(const QString &dataDirectory);
/// Only while holding the directory.
void removeInstanceFile(const QString &dataDirectory);

} // namespace idstore
