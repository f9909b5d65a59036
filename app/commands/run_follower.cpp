// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/run_follower.h"

#include "app/commands/progress_line.h"
#include "app/commands/run_end.h"
#include "app/console.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

namespace idstore::commands {

namespace {

constexpr qint64 shortestPause = 10; ///< ms between two looks at a run
constexpr qint64 longestPause = 200;

bool isRunning(const QJsonObject &run)
{
    return run.value(QLatin1StringView("status")).toString() == QStringLiteral("running");
}

/// How long to wait when a run has been looked at for this long (ms): a small file's end is not waited for, a large
/// one's is asked for no more often than it matters.
qint64 pauseAfter(qint64 watched)
{
    constexpr qint64 share = 20;
    return std::clamp(watched / share, shortestPause, longestPause);
}

/// After Ctrl+C: stops the run and waits for its end.
Result<QJsonObject> cancelAndFollow(const CommandContext &context, const QString &sourceId, const QString &runId)
{
    const CancelToken patience;
    const client::RestClient patient = context.client.withCancel(patience);
    const auto asked =
        patient.post(client::apiPath({QStringLiteral("sources"), sourceId, QStringLiteral("cancel")}), {});
    // A conflict means that the run has ended by itself in the meantime.
    if (!asked && asked.error().kind != ErrorKind::Conflict)
        return asked.error();
    for (;;) {
        IDS_TRY(answer, patient.get(client::apiPath({QStringLiteral("runs"), runId})));
        if (!isRunning(answer.object()))
            return answer.object();
        QThread::msleep(longestPause);
    }
}

Result<QJsonObject> follow(const CommandContext &context, const QString &sourceId, const QString &runId,
                           const QString &label)
{
    const bool isWatched = errorIsTerminal();
    RunEnd end(context.engine, runId);
    QElapsedTimer watched;
    watched.start();
    for (;;) {
        const auto run = context.client.get(client::apiPath({QStringLiteral("runs"), runId}));
        if (!run && run.error().kind != ErrorKind::Cancelled)
            return run.error();
        if (run && !isRunning(run->object()))
            return run->object();
        if (run && isWatched) {
            const auto source = context.client.get(client::apiPath({QStringLiteral("sources"), sourceId}));
            const QJsonValue progress =
                source ? source->object().value(QLatin1StringView("progress")) : QJsonValue(QJsonValue::Null);
            if (progress.isObject())
                redrawTerminalLine(progressText(label, progress.toObject()));
        }
        if (context.cancel.isCancelled())
            return cancelAndFollow(context, sourceId, runId);
        end.pause(end.isTold() ? longestPause : pauseAfter(watched.elapsed()), context.cancel);
    }
}

} // namespace

Result<QJsonObject> startRun(const CommandContext &context, const QString &sourceId)
{
    QJsonObject body{{QStringLiteral("trigger"), toString(RunTrigger::Cli)}};
    if (context.call.fullLoad)
        body.insert(QStringLiteral("mode"), QStringLiteral("full"));
    if (context.call.confirmRemovals)
        body.insert(QStringLiteral("confirm_removals"), true);
    // Not given up half-way: a run that was started is then cancelled as a run.
    const CancelToken patience;
    const client::RestClient patient = context.client.withCancel(patience);
    IDS_TRY(answer,
            patient.post(client::apiPath({QStringLiteral("sources"), sourceId, QStringLiteral("ingest")}), body));
    return answer.object();
}

Result<QJsonObject> ingestAndFollow(const CommandContext &context, const QString &sourceId, const QString &label)
{
    IDS_TRY(accepted, startRun(context, sourceId));
    auto run = follow(context, sourceId, accepted.value(QLatin1StringView("run_id")).toString(), label);
    if (errorIsTerminal())
        redrawTerminalLine(QString());
    return run;
}

int reportEnd(const CommandContext &context, const QJsonObject &run, const QString &sourceId)
{
    const QString status = run.value(QLatin1StringView("status")).toString();
    if (status == QStringLiteral("completed"))
        return exitDone;
    if (status == QStringLiteral("cancelled")) {
        printNote(QCoreApplication::translate("Commands",
                                              "The ingestion of %1 was cancelled; the rows of the run before "
                                              "are unchanged.")
                      .arg(sourceId));
        return context.cancel.isCancelled() ? exitInterrupted : exitFailed;
    }
    Error error;
    error.kind = ErrorKind::Source;
    error.message = run.value(QLatin1StringView("error")).toObject().value(QLatin1StringView("detail")).toString();
    if (error.message.isEmpty())
        error.message = QCoreApplication::translate("Commands", "The ingestion of %1 failed.").arg(sourceId);
    printError(error);
    return exitFailed;
}

} // namespace idstore::commands
