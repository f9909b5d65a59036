// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SourceService that keeps the files of file sources.
#include "models/base/logging.h"
#include "models/ingest/connector.h"
#include "models/ingest/pipeline.h"
#include "models/services/engine_parts.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"
#include "models/services/source_service.h"
#include "models/services/staged_upload.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>

namespace idstore {

namespace {

QString baseName(const QString &fileName)
{
    // Some browsers send whole paths, with the separators of their own system.
    QString name = fileName;
    name.replace(u'\\', u'/');
    name = name.section(u'/', -1).trimmed();
    return name.isEmpty() ? QStringLiteral("upload") : name;
}

/// A name for the copy that any file system takes and that nothing in the folder has; the original name stays in the
/// catalog.
QString storedName(const QString &originalName, const QDir &folder)
{
    QString suffix = QFileInfo(originalName).suffix().toLower();
    const bool plain = std::ranges::all_of(suffix, [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
    if (suffix.isEmpty() || !plain || suffix.size() > 8)
        suffix = QStringLiteral("dat");
    QString name = QStringLiteral("upload.") + suffix;
    for (int number = 2; folder.exists(name); ++number)
        name = QStringLiteral("upload.%1.%2").arg(number).arg(suffix);
    return name;
}

} // namespace

Result<std::unique_ptr<StagedUpload>> SourceService::stageUpload() const
{
    return StagedUpload::create(m_parts.directory->stagingFolder(), uploadLimit());
}

Result<void> SourceService::checkUpload(StagedUpload &upload, const QString &originalName, const QJsonObject &config,
                                        QList<FieldError> problems) const
{
    if (const Connector *connector = m_parts.connectors.find(QString(QLatin1StringView(fileSourceType))))
        problems += connector->checkConfig(config);
    const Result<void> table = m_parts.connectors.checkUpload(upload.readablePath(), originalName);
    if (!table && problems.isEmpty())
        return table.error();
    if (!table)
        problems += table.error().fields;
    if (!problems.isEmpty())
        return invalidInput(problems);
    // Before any lock, so that nobody waits for the catalog while a large file reaches the disk.
    return upload.sync();
}

Result<Source> SourceService::createFromFile(UserId user, const NewFileSource &request,
                                             std::unique_ptr<StagedUpload> upload)
{
    Source source;
    source.owner = user;
    source.name = request.name.trimmed();
    source.description = request.description.trimmed();
    source.sourceType = QLatin1StringView(fileSourceType);
    source.config = mergedConfig({}, request.config);
    source.columns = request.columns;
    for (Column &column : source.columns)
        column.filled = 0; // no rows are held yet
    source.createdAt = source.updatedAt = m_parts.clock.now();
    const QString originalName = baseName(request.originalName);
    source.file = StoredFile{originalName, {}, upload->size()};
    IDS_CHECK(checkUpload(*upload, originalName, source.config,
                          request.problems + checkNaming(source.name, source.description)));

    QString path;
    auto inserted = m_parts.catalog->write([&]() -> Result<SourceId> {
        IDS_TRY(id, m_parts.sourceRows->insert(source));
        source.id = id;
        if (!source.columns.isEmpty())
            IDS_CHECK(m_parts.sourceRows->setColumns(source));
        const QString folder = m_parts.directory->uploadFolder(id);
        if (!QDir().mkpath(folder))
            return fileError(folder, errno);
        const QString stored = storedName(originalName, QDir(folder));
        IDS_CHECK(m_parts.sourceRows->setStoredFile(id, *source.file, stored));
        path = folder + u'/' + stored;
        IDS_CHECK(upload->moveTo(path));
        return id;
    });
    if (!inserted) {
        if (!path.isEmpty())
            QDir(QFileInfo(path).path()).removeRecursively();
        return std::move(inserted).error();
    }
    Q_EMIT sourceAdded(*inserted);
    return get(user, *inserted);
}

Result<std::unique_ptr<StagedUpload>> SourceService::stageLocalFile(const QString &path,
                                                                    const CancelToken &cancel) const
{
    QFile file(path);
    const QString shown = QDir::toNativeSeparators(path);
    if (QFileInfo(path).isDir())
        return invalidInput({{QStringLiteral("file"), tr("%1 is a folder; choose a file.").arg(shown)}});
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return invalidInput({{QStringLiteral("file"), tr("%1 cannot be opened: %2.").arg(shown, file.errorString())}});
    // Before the copy: nobody waits for a huge file only to hear that it is a picture.
    IDS_CHECK(m_parts.connectors.checkUpload(path, QFileInfo(path).fileName()));

    IDS_TRY(upload, stageUpload());
    for (;;) {
        if (cancel.isCancelled())
            return cancelledError();
        IDS_TRY(appended, upload->append(file));
        if (appended == 0)
            return std::move(upload);
    }
}

Result<Source> SourceService::createFromLocalFile(UserId user, const QString &path, const NewFileSource &request,
                                                  const CancelToken &cancel)
{
    IDS_TRY(upload, stageLocalFile(path, cancel));
    NewFileSource named = request;
    if (named.originalName.isEmpty())
        named.originalName = QFileInfo(path).fileName();
    if (named.name.isEmpty()) {
        IDS_TRY(others, list(user));
        QStringList taken;
        for (const Source &other : std::as_const(others))
            taken.append(other.name);
        named.name = uniqueName(QFileInfo(path).completeBaseName(), taken);
    }
    return createFromFile(user, named, std::move(upload));
}

Result<Source> SourceService::replaceable(UserId user, SourceId id) const
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    if (source.sourceType != QLatin1StringView(fileSourceType)) {
        return Error{ErrorKind::Conflict,
                     QStringLiteral("not_a_file_source"),
                     tr("%1 is read from another system and has no file to replace.").arg(source.name),
                     tr("Run it to read it again, or upload the file as a new source."),
                     {},
                     {}};
    }
    if (m_parts.ingestion->progress(id)) {
        return Error{ErrorKind::Conflict,
                     QStringLiteral("already_ingesting"),
                     tr("%1 is being ingested.").arg(source.name),
                     tr("Wait until the run ends, or cancel it, then upload the file."),
                     {},
                     {}};
    }
    return source;
}

Result<void> SourceService::checkReplaceable(UserId user, SourceId id)
{
    IDS_CHECK(replaceable(user, id));
    return {};
}

Result<Source> SourceService::replaceFile(UserId user, SourceId id, const ReplacementFile &request,
                                          std::unique_ptr<StagedUpload> upload)
{
    const QString originalName = baseName(request.originalName);
    IDS_TRY(before, replaceable(user, id));
    IDS_CHECK(checkUpload(*upload, originalName, mergedConfig(before.config, request.config), request.problems));
    {
        // No run starts meanwhile, so none can be reading the file that goes.
        const QMutexLocker locker(&m_parts.lifecycle);
        IDS_TRY(source, replaceable(user, id));
        const QString folder = m_parts.directory->uploadFolder(id);
        if (!QDir().mkpath(folder))
            return fileError(folder, errno);
        const QString stored = storedName(originalName, QDir(folder));
        const QString path = folder + u'/' + stored;
        const QString old = source.file ? source.file->path : QString();
        const qint64 size = upload->size();
        const auto switched = m_parts.catalog->write([&]() -> Result<void> {
            IDS_TRY(now, m_parts.sourceRows->find(user, id));
            now.config = mergedConfig(now.config, request.config);
            now.updatedAt = m_parts.clock.now();
            IDS_CHECK(m_parts.sourceRows->update(now));
            IDS_CHECK(m_parts.sourceRows->setStoredFile(id, {originalName, {}, size}, stored));
            return upload->moveTo(path);
        });
        if (!switched) {
            QFile::remove(path);
            return switched.error();
        }
        // A file that stays behind is an orphan for the next start.
        if (!old.isEmpty() && !QFile::remove(old))
            qCWarning(logServices) << "cannot remove the file before:" << old;
    }
    Q_EMIT sourceChanged(id);
    return get(user, id);
}

Result<Source> SourceService::replaceWithLocalFile(UserId user, SourceId id, const QString &path,
                                                   const QJsonObject &config, const CancelToken &cancel)
{
    IDS_CHECK(checkReplaceable(user, id));
    IDS_TRY(upload, stageLocalFile(path, cancel));
    return replaceFile(user, id, {QFileInfo(path).fileName(), config, {}}, std::move(upload));
}

} // namespace idstore
