// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/file_adder.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace idstore {

namespace {

Result<SourceId> addFile(Engine &engine, const QString &path, const CancelToken &cancel)
{
    const UserId user = TokenService::localUser();
    IDS_TRY(source, engine.sources().createFromLocalFile(user, path, {}, cancel));
    IDS_CHECK(engine.ingestion().start(user, source.id, RunMode::Full, RunTrigger::Gui));
    return source.id;
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

void FileAdder::add(const QStringList &paths)
{
    m_waiting += paths;
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
    const QString path = m_waiting.takeFirst();
    const QString fileName = QFileInfo(path).fileName();
    Q_EMIT started(fileName);
    m_async.run(
        this, [&engine = m_engine, path, cancel = m_cancel] { return addFile(engine, path, cancel); },
        [this, fileName](const Result<SourceId> &id) {
            if (id)
                Q_EMIT added(*id);
            else if (id.error().kind != ErrorKind::Cancelled)
                Q_EMIT refused(fileName, id.error());
            next();
        });
}

} // namespace idstore
