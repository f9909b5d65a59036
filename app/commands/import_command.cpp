// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/multipart_body.h"
#include "app/commands/command_context.h"
#include "app/commands/progress_line.h"
#include "app/commands/run_follower.h"
#include "app/console.h"
#include "models/services/engine.h"
#include "models/services/source_service.h"
#include "models/services/token_service.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocale>

namespace idstore::commands {

namespace {

/// Passes a body on and shows how far it is.
class WatchedBody final : public client::HttpBody
{
public:
    WatchedBody(client::MultipartBody &body, QString label)
        : m_body(body)
        , m_label(std::move(label))
    {
        m_shown.start();
    }
    ~WatchedBody() override
    {
        if (m_hasShown)
            redrawTerminalLine(QString());
    }

    [[nodiscard]] qint64 size() const override { return m_body.size(); }
    [[nodiscard]] Result<QByteArray> next() override
    {
        constexpr qint64 showEvery = 250; // ms
        if (m_isWatched && m_shown.hasExpired(showEvery)) {
            redrawTerminalLine(uploadText(m_label, m_body.fileSent(), m_body.fileSize()));
            m_shown.restart();
            m_hasShown = true;
        }
        return m_body.next();
    }

private:
    client::MultipartBody &m_body;
    QString m_label;
    QElapsedTimer m_shown;
    bool m_isWatched = errorIsTerminal();
    bool m_hasShown = false;
};

/// The id of the source that the file went to.
Result<QString> uploadFile(const CommandContext &context, const QString &path)
{
    const CommandCall &call = context.call;
    const QString fileName = QFileInfo(path).fileName();
    QList<client::MultipartBody::TextField> fields;
    QByteArray address = "/api/sources/upload";
    if (call.into.isEmpty())
        fields.append({"name", call.name.isEmpty() ? fileName : call.name});
    else
        address = client::apiPath({QStringLiteral("sources"), call.into, QStringLiteral("upload")});
    if (!call.config.isEmpty())
        fields.append({"config", QString::fromUtf8(QJsonDocument(call.config).toJson(QJsonDocument::Compact))});
    IDS_TRY(body, client::MultipartBody::forFile(path, fields));
    WatchedBody watched(*body, fileName);
    IDS_TRY(answer, context.client.upload(address, watched, body->contentType()));
    return answer.object().value(QLatin1StringView("id")).toString();
}

Error noSuchSource(const QString &id)
{
    return {.kind = ErrorKind::NotFound,
            .code = QStringLiteral("source_not_found"),
            .message = QCoreApplication::translate("Commands", "There is no source %1.").arg(id),
            .remedy = QCoreApplication::translate("Commands", "'identity-store list' shows those there are."),
            .cause = {},
            .fields = {}};
}

/// What uploadFile() does, within this process.
Result<QString> takeFile(SourceService &sources, const CommandContext &context, const QString &path)
{
    const CommandCall &call = context.call;
    const UserId user = TokenService::localUser();
    if (call.into.isEmpty()) {
        const QString name = call.name.isEmpty() ? QFileInfo(path).fileName() : call.name;
        IDS_TRY(source, sources.createFromLocalFile(user, path, {.name = name, .config = call.config}, context.cancel));
        return source.id.toString();
    }
    const auto into = SourceId::parse(call.into);
    if (!into)
        return noSuchSource(call.into);
    IDS_TRY(source, sources.replaceWithLocalFile(user, *into, path, call.config, context.cancel));
    return source.id.toString();
}

Result<int> importFile(const CommandContext &context, const QString &path)
{
    IDS_TRY(id, context.engine ? takeFile(context.engine->sources(), context, path) : uploadFile(context, path));
    int status = exitDone;
    if (context.call.wait) {
        IDS_TRY(run, ingestAndFollow(context, id, QFileInfo(path).fileName()));
        status = reportEnd(context, run, id);
    } else {
        IDS_CHECK(startRun(context, id));
    }

    // After Ctrl+C too: the source is there, and its id is what the person needs to go on.
    const CancelToken patience;
    IDS_TRY(now, context.client.withCancel(patience).get(client::apiPath({QStringLiteral("sources"), id})));
    if (context.call.json) {
        IDS_CHECK(printJson(now));
        return status;
    }
    const QJsonObject object = now.object();
    IDS_CHECK(printLine(QCoreApplication::translate("Commands", "%1  %2  %3  %4 rows")
                            .arg(id, object.value(QLatin1StringView("status")).toString(),
                                 object.value(QLatin1StringView("name")).toString(),
                                 QLocale().toString(object.value(QLatin1StringView("row_count")).toInteger()))));
    return status;
}

} // namespace

Result<int> importFiles(const CommandContext &context)
{
    int worst = exitDone;
    for (const QString &path : context.call.arguments) {
        const auto status = importFile(context, path);
        if (!status && status.error().kind == ErrorKind::Cancelled)
            return status.error();
        if (!status) {
            // The other files have nothing to do with it.
            Error error = status.error();
            error.message = path + QStringLiteral(": ") + error.message;
            printError(error);
        }
        worst = std::max(worst, status ? *status : exitFailed);
        if (context.cancel.isCancelled())
            return exitInterrupted;
    }
    return worst;
}

} // namespace idstore::commands
