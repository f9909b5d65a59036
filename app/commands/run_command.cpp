// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_context.h"

namespace idstore::commands {

Result<int> runCommand(const CommandContext &context)
{
    switch (context.call.kind) {
    case CommandKind::Import:
        return importFiles(context);
    case CommandKind::List:
        return listSources(context);
    case CommandKind::Ingest:
        return ingestSource(context);
    case CommandKind::Export:
        return exportSource(context);
    case CommandKind::History:
        return showHistory(context);
    case CommandKind::Rejects:
        return showRejects(context);
    case CommandKind::Test:
        return testConnection(context);
    case CommandKind::Changes:
        return showChanges(context);
    case CommandKind::Rollback:
        return rollBack(context);
    case CommandKind::Cancel:
        return cancelIngestion(context);
    case CommandKind::Delete:
        return deleteSource(context);
    case CommandKind::TokenCreate:
        return createToken(context);
    case CommandKind::TokenList:
        return listTokens(context);
    case CommandKind::TokenRevoke:
        return revokeToken(context);
    case CommandKind::None:
        break;
    }
    return exitWrongUsage;
}

} // namespace idstore::commands
