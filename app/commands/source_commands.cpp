// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_context.h"
#include "app/commands/run_follower.h"
#include "app/commands/text_table.h"
#include "app/console.h"

#include <QCoreApplication>
#include <QLocale>

namespace idstore::commands {

namespace {

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toString();
}

QString count(const QJsonObject &object, const char *name)
{
    return QLocale().toString(object.value(QLatin1StringView(name)).toInteger());
}

Result<int> answerJson(const QJsonDocument &document)
{
    IDS_CHECK(printJson(document));
    return exitDone;
}

Result<int> printTable(const QStringList &header, const QList<QStringList> &rows)
{
    IDS_CHECK(printBytes(textTable(header, rows).toUtf8()));
    return exitDone;
}

QByteArray sourcePath(const CommandContext &context, const QString &rest = {})
{
    QStringList parts{QStringLiteral("sources"), context.call.arguments.first()};
    if (!rest.isEmpty())
        parts.append(rest);
    return client::apiPath(parts);
}

} // namespace

Result<int> listSources(const CommandContext &context)
{
    IDS_TRY(sources, context.client.getList("/api/sources"));
    if (context.call.json)
        return answerJson(QJsonDocument(sources));
    QList<QStringList> rows;
    for (const QJsonValue &value : std::as_const(sources)) {
        const QJsonObject source = value.toObject();
        rows.append({text(source, "id"), text(source, "status"), count(source, "row_count"), text(source, "created_at"),
                     text(source, "name")});
    }
    return printTable({QCoreApplication::translate("Commands", "ID"), QCoreApplication::translate("Commands", "STATUS"),
                       QCoreApplication::translate("Commands", "ROWS"),
                       QCoreApplication::translate("Commands", "CREATED"),
                       QCoreApplication::translate("Commands", "NAME")},
                      rows);
}

Result<int> showHistory(const CommandContext &context)
{
    IDS_TRY(runs, context.client.getList(sourcePath(context, QStringLiteral("history"))));
    if (context.call.json)
        return answerJson(QJsonDocument(runs));
    QList<QStringList> rows;
    for (const QJsonValue &value : std::as_const(runs)) {
        const QJsonObject run = value.toObject();
        rows.append({text(run, "run_id"), text(run, "status"), text(run, "started_at"), text(run, "finished_at"),
                     count(run, "rows_ingested"), count(run, "rows_rejected"),
                     text(run.value(QLatin1StringView("error")).toObject(), "detail")});
    }
    return printTable(
        {QCoreApplication::translate("Commands", "RUN"), QCoreApplication::translate("Commands", "STATUS"),
         QCoreApplication::translate("Commands", "STARTED"), QCoreApplication::translate("Commands", "FINISHED"),
         QCoreApplication::translate("Commands", "ROWS"), QCoreApplication::translate("Commands", "REJECTED"),
         QCoreApplication::translate("Commands", "ERROR")},
        rows);
}

Result<int> showRejects(const CommandContext &context)
{
    IDS_TRY(rejects, context.client.getList(sourcePath(context, QStringLiteral("rejects")) + "?limit=1000"));
    if (context.call.json)
        return answerJson(QJsonDocument(rejects));
    QList<QStringList> rows;
    for (const QJsonValue &value : std::as_const(rejects)) {
        const QJsonObject reject = value.toObject();
        rows.append({count(reject, "line"), text(reject, "column"), text(reject, "reason"), text(reject, "raw")});
    }
    return printTable(
        {QCoreApplication::translate("Commands", "LINE"), QCoreApplication::translate("Commands", "COLUMN"),
         QCoreApplication::translate("Commands", "REASON"), QCoreApplication::translate("Commands", "TEXT")},
        rows);
}

Result<int> ingestSource(const CommandContext &context)
{
    const QString id = context.call.arguments.first();
    if (!context.call.wait) {
        IDS_TRY(accepted, startRun(context, id));
        if (context.call.json)
            return answerJson(QJsonDocument(accepted));
        IDS_CHECK(printLine(text(accepted, "run_id")));
        return exitDone;
    }
    IDS_TRY(run, ingestAndFollow(context, id, id));
    const int status = reportEnd(context, run, id);
    if (context.call.json) {
        IDS_CHECK(printJson(QJsonDocument(run)));
        return status;
    }
    IDS_CHECK(printLine(
        QCoreApplication::translate("Commands", "%1  %2  %3 rows, %4 rejected")
            .arg(text(run, "run_id"), text(run, "status"), count(run, "rows_ingested"), count(run, "rows_rejected"))));
    return status;
}

Result<int> testConnection(const CommandContext &context)
{
    IDS_TRY(answer, context.client.post(sourcePath(context, QStringLiteral("test")), {}));
    const int status = answer.object().value(QLatin1StringView("ok")).toBool() ? exitDone : exitFailed;
    if (context.call.json) {
        IDS_CHECK(printJson(answer));
        return status;
    }
    QList<QStringList> rows;
    const QJsonArray steps = answer.object().value(QLatin1StringView("steps")).toArray();
    for (const QJsonValue &value : steps) {
        const QJsonObject step = value.toObject();
        const QJsonValue ok = step.value(QLatin1StringView("ok"));
        const QString state = ok.isNull()   ? QCoreApplication::translate("Commands", "not tried")
                              : ok.toBool() ? QCoreApplication::translate("Commands", "ok")
                                            : QCoreApplication::translate("Commands", "failed");
        rows.append({text(step, "name"), state, QString(text(step, "detail") % u' ' % text(step, "fix")).trimmed()});
    }
    IDS_CHECK(
        printTable({QCoreApplication::translate("Commands", "STEP"), QCoreApplication::translate("Commands", "STATE"),
                    QCoreApplication::translate("Commands", "DETAIL")},
                   rows));
    return status;
}

Result<int> showChanges(const CommandContext &context)
{
    QJsonArray all;
    QString after;
    do {
        QByteArray path =
            client::apiPath({QStringLiteral("runs"), context.call.arguments.first(), QStringLiteral("changes")}) +
            "?limit=1000";
        if (!after.isEmpty())
            path += "&after=" + after.toUtf8();
        IDS_TRY(answer, context.client.get(path));
        const QJsonArray page = answer.object().value(QLatin1StringView("changes")).toArray();
        for (const QJsonValue &change : page)
            all.append(change);
        after = text(answer.object(), "next");
    } while (!after.isEmpty());
    if (context.call.json)
        return answerJson(QJsonDocument(all));
    const auto shown = [](const QJsonValue &row) {
        return row.isObject() ? QString::fromUtf8(QJsonDocument(row.toObject()).toJson(QJsonDocument::Compact))
                              : QString();
    };
    QList<QStringList> rows;
    for (const QJsonValue &value : std::as_const(all)) {
        const QJsonObject change = value.toObject();
        rows.append({text(change, "kind"), shown(change.value(QLatin1StringView("before"))),
                     shown(change.value(QLatin1StringView("after")))});
    }
    return printTable({QCoreApplication::translate("Commands", "CHANGE"),
                       QCoreApplication::translate("Commands", "BEFORE"),
                       QCoreApplication::translate("Commands", "AFTER")},
                      rows);
}

Result<int> rollBack(const CommandContext &context)
{
    IDS_TRY(answer, context.client.post(sourcePath(context, QStringLiteral("rollback")), {}));
    if (context.call.json)
        return answerJson(answer);
    IDS_CHECK(
        printLine(QCoreApplication::translate("Commands", "%1 is taken back.").arg(text(answer.object(), "run_id"))));
    return exitDone;
}

Result<int> cancelIngestion(const CommandContext &context)
{
    IDS_TRY(answer, context.client.post(sourcePath(context, QStringLiteral("cancel")), {}));
    return context.call.json ? answerJson(answer) : exitDone;
}

Result<int> deleteSource(const CommandContext &context)
{
    IDS_CHECK(context.client.remove(sourcePath(context)));
    return exitDone;
}

} // namespace idstore::commands
