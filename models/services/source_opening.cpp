// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_opening.h"

#include "models/services/engine_parts.h"
#include "models/services/source_rules.h"

#include <QCoreApplication>

namespace idstore {

Result<const Connector *> readableConnector(const EngineParts &parts, const QString &sourceType)
{
    const Connector *connector = parts.connectors.find(sourceType);
    if (!connector || !connector->descriptor().readable) {
        return Error{
            ErrorKind::Unavailable,
            QStringLiteral("connector_not_available"),
            QCoreApplication::translate("SourceOpening", "This version of Identity Store cannot read %1 sources.")
                .arg(sourceType),
            QCoreApplication::translate("SourceOpening", "The source is kept; install a version that can."),
            {},
            {}};
    }
    return connector;
}

namespace {

/// They were saved in a place that this process does not see: the keychain of somebody's session, most likely.
Error credentialsOutOfReach(const Source &source)
{
    return {ErrorKind::Unavailable,
            QStringLiteral("credentials_not_found"),
            QCoreApplication::translate("SourceOpening", "The credentials of %1 are not where this program looks for "
                                                         "them; they may be in a keychain that it cannot reach.")
                .arg(source.name),
            QCoreApplication::translate("SourceOpening", "Start it where the keychain is, or enter the credentials "
                                                         "again."),
            {},
            {}};
}

} // namespace

Result<ReadRequest> readRequest(const EngineParts &parts, const Source &source)
{
    ReadRequest request;
    request.config = source.config;
    request.file = source.file;
    request.cursor = source.cursor;
    if (source.generation > 0)
        request.state = source.readerState;
    request.proxy = parts.settings->proxy();
    request.scratchFolder = parts.directory->stagingFolder();
    // Only then: a locked keychain would ask the person for nothing.
    if (source.credentialHints.isEmpty())
        return request;
    IDS_TRY(credentials, parts.secrets->load(source.id));
    if (credentials.isEmpty())
        return credentialsOutOfReach(source);
    request.credentials = std::move(credentials);
    return request;
}

Result<OpenedConnection> newConnection(const EngineParts &parts, const NewConnection &connection)
{
    QList<FieldError> problems = connection.problems + checkSourceType(connection.sourceType, parts.connectors);
    if (!parts.connectors.find(connection.sourceType))
        return invalidInput(problems);
    IDS_TRY(connector, readableConnector(parts, connection.sourceType));
    OpenedConnection opened{connector, {}};
    opened.request.config = mergedConfig({}, connection.config);
    opened.request.proxy = parts.settings->proxy();
    opened.request.scratchFolder = parts.directory->stagingFolder();
    problems += checkCredentials(connection.credentials, connector->descriptor().credentialsSchema);
    problems += connector->checkConfig(opened.request.config);
    if (!problems.isEmpty())
        return invalidInput(problems);
    opened.request.credentials = credentialsSecret(connection.credentials);
    return opened;
}

QJsonObject mergedConfig(QJsonObject config, const QJsonObject &changes)
{
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change.value().isNull())
            config.remove(change.key());
        else
            config.insert(change.key(), change.value());
    }
    return config;
}

} // namespace idstore
