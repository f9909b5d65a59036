// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command_context.h"

#include <QJsonObject>
#include <QString>

namespace idstore::commands {

/// Starts a run of the source and stays with it to its end, with a line of progress when standard error is a
/// terminal. Ctrl+C cancels the run and waits until it has ended.
/// Returns the run as the REST API tells it. Errors: those of RestClient.
[[nodiscard]] Result<QJsonObject> ingestAndFollow(const CommandContext &context, const QString &sourceId,
                                                  const QString &label);

/// Asks for a run and returns the answer of the REST API.
[[nodiscard]] Result<QJsonObject> startRun(const CommandContext &context, const QString &sourceId);

/// Says on standard error how a run ended when it did not complete; returns the exit status.
[[nodiscard]] int reportEnd(const CommandContext &context, const QJsonObject &run, const QString &sourceId);

} // namespace idstore::commands
