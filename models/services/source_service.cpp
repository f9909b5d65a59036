// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_service.h"

#include "models/base/logging.h"
#include "models/domain/json_schema.h"
#include "models/ingest/connector.h"
#include "models/ingest/pipeline.h"
#include "models/services/engine_parts.h"
#include "models/services/source_rules.h"
#include "models/services/staged_upload.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

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

/// A name for the copy that any file system takes; the original name stays in the catalog.
QString storedName(const QString &originalName)
{
    QString suffix = QFileInfo(originalName).suffix().toLower();
    const bool plain = std::ranges::all_of(suffix, [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
    if (suffix.isEmpty() || !plain || suffix.size() > 8)
        suffix = QStringLiteral("dat");
    return QStringLiteral("upload.") + suffix;
}

Secret toSecret(const QJsonObject &credentials)
{
    return credentials.isEmpty() ? Secret() : Secret(QJsonDocument(credentials).toJson(QJsonDocument::Compact));
}

} // namespace

SourceService::SourceService(EngineParts &parts)
    : m_parts(parts)
{}

const ConnectorCatalog &SourceService::connectors() const
{
    return m_parts.connectors;
}

qint64 SourceService::uploadLimit() const
{
    return m_parts.options.uploadLimit;
}

Result<QList<Source>> SourceService::list(UserId user)
{
    return m_parts.sourceRows->list(user);
}

Result<Source> SourceService::get(UserId user, SourceId id)
{
    return m_parts.sourceRows->find(user, id);
}

Result<std::unique_ptr<StagedUpload>> SourceService::stageUpload() const
{
    return StagedUpload::create(m_parts.directory->stagingFolder(), uploadLimit());
}

Result<Source> SourceService::createFromFile(UserId user, const NewFileSource &request,
                                             std::unique_ptr<StagedUpload> upload)
{
    Source source;
    source.owner = user;
    source.name = request.name.trimmed();
    source.description = request.description.trimmed();
    source.sourceType = QLatin1StringView(fileSourceType);
    source.createdAt = source.updatedAt = m_parts.clock.now();
    const QString originalName = baseName(request.originalName);
    source.file = StoredFile{originalName, {}, upload->size()};

    QList<FieldError> problems = request.problems + checkNaming(source.name, source.description);
    const Result<void> table = m_parts.connectors.checkUpload(upload->readablePath(), originalName);
    if (!table && problems.isEmpty())
        return table.error();
    if (!table)
        problems += table.error().fields;
    if (!problems.isEmpty())
        return invalidInput(problems);

    // Before the transaction, so that nobody waits for the catalog while a large file reaches the disk.
    IDS_CHECK(upload->sync());
    const QString stored = storedName(originalName);
    QString path;
    auto inserted = m_parts.catalog->write([&]() -> Result<SourceId> {
        IDS_TRY(id, m_parts.sourceRows->insert(source));
        IDS_CHECK(m_parts.sourceRows->setStoredFile(id, stored));
        const QString folder = m_parts.directory->uploadFolder(id);
        if (!QDir().mkpath(folder))
            return fileError(folder, errno);
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

Result<Source> SourceService::createFromLocalFile(UserId user, const QString &path, const QString &name,
                                                  const CancelToken &cancel)
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
    constexpr qint64 blockSize = 1024 * 1024;
    QByteArray block(blockSize, Qt::Uninitialized);
    for (;;) {
        if (cancel.isCancelled())
            return cancelledError();
        const qint64 read = file.read(block.data(), blockSize);
        if (read < 0)
            return invalidInput(
                {{QStringLiteral("file"), tr("%1 cannot be read: %2.").arg(shown, file.errorString())}});
        if (read == 0)
            break;
        IDS_CHECK(upload->write(QByteArrayView(block.constData(), read)));
    }

    NewFileSource request;
    request.originalName = QFileInfo(path).fileName();
    request.name = name;
    if (request.name.isEmpty()) {
        IDS_TRY(others, list(user));
        QStringList taken;
        for (const Source &other : std::as_const(others))
            taken.append(other.name);
        request.name = uniqueName(QFileInfo(path).completeBaseName(), taken);
    }
    return createFromFile(user, request, std::move(upload));
}

Result<Source> SourceService::createConnected(UserId user, const NewConnectedSource &request)
{
    Source source;
    source.owner = user;
    source.name = request.name.trimmed();
    source.description = request.description.trimmed();
    source.sourceType = request.sourceType;
    source.config = request.config;
    source.createdAt = source.updatedAt = m_parts.clock.now();

    QList<FieldError> problems = request.problems + checkNaming(source.name, source.description);
    problems += checkSourceType(request.sourceType, m_parts.connectors);
    problems += checkCursor(request, source.cursor);
    const Connector *connector = m_parts.connectors.find(request.sourceType);
    if (connector && request.sourceType != QLatin1StringView(fileSourceType)) {
        const ConnectorDescriptor &descriptor = connector->descriptor();
        problems += validateJson(request.credentials, descriptor.credentialsSchema, QStringLiteral("credentials"));
        problems += validateJson(request.config, descriptor.configSchema, QStringLiteral("config"));
        source.credentialHints = credentialHints(request.credentials, descriptor.credentialsSchema);
    }
    if (!problems.isEmpty())
        return invalidInput(problems);

    IDS_TRY(id, m_parts.catalog->write([&]() -> Result<SourceId> {
        IDS_TRY(inserted, m_parts.sourceRows->insert(source));
        const Secret credentials = toSecret(request.credentials);
        if (!credentials.isEmpty())
            IDS_CHECK(m_parts.vault->store(inserted, credentials));
        return inserted;
    }));
    Q_EMIT sourceAdded(id);
    return get(user, id);
}

Result<Source> SourceService::update(UserId user, SourceId id, const SourcePatch &patch)
{
    IDS_CHECK(m_parts.catalog->write([&]() -> Result<void> {
        IDS_TRY(source, m_parts.sourceRows->find(user, id));
        source.name = patch.name.value_or(source.name).trimmed();
        source.description = patch.description.value_or(source.description).trimmed();
        source.config = patch.config.value_or(source.config);
        source.updatedAt = m_parts.clock.now();

        QList<FieldError> problems = patch.problems + checkNaming(source.name, source.description);
        const Connector *connector = m_parts.connectors.find(source.sourceType);
        if (connector && patch.config)
            problems += validateJson(*patch.config, connector->descriptor().configSchema, QStringLiteral("config"));
        if (connector && patch.credentials) {
            const QJsonObject &schema = connector->descriptor().credentialsSchema;
            problems += validateJson(*patch.credentials, schema, QStringLiteral("credentials"));
            source.credentialHints = credentialHints(*patch.credentials, schema);
        }
        problems += applyColumnChanges(patch.columns, source.columns);
        if (!problems.isEmpty())
            return invalidInput(problems);
        IDS_CHECK(m_parts.sourceRows->update(source));
        if (!patch.columns.isEmpty())
            IDS_CHECK(m_parts.sourceRows->setColumns(source));
        if (patch.credentials)
            IDS_CHECK(m_parts.vault->store(id, toSecret(*patch.credentials)));
        return {};
    }));
    Q_EMIT sourceChanged(id);
    return get(user, id);
}

Result<void> SourceService::remove(UserId user, SourceId id)
{
    {
        const QMutexLocker locker(&m_parts.lifecycle);
        IDS_TRY(source, m_parts.sourceRows->find(user, id));
        if (m_parts.ingestion->progress(id)) {
            return Error{ErrorKind::Conflict,
                         QStringLiteral("already_ingesting"),
                         tr("%1 is being ingested.").arg(source.name),
                         tr("Cancel the run, then delete the source."),
                         {},
                         {}};
        }
        IDS_CHECK(m_parts.catalog->write([&] { return m_parts.sourceRows->remove(id); }));
        // From here on the source is gone; files that cannot be removed now are orphans for the next start.
        m_parts.datasets->removeAll(id);
        QDir(m_parts.directory->uploadFolder(id)).removeRecursively();
        const Result<void> forgotten = m_parts.vault->remove(id);
        if (!forgotten)
            qCWarning(logServices) << forgotten.error().logLine();
    }
    Q_EMIT sourceRemoved(id);
    return {};
}

} // namespace idstore
