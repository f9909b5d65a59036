// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/file_adder.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace idstore {

namespace {

Result<SourceId> addFile(Engine &engine, const FileOrder &order, const CancelToken &cancel)
{
    const UserId user = TokenService::localUser();
    NewFileSource request;
    request.config = order.config;
    request.columns = order.columns;
    IDS_TRY(source, engine.sources().createFromLocalFile(user, order.path, request, cancel));
    IDS_CHECK(engine.ingestion().start(user, source.id, RunMode::Full, RunTrigger::Gui));
    return source.id;
}

Result<SourceId> replaceFile(Engine &engine, const FileOrder &order, const CancelToken &cancel)
{
    const UserId user = TokenService::localUser();
    IDS_CHECK(engine.sources().replaceWithLocalFile(user, order.replaces, order.path, order.config, cancel));
    if (!order.columnChanges.isEmpty()) {
        SourcePatch patch;
        patch.columns = order.columnChanges;
        IDS_CHECK(engine.sources().update(user, order.replaces, patch));
    }
    IDS_CHECK(engine.ingestion().start(user, order.replaces, RunMode::Full, RunTrigger::Gui));
    return order.replaces;
}

} // namespace

FileAdder::FileAdder(Engine &engine, AsyncRunner &async, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_async(async)
{}

FileAdder::~FileAdder()
{
    m_cancel.cancel();
}

QStringList FileAdder::localFiles(const QMimeData *data)
{
    QStringList files;
    if (!data || !data->hasUrls())
        return files;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

void FileAdder::add(const QList<FileOrder> &orders)
{
    m_waiting += orders;
    if (!m_busy)
        next();
}

void FileAdder::cancel()
{
    m_waiting.clear();
    m_cancel.cancel();
}

void FileAdder::next()
{
    if (m_waiting.isEmpty()) {
        m_busy = false;
        Q_EMIT finished();
        return;
    }
    m_busy = true;
    m_cancel = CancelToken();
    const FileOrder order = m_waiting.takeFirst();
    const QString fileName = QFileInfo(order.path).fileName();
    Q_EMIT started(fileName);
    m_async.run(
        this,
        [&engine = m_engine, order, cancel = m_cancel] {
            return order.replaces.isNull() ? addFile(engine, order, cancel) : replaceFile(engine, order, cancel);
        },
        [this, fileName](const Result<SourceId> &id) {
            if (id)
                Q_EMIT added(*id);
            else if (id.error().kind != ErrorKind::Cancelled)
                Q_EMIT refused(fileName, id.error());
            next();
        });
}

} // namespace idstore
