// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/rest_client.h"
#include "app/options.h"

namespace idstore {
class Engine;
}

namespace idstore::commands {

/// What a command works with. Commands run on a thread of their own and may block; they ask the REST API for
/// everything, so that they do the same with a running instance as without one. Only files are not sent by a process to
/// itself.
struct CommandContext
{
    const CommandCall &call;
    const client::RestClient &client; ///< gives up once `cancel` is set
    const CancelToken &cancel; ///< set by Ctrl+C
    Engine *engine; ///< of this process, when no other has the data directory; else null. Not owned
};

inline constexpr int exitDone = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitWrongUsage = 2;
inline constexpr int exitInterrupted = 130; ///< what a shell reports after Ctrl+C

// Each returns the exit status, or the error to print.
[[nodiscard]] Result<int> importFiles(const CommandContext &context);
[[nodiscard]] Result<int> ingestSource(const CommandContext &context);
[[nodiscard]] Result<int> exportSource(const CommandContext &context);
[[nodiscard]] Result<int> listSources(const CommandContext &context);
[[nodiscard]] Result<int> showHistory(const CommandContext &context);
[[nodiscard]] Result<int> showRejects(const CommandContext &context);
/// Ends with exitFailed when a step did not work.
[[nodiscard]] Result<int> testConnection(const CommandContext &context);
[[nodiscard]] Result<int> showChanges(const CommandContext &context);
[[nodiscard]] Result<int> rollBack(const CommandContext &context);
[[nodiscard]] Result<int> cancelIngestion(const CommandContext &context);
[[nodiscard]] Result<int> deleteSource(const CommandContext &context);
[[nodiscard]] Result<int> createToken(const CommandContext &context);
[[nodiscard]] Result<int> listTokens(const CommandContext &context);
[[nodiscard]] Result<int> revokeToken(const CommandContext &context);

/// The command that `context` names.
[[nodiscard]] Result<int> runCommand(const CommandContext &context);

} // namespace idstore::commands
