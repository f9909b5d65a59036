// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_service.h"

#include "models/base/logging.h"
#include "models/ingest/connector.h"
#include "models/services/engine_parts.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"

#include <QDir>

namespace idstore {

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

Result<Source> SourceService::createConnected(UserId user, const NewConnectedSource &request)
{
    Source source;
    source.owner = user;
    source.name = request.name.trimmed();
    source.description = request.description.trimmed();
    source.sourceType = request.sourceType;
    source.config = mergedConfig({}, request.config);
    source.columns = request.columns;
    for (Column &column : source.columns)
        column.filled = 0; // no rows are held yet
    source.createdAt = source.updatedAt = m_parts.clock.now();

    QList<FieldError> problems = request.problems + checkNaming(source.name, source.description);
    problems += checkSourceType(request.sourceType, m_parts.connectors);
    problems += checkCursor(request, source.cursor);
    problems += checkKey(request.keyColumns, source.keyColumns);
    const Connector *connector = m_parts.connectors.find(request.sourceType);
    if (connector && request.sourceType != QLatin1StringView(fileSourceType)) {
        const ConnectorDescriptor &descriptor = connector->descriptor();
        problems += checkCredentials(request.credentials, descriptor.credentialsSchema);
        problems += connector->checkConfig(source.config);
        source.credentialHints = credentialHints(request.credentials, descriptor.credentialsSchema);
    }
    if (!problems.isEmpty())
        return invalidInput(problems);

    IDS_TRY(id, m_parts.catalog->write([&]() -> Result<SourceId> {
        IDS_TRY(inserted, m_parts.sourceRows->insert(source));
        source.id = inserted;
        if (!source.columns.isEmpty())
            IDS_CHECK(m_parts.sourceRows->setColumns(source));
        const Secret credentials = credentialsSecret(request.credentials);
        if (!credentials.isEmpty())
            IDS_CHECK(m_parts.secrets->store(inserted, credentials));
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
        source.config = mergedConfig(source.config, patch.config.value_or(QJsonObject()));
        source.updatedAt = m_parts.clock.now();

        QList<FieldError> problems = patch.problems + checkNaming(source.name, source.description);
        QJsonObject credentials;
        const Connector *connector = m_parts.connectors.find(source.sourceType);
        if (connector && patch.config)
            problems += connector->checkConfig(source.config);
        if (connector && patch.credentials) {
            const QJsonObject &schema = connector->descriptor().credentialsSchema;
            IDS_TRY(stored, m_parts.secrets->load(id));
            credentials = withStoredSecrets(*patch.credentials, credentialsObject(stored), schema);
            problems += checkCredentials(credentials, schema);
            source.credentialHints = credentialHints(credentials, schema);
        }
        const bool hasKeyOrCursor =
            patch.keyColumns || patch.cursorColumn || patch.cursorType || patch.cursorAfter || patch.cursorOverlap;
        if (hasKeyOrCursor)
            problems += applyKeyAndCursor(patch, source);
        problems += applyColumnChanges(patch.columns, source.columns);
        if (!problems.isEmpty())
            return invalidInput(problems);
        IDS_CHECK(m_parts.sourceRows->update(source));
        if (hasKeyOrCursor)
            IDS_CHECK(m_parts.sourceRows->setKeyAndCursor(source));
        if (!patch.columns.isEmpty())
            IDS_CHECK(m_parts.sourceRows->setColumns(source));
        if (patch.credentials)
            IDS_CHECK(m_parts.secrets->store(id, credentialsSecret(credentials)));
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
        const Result<void> forgotten = m_parts.secrets->remove(id);
        if (!forgotten)
            qCWarning(logServices) << forgotten.error().logLine();
    }
    Q_EMIT sourceRemoved(id);
    return {};
}

} // namespace idstore
