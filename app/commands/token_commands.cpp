// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_context.h"
#include "app/commands/text_table.h"
#include "app/console.h"

#include <QCoreApplication>

namespace idstore::commands {

Result<int> createToken(const CommandContext &context)
{
    const QString name =
        context.call.name.isEmpty() ? QCoreApplication::translate("Commands", "Command line") : context.call.name;
    IDS_TRY(answer, context.client.post("/api/tokens", {{QStringLiteral("name"), name},
                                                        {QStringLiteral("scope"), toString(context.call.scope)}}));
    if (context.call.json) {
        IDS_CHECK(printJson(answer));
        return exitDone;
    }
    // The value alone, so that it can be put straight into a variable.
    IDS_CHECK(printLine(answer.object().value(QLatin1StringView("value")).toString()));
    printNote(QCoreApplication::translate("Commands", "This is the only time the token is shown. Its id is %1.")
                  .arg(answer.object().value(QLatin1StringView("id")).toString()));
    return exitDone;
}

Result<int> listTokens(const CommandContext &context)
{
    IDS_TRY(tokens, context.client.getList("/api/tokens"));
    if (context.call.json) {
        IDS_CHECK(printJson(QJsonDocument(tokens)));
        return exitDone;
    }
    QList<QStringList> rows;
    for (const QJsonValue &value : std::as_const(tokens)) {
        const QJsonObject token = value.toObject();
        QStringList row;
        for (const char *name : {"id", "scope", "hint", "created_at", "last_used_at", "name"})
            row.append(token.value(QLatin1StringView(name)).toString());
        rows.append(row);
    }
    const QStringList header{
        QCoreApplication::translate("Commands", "ID"),        QCoreApplication::translate("Commands", "SCOPE"),
        QCoreApplication::translate("Commands", "HINT"),      QCoreApplication::translate("Commands", "CREATED"),
        QCoreApplication::translate("Commands", "LAST USED"), QCoreApplication::translate("Commands", "NAME")};
    IDS_CHECK(printBytes(textTable(header, rows).toUtf8()));
    return exitDone;
}

Result<int> revokeToken(const CommandContext &context)
{
    IDS_CHECK(context.client.remove(client::apiPath({QStringLiteral("tokens"), context.call.arguments.first()})));
    return exitDone;
}

} // namespace idstore::commands
