// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/source_opening.h"

#include "models/services/engine_parts.h"

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

Result<ReadRequest> readRequest(const EngineParts &parts, const Source &source)
{
    ReadRequest request;
    request.config = source.config;
    request.file = source.file;
    request.cursor = source.cursor;
    if (source.generation > 0)
        request.state = source.readerState;
    request.scratchFolder = parts.directory->stagingFolder();
    IDS_TRY(credentials, parts.vault->load(source.id));
    request.credentials = std::move(credentials);
    return request;
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
